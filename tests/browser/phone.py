"""One phone of the demo page, driven the way a person would."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

WAIT = 8000


class Phone:
    def __init__(self, page: Page, path: str = "") -> None:
        """path: which phone on the demo page; empty where the page itself is the phone."""
        self._frame: FrameLocator | Page = page.frame_locator(f'iframe[src$="{path}/"]') if path else page

    @property
    def messages(self) -> Locator:
        return self._frame.locator(".message")

    def says(self, text: str) -> None:
        box = self._frame.locator("#composer textarea")
        box.fill(text)
        box.press("Enter")

    def presses(self, label: str) -> None:
        """The newest button of this name; waits until the desk has offered it."""
        button = self._frame.locator(
            ".choice:not([aria-disabled])", has_text=re.compile(rf"^\s*{re.escape(label)}")
        ).last
        button.wait_for(timeout=WAIT)
        button.click()

    def hears(self, words: str) -> None:
        expect(self._frame.locator('.message[data-from="desk"]', has_text=words).last).to_be_visible(
            timeout=WAIT
        )

    def text(self) -> str:
        return "\n".join(self.messages.all_inner_texts())
