"""A commune's own page, and the panel on it that holds the chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.phone import WAIT

SMALL: Any = {"viewport": {"width": 360, "height": 740}}
GREETING = "Tôi giúp gì được"


@dataclass
class Hosting:
    desk: str
    listed: str
    foreign: str
    said: int = 0

    def says(self, page: Page, text: str, *media: str) -> None:
        """The desk, in the chat that was heard of last."""
        self.said += 1
        given = {"number": 900 + self.said, "text": text, "media": list(media)}
        assert page.request.post(self.listed + "say", data=given).ok


def launch(page: Page) -> Any:
    return page.locator("phananh48-chat .launch")


def box(place: Any) -> dict[str, float]:
    return dict(place.bounding_box())


def chat(page: Page) -> FrameLocator:
    return page.frame_locator("phananh48-chat iframe")


def opened(page: Page, address: str) -> FrameLocator:
    page.goto(address)
    launch(page).click()
    expect(chat(page).locator(".choice").first).to_be_visible(timeout=WAIT)
    return chat(page)


def troubles_of(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
