"""Phones that get no new browser any more: what came after April 2021 is taken away, and the chat works all the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.channels.web_static import FILES
from tests.browser.panel import GREETING, SMALL, Hosting, chat, launch, opened, troubles_of
from tests.browser.phone import WAIT

pytestmark = pytest.mark.browser
OLD = """
delete AbortSignal.timeout; delete AbortSignal.any; delete Object.hasOwn; delete Object.groupBy
delete Array.prototype.at; delete Array.prototype.findLast; delete window.structuredClone; delete crypto.randomUUID
delete HTMLFormElement.prototype.requestSubmit; delete Promise.withResolvers
delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets
"""
NEWER = r"\(\?<[=!]|(&&|\|\||\?\?)=|\.at\(|\.findLast|AbortSignal\.|hasOwn|structuredClone|requestSubmit"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(**SMALL)
    made.add_init_script(OLD)
    yield made
    made.close()


def test_no_script_uses_what_came_later() -> None:
    """A regular expression that looks behind, for one, and the whole page stays empty in Safari before 16.4."""
    for name, path in FILES.items():
        if path.suffix == ".js":
            assert not re.search(NEWER, path.read_text("utf-8")), name
    alone = FILES["embed.js"].read_text("utf-8")
    assert not re.search(r"\?\.\w|\?\?|catch \{", alone), "older browsers get its link at least"


def test_every_height_that_follows_the_screen_has_one_before_it_that_all_know() -> None:
    for name in ("base.css", "chat.css", "message.css", "tray.css"):
        lines = [line.strip() for line in FILES[name].read_text("utf-8").splitlines()]
        for before, line in itertools.pairwise(lines):
            assert "dvh" not in line or before == line.replace("dvh", "vh"), (name, line)


def test_enter_sends_on_the_desk_s_own_page(page: Page, hosting: Hosting) -> None:
    troubles = troubles_of(page)
    page.goto(hosting.desk)
    expect(page.locator(".message", has_text=GREETING).first).to_be_visible(timeout=WAIT)
    page.locator("#text").fill("Tôi thiếu mũi 2")
    page.locator("#text").press("Enter")
    mine = page.locator('.message[data-from="me"][data-id]', has_text="Tôi thiếu mũi 2")
    expect(mine).to_be_visible(timeout=WAIT)
    assert troubles == []


def test_the_panel_opens_where_the_page_around_has_no_policy(page: Page, hosting: Hosting) -> None:
    frame = opened(page, hosting.listed + "?open")
    frame.locator("#text").fill("Tôi thiếu mũi 2")
    frame.locator("#text").press("Enter")
    expect(frame.locator('.message[data-from="me"][data-id]', has_text="Tôi thiếu mũi 2")).to_be_visible(
        timeout=WAIT
    )
    panel = page.locator("phananh48-chat dialog").bounding_box()
    assert panel == {"x": 0, "y": 0, "width": 360, "height": 740}


@pytest.mark.parametrize("lacking", ["sheets under a policy", "dialogs"])
def test_elsewhere_a_link_leads_to_the_desk_s_own_page(page: Page, hosting: Hosting, lacking: str) -> None:
    if lacking == "dialogs":
        page.add_init_script("delete window.HTMLDialogElement")
    page.goto(hosting.listed + ("?open&site=demo-1" if lacking == "dialogs" else "?site=demo-1"))
    link = page.get_by_role("link", name="Phản ánh thông tin tiêm chủng")
    expect(link).to_be_in_viewport(ratio=1, timeout=WAIT)
    assert link.get_attribute("href") == hosting.desk + "?start=site_demo-1"
    expect(launch(page)).to_have_count(0)
    expect(chat(page).locator("body")).to_have_count(0)


def test_where_nothing_opens_a_sentence_tells_what_to_do(browser: Browser, hosting: Hosting) -> None:
    """As in a browser that cannot read the scripts at all."""
    page = browser.new_page(**SMALL)
    page.route("**/static/chat.js", lambda route: route.abort())
    page.goto(hosting.desk)
    late = page.get_by_text("Chờ lâu mà chưa mở được?")
    expect(late).to_be_hidden()
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    expect(late).to_be_visible()
    expect(late).to_contain_text("1900 9095")
    page.close()
