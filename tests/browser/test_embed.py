"""The chat inside a commune's own page, on another host under a policy that allows nothing but the desk."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.panel import GREETING, SMALL, Hosting, box, chat, launch, opened, troubles_of
from tests.browser.phone import WAIT
from tests.browser.test_demo import serious
from tests.evidence.making import jpeg, slip

pytestmark = pytest.mark.browser
BLOB = re.compile("^blob:")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_a_commune_s_page_holds_the_chat(
    browser: Browser, hosting: Hosting, width: int, height: int, scheme: Any
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    troubles, asked = troubles_of(page), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(hosting.listed)
    expect(launch(page)).to_have_accessible_name("Phản ánh thông tin tiêm chủng")
    assert [url for url in asked if url.startswith(hosting.desk)] == [hosting.desk + "embed.js"]
    button = box(launch(page))
    assert button["width"] >= 48 <= button["height"] and button["x"] + button["width"] <= width
    frame = opened(page, hosting.listed)
    greeting = frame.locator(".message", has_text=GREETING).first
    expect(greeting).to_be_visible(timeout=WAIT)
    assert box(greeting)["y"] >= box(frame.locator("#log"))["y"], "read from its first line"
    panel = box(page.locator("phananh48-chat dialog"))
    if width == 360:
        assert panel == {"x": 0, "y": 0, "width": 360, "height": 740}
    else:
        assert (panel["width"], panel["height"]) == (400, 640)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.context.cookies() == []
    assert serious(page) == [] == serious(page.frames[1])
    assert troubles == []
    page.close()


def test_who_comes_back_finds_the_conversation_and_the_page_around_cannot_read_it(
    browser: Browser, hosting: Hosting
) -> None:
    page = browser.new_page(**SMALL)
    frame = opened(page, hosting.listed)
    frame.locator("#text").fill("Tôi thiếu mũi 2")
    frame.locator("#text").press("Enter")
    expect(frame.locator('.message[data-from="me"]', has_text="Tôi thiếu mũi 2")).to_be_visible(timeout=WAIT)
    expect(frame.locator("#unkept")).to_be_hidden()
    with pytest.raises(Exception, match="SecurityError"):
        page.evaluate(
            "document.querySelector('phananh48-chat').shadowRoot.querySelector('iframe').contentWindow.document"
        )
    frame = opened(page, hosting.listed)
    expect(frame.locator('.message[data-from="me"]', has_text="Tôi thiếu mũi 2")).to_be_visible(timeout=WAIT)
    expect(frame.locator('.message[data-from="me"]', has_text="/start")).to_have_count(1)
    expect(frame.locator('.message[data-from="me"]', has_text="/start")).to_be_hidden()
    # The desk's own page is another conversation, with its cookie as before.
    page.goto(hosting.desk)
    expect(page.locator(".message", has_text=GREETING).first).to_be_visible(timeout=WAIT)
    expect(page.locator(".message", has_text="Tôi thiếu mũi 2")).to_have_count(0)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["phananh48"]
    page.close()


def test_where_nothing_is_kept_the_page_says_so_and_works(browser: Browser, hosting: Hosting) -> None:
    page = browser.new_page(**SMALL)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
    )
    frame = opened(page, hosting.listed + "?site=demo-1")
    expect(frame.locator("#unkept")).to_contain_text("mã phản ánh")
    expect(frame.locator(".message", has_text="Bệnh viện Đa khoa Mường Lò").first).to_be_visible(timeout=WAIT)
    expect(frame.locator('.message[data-from="me"]')).to_have_count(1)
    page.close()


def test_a_page_that_is_not_listed_gets_a_sentence_and_a_link(browser: Browser, hosting: Hosting) -> None:
    for address in (f"{hosting.foreign}?site=demo-1", f"{hosting.listed}?bare&site=demo-1"):
        page = browser.new_page(**SMALL)
        page.goto(address)
        launch(page).click()
        link = page.get_by_role("link", name="Mở trang riêng")
        expect(link).to_be_visible(timeout=WAIT)
        expect(page.get_by_role("dialog")).to_contain_text("Chưa mở được")
        expect(page.locator("phananh48-chat iframe")).to_be_hidden()
        assert link.get_attribute("href") == hosting.desk + "?start=site_demo-1"
        assert serious(page) == []
        page.get_by_role("button", name="Đóng").click()
        expect(launch(page)).to_be_focused()
        page.close()


@pytest.mark.parametrize("how", ["?twice", "?head", "?head=defer", "?head&twice", "?coep", "?module"])
def test_it_stands_there_once_however_it_was_put_in(browser: Browser, hosting: Hosting, how: str) -> None:
    page = browser.new_page(**SMALL)
    troubles = troubles_of(page)
    opened(page, hosting.listed + how)
    expect(page.locator("phananh48-chat")).to_have_count(1)
    assert troubles == []
    page.close()


def test_language_and_site_are_those_of_the_page_around(browser: Browser, hosting: Hosting) -> None:
    page = browser.new_page(**SMALL)
    frame = opened(page, hosting.listed + "?lang=en&site=demo-1")
    expect(launch(page)).to_have_attribute("title", "Reports on vaccination records")
    expect(frame.locator("#menu")).to_contain_text("Menu")
    expect(frame.locator(".message", has_text="You come from").first).to_contain_text(
        "Bệnh viện Đa khoa Mường Lò", timeout=WAIT
    )
    expect(frame.get_by_role("button", name="Close")).to_be_visible()
    # The same site is not said twice, another one is.
    frame = opened(page, hosting.listed + "?lang=en&site=demo-1")
    expect(frame.locator(".message", has_text="You come from")).to_have_count(1)
    frame = opened(page, hosting.listed + "?lang=en&site=demo-2")
    expect(frame.locator(".message", has_text="Hoa Ban").first).to_be_visible(timeout=WAIT)
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_by_keyboard_in_and_out(browser: Browser, hosting: Hosting, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(hosting.listed)
    for _time in range(3):  # the two links of the page's footer, then the button
        page.keyboard.press("Tab")
    expect(launch(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat(page).locator("#text")).to_be_focused(timeout=WAIT)
    page.keyboard.press("Escape")
    expect(page.locator("phananh48-chat dialog")).to_be_hidden()
    expect(launch(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat(page).locator("#text")).to_be_focused()
    chat(page).get_by_role("button", name="Đóng").press("Enter")
    expect(launch(page)).to_be_focused()
    page.close()


def test_while_it_is_closed_a_dot_tells_of_news(browser: Browser, hosting: Hosting) -> None:
    page = browser.new_page(**SMALL)
    lines: list[str] = []
    page.on("websocket", lambda line: lines.append(line.url))
    frame = opened(page, hosting.listed)
    page.evaluate("postMessage('close', '*')")  # the page around is not the frame
    with page.expect_websocket():
        frame.get_by_role("button", name="Đóng").click()
    assert ["aside" in line for line in lines] == [False, True]
    expect(launch(page)).to_have_accessible_name("Phản ánh thông tin tiêm chủng")
    hosting.says(page, "Trạm Y tế đã trả lời.")
    expect(launch(page)).to_have_accessible_name("Phản ánh thông tin tiêm chủng. Có tin mới", timeout=WAIT)
    expect(page.locator("phananh48-chat").get_by_role("status").filter(has_text="Có tin mới")).to_have_count(
        1
    )
    expect(page.locator("phananh48-chat .dot")).to_be_visible()
    assert serious(page) == []
    launch(page).click()
    expect(frame.locator(".message", has_text="Trạm Y tế đã trả lời.")).to_be_visible()
    expect(page.locator("phananh48-chat .dot")).to_be_hidden()
    hosting.says(page, "Anh/Chị xem giúp nhé.")
    expect(frame.locator(".message", has_text="Anh/Chị xem giúp nhé.")).to_be_visible(timeout=WAIT)
    expect(page.locator("phananh48-chat .dot")).to_be_hidden()
    page.close()


def test_files_go_up_and_what_the_desk_shows_can_be_seen_heard_and_saved(
    browser: Browser, hosting: Hosting
) -> None:
    page = browser.new_page(**SMALL)
    troubles = troubles_of(page)
    frame = opened(page, hosting.listed)
    frame.locator("input[type=file]").set_input_files(
        {"name": "phieu.jpg", "mimeType": "image/jpeg", "buffer": jpeg(slip(800))}
    )
    expect(frame.locator(".attachment").get_by_text("Sẵn sàng gửi")).to_be_visible(timeout=WAIT)
    frame.locator("#text").press("Enter")
    mine = frame.locator('.message[data-from="me"]', has_text="1 ảnh")
    expect(mine.locator("img")).to_be_visible(timeout=WAIT)
    hosting.says(page, "Phiếu của Anh/Chị", "photo", "voice", "pdf")
    said = frame.locator(".message", has_text="Phiếu của Anh/Chị")
    expect(said.locator("img")).to_have_attribute("src", BLOB, timeout=WAIT)
    assert said.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 300
    expect(said.locator("audio")).to_have_attribute("src", BLOB, timeout=WAIT)
    for link in (said.locator(".file"), said.locator(".picture")):
        with page.expect_download() as saving:
            link.click()
        assert Path(saving.value.path()).stat().st_size > 10
    assert serious(page) == [] and troubles == []
    page.close()


def test_without_a_line_the_words_wait_and_everything_since_comes_back(
    browser: Browser, hosting: Hosting
) -> None:
    page = browser.new_page(**SMALL)
    frame = opened(page, hosting.listed)
    frame.locator(".message", has_text=GREETING).first.wait_for(timeout=WAIT)
    page.context.set_offline(True)
    frame.locator("#text").fill("Tôi đang ở chỗ không có mạng")
    frame.locator("#text").press("Enter")
    mine = frame.locator('.message[data-from="me"]').last
    expect(mine.get_by_text("sẽ tự gửi lại")).to_be_visible(timeout=WAIT)
    page.context.set_offline(False)
    hosting.says(page, "Tin gửi lúc mất mạng")
    expect(frame.locator(".message", has_text="Tin gửi lúc mất mạng")).to_be_visible(timeout=20_000)
    expect(mine.get_by_text("sẽ tự gửi lại")).to_be_hidden(timeout=20_000)
    page.close()


def test_the_footer_of_the_page_stays_free_and_its_style_reaches_nothing(
    browser: Browser, hosting: Hosting
) -> None:
    page = browser.new_page(**SMALL)
    page.goto(hosting.listed)
    launch(page).wait_for()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("#last").click(trial=True)
    link, button = box(page.locator("#last")), box(launch(page))
    assert link["y"] + link["height"] <= button["y"]
    assert (button["width"], button["height"]) == (48, 48)
    page.close()


def test_letters_of_twice_the_size_fit_on_a_phone(browser: Browser, hosting: Hosting, tmp_path: Path) -> None:
    """As the reader's browser sets them, for the page around and for the frame."""
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    larger = {"webkit": {"webprefs": {"default_font_size": 32}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(larger))
    own = browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium_path(), args=FLAGS, **SMALL
    )
    page = own.new_page()
    frame = opened(page, hosting.listed)
    assert page.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.frames[1].evaluate("document.getElementById('log').clientHeight") > 200
    for name in ("Menu", "Đóng", "Ghi âm", "Gửi"):
        button = frame.get_by_role("button", name=name, exact=name == "Gửi")
        expect(button).to_be_in_viewport(ratio=1)
        button.click(trial=True)
    page.get_by_role("dialog").wait_for()
    own.close()


def test_the_first_load_stays_small(browser: Browser, hosting: Hosting) -> None:
    """embed.js and all that the opened panel asks for, as it comes over the line."""
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: (
            sizes.update({request.url: request.sizes()["responseBodySize"]})
            if request.url.startswith(hosting.desk)
            else None
        ),
    )
    opened(page, hosting.listed)
    assert 0 < sizes[hosting.desk + "embed.js"] < 6_000
    assert 15_000 < sum(sizes.values()) < 60_000
    page.close()
