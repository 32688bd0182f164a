"""The demo story, walked in Chromium: a complaint filed, routed, ignored and escalated; then answered; axe all along."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.phone import WAIT, Phone

pytestmark = pytest.mark.browser


def file_a_missing_dose(lan: Phone) -> None:
    lan.hears("Tôi giúp gì được cho Anh/Chị?")
    lan.presses("Phản ánh sai sót")
    lan.presses("Thiếu mũi tiêm")
    lan.presses("Tôi đồng ý")
    lan.presses("Công dân Việt Nam")
    for asked, answer in (("Họ và tên đầy đủ", "Nguyễn Văn An"), ("Ngày sinh là", "05/03/1968")):
        lan.hears(asked)
        lan.says(answer)
    lan.presses("Nam")
    lan.presses("Tôi không có")
    lan.hears("Số di động nào")
    lan.says("0912345678")
    lan.presses("Mũi cơ bản 2")
    lan.presses("Comirnaty")
    lan.hears("Tiêm ngày nào")
    lan.says("12/08/2021")
    lan.hears("Tiêm ở đâu")
    lan.says("ban cong")
    lan.presses("Trạm Y tế xã Bản Công")
    lan.presses("Bỏ qua")
    lan.presses("Tôi không còn giấy")
    lan.hears("xem lại một lần nữa")
    lan.presses("Gửi phản ánh")
    lan.hears("Mã phản ánh là PA-")


def serious(page: Page | Frame) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}" for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(("width", "height", "scheme"), [(1600, 1000, "light"), (1600, 1000, "dark")])
def test_a_complaint_is_filed_routed_ignored_and_escalated(
    chromium: Browser, demo: str, width: int, height: int, scheme: Any
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(demo)
    lan, tram, xa, tinh = (Phone(page, path) for path in ("lan", "tram", "xa", "tinh"))
    file_a_missing_dose(lan)
    lan.hears("Trạm Y tế xã Hạnh Phúc")
    tram.hears("PA-")
    page.get_by_role("button", name="+24 giờ").click()
    tram.hears("còn 24 giờ")
    page.get_by_role("button", name="+24 giờ").click()
    xa.hears("QUÁ HẠN")
    tinh.hears("QUÁ HẠN")
    lan.hears("Đã hết 48 giờ")
    assert serious(page) == []
    assert troubles == []
    page.close()


def test_narrow_screen_shows_one_phone_at_a_time_by_keyboard(chromium: Browser, demo: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(demo)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(6, timeout=WAIT)
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.locator("iframe:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert serious(page) == []
    page.close()


def test_the_desk_is_the_same_after_a_restart_of_the_page(chromium: Browser, demo: str) -> None:
    page = chromium.new_page()
    page.goto(f"{demo}phones/lan/")
    page.locator(".choice", has_text="Trợ giúp").click()
    expect(page.locator(".message", has_text="Đường dây nóng của Bộ Y tế").last).to_be_visible(timeout=WAIT)
    page.reload()
    expect(page.locator(".message", has_text="Đường dây nóng của Bộ Y tế").last).to_be_visible(timeout=WAIT)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_station_answers_on_a_cheap_phone(chromium: Browser, demo: str, scheme: Any) -> None:
    """Take, approve, and the resident hears; at 360 px, nothing wider than the screen, axe finds nothing serious."""
    small: Any = {"viewport": {"width": 360, "height": 740}, "color_scheme": scheme}
    lans, trams = chromium.new_page(**small), chromium.new_page(**small)
    lans.goto(f"{demo}phones/lan/")
    trams.goto(f"{demo}phones/tram/")
    lan, tram = Phone(lans), Phone(trams)
    file_a_missing_dose(lan)
    tram.presses("Mở phiếu")
    tram.presses("Nhận phiếu")
    lan.hears("đang xử lý")
    tram.presses("Phê duyệt")
    tram.presses("Tôi đã sửa trên Nền tảng")
    lan.hears("hệ thống quốc gia chưa hiển thị")
    lan.presses("Vẫn chưa đúng")
    tram.hears("vẫn chưa đúng")
    for page in (lans, trams):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert serious(page) == []
        page.close()


def test_the_board_shows_a_picture(chromium: Browser, demo: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{demo}phones/lan/")
    file_a_missing_dose(Phone(page))
    page.goto(f"{demo}phones/tinh/")
    phone = Phone(page)
    phone.hears("Gõ mã phản ánh để mở phiếu")
    phone.says("/bang")
    phone.presses("Sở Y tế tỉnh Lào Cai")
    phone.presses("Biểu đồ")
    picture = page.locator(".media img").last
    picture.wait_for(timeout=30_000)
    assert picture.get_attribute("alt")
    assert page.evaluate("[...document.querySelectorAll('.media img')].at(-1).decode().then(() => true)")
    page.close()
