"""Photos, PDF and voice in the chat page: attached, seen, sent, taken away, refused; by keyboard and at 360 px."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import WAIT
from tests.browser.test_demo import serious
from tests.evidence.making import jpeg, slip

pytestmark = pytest.mark.browser
SMALL: Any = {"viewport": {"width": 360, "height": 740}}


def lan(chromium: Browser, demo: str, **more: Any) -> Page:
    page = chromium.new_page(**(SMALL | more))
    page.goto(f"{demo}chat/")
    expect(page.locator(".message", has_text="Tôi giúp gì được").first).to_be_visible(timeout=WAIT)
    return page


def photo(name: str = "phieu.jpg") -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(slip(800))}


def no_wider_and_no_trouble(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_photo_is_attached_seen_and_sent(chromium: Browser, demo: str, scheme: str) -> None:
    page = lan(chromium, demo, color_scheme=scheme)
    page.locator("input[type=file]").set_input_files([photo(), photo("mat-sau.jpg")])
    thing = page.locator(".attachment")
    expect(thing).to_have_count(2)
    expect(thing.first.get_by_text("Sẵn sàng gửi")).to_be_visible(timeout=WAIT)
    no_wider_and_no_trouble(page)
    page.get_by_role("button", name="Bỏ file này: mat-sau.jpg").press("Enter")
    expect(thing).to_have_count(1)
    page.locator("#text").fill("Phiếu của tôi")
    page.locator("#text").press("Enter")
    mine = page.locator('.message[data-from="me"]', has_text="Phiếu của tôi")
    expect(mine.locator("img")).to_be_visible(timeout=WAIT)
    expect(mine).to_contain_text("1 ảnh", timeout=WAIT)
    assert mine.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 800
    expect(thing).to_have_count(0)
    expect(page.locator('.message[data-from="desk"]').nth(1)).to_be_visible(timeout=WAIT)
    no_wider_and_no_trouble(page)
    page.reload()
    expect(page.locator('.message[data-from="me"]', has_text="1 ảnh")).to_be_visible(timeout=WAIT)
    page.close()


def test_what_is_no_photo_is_refused_in_words(chromium: Browser, demo: str, tmp_path: Path) -> None:
    page = lan(chromium, demo)
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90"}
    )
    expect(page.get_by_role("status").filter(has_text="thì chưa")).to_be_visible(timeout=WAIT)
    expect(page.locator(".attachment")).to_have_count(0)
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-1.7" + bytes(20_000_001))
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_role("status").filter(has_text="lớn hơn 20 MB")).to_be_visible(timeout=WAIT)
    no_wider_and_no_trouble(page)
    page.close()


def test_without_a_line_a_photo_waits_and_goes_by_itself(chromium: Browser, demo: str) -> None:
    page = lan(chromium, demo)
    page.context.set_offline(True)
    page.locator("input[type=file]").set_input_files(photo())
    expect(page.locator(".attachment").get_by_text("sẽ tự gửi lại")).to_be_visible(timeout=WAIT)
    page.locator("#text").press("Enter")
    mine = page.locator('.message[data-from="me"]').last
    expect(mine.get_by_text("sẽ tự gửi lại")).to_be_visible(timeout=WAIT)
    page.context.set_offline(False)
    expect(page.locator('.message[data-from="me"]', has_text="1 ảnh")).to_be_visible(timeout=20_000)
    page.close()


def test_a_voice_message_is_recorded_and_sent(chromium: Browser, demo: str) -> None:
    page = lan(chromium, demo)
    record = page.get_by_role("button", name="Ghi âm")
    record.click()
    expect(record).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="Đang ghi âm")).to_be_visible()
    page.wait_for_timeout(700)
    record.click()
    expect(page.locator(".attachment").get_by_text("Sẵn sàng gửi")).to_be_visible(timeout=WAIT)
    no_wider_and_no_trouble(page)
    page.get_by_role("button", name="Gửi", exact=True).click()
    mine = page.locator('.message[data-from="me"]', has_text="1 ghi âm")
    expect(mine.locator("audio")).to_be_visible(timeout=WAIT)
    no_wider_and_no_trouble(page)
    page.close()


def test_the_first_load_stays_small(chromium: Browser, demo: str) -> None:
    page = chromium.new_page()
    sizes: list[int] = []
    page.on(
        "response",
        lambda answer: sizes.append(len(answer.body())) if answer.ok and "socket" not in answer.url else None,
    )
    page.goto(f"{demo}chat/")
    expect(page.locator('.message[data-from="desk"]').first).to_be_visible(timeout=WAIT)
    assert 20_000 < sum(sizes) < 60_000
    page.close()
