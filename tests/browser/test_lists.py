"""A list goes to the police as a workbook and comes back by the page's own paperclip, on a cheap phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from handlers.lists.columns import COLUMNS
from tests.browser.phone import WAIT, Phone
from tests.browser.test_demo import file_a_missing_dose, serious

pytestmark = pytest.mark.browser
SMALL: Any = {"viewport": {"width": 360, "height": 740}}


def opened(chromium: Browser, demo: str, path: str) -> tuple[Page, Phone]:
    page = chromium.new_page(**SMALL)
    page.goto(f"{demo}phones/{path}/")
    return page, Phone(page)


def filled(workbook: Path) -> None:
    """The only person's verdict and right number, as an officer types them."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == "STT") + 1
    at = {column.key: number for number, column in enumerate(COLUMNS, 1)}
    sheet.cell(row, at["verdict"]).value = "Sai khác"
    sheet.cell(row, at["right_number"]).value = "015057000123"
    book.save(workbook)


def test_a_workbook_goes_out_and_comes_back(chromium: Browser, demo: str, tmp_path: Path) -> None:
    (trams, tram), (officers, dung) = (opened(chromium, demo, path) for path in ("tram", "congan"))
    tram.says("/danhsach")
    for label in ("Lập danh sách", "Làm sạch dữ liệu", "chưa có số", "Lập danh sách 1", "Gửi đi"):
        tram.presses(label)
    tram.hears("Gửi danh sách 1 người?")
    tram.presses("Gửi đi")
    tram.presses("Tổ thôn đã rà soát")
    tram.hears("Ai ở Tổ công tác thôn")
    tram.says("Vàng A Dê, trưởng thôn 3")
    dung.presses("Mở danh sách")
    dung.presses("Tệp .xlsx cho Công an")
    link = officers.locator(".media a").last
    link.wait_for(timeout=30_000)
    with officers.expect_download() as download:
        link.click()
    workbook = tmp_path / download.value.suggested_filename
    download.value.save_as(workbook)
    filled(workbook)
    officers.locator("input[type=file]").set_input_files(workbook)
    expect(officers.locator(".attachment")).to_contain_text("Sẵn sàng gửi", timeout=WAIT)
    officers.locator("#composer [type=submit]").click()
    dung.hears("sai khác: 1")
    dung.presses("Ký và trả danh sách")
    for page in (trams, officers):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert serious(page) == []
        page.close()


def test_a_press_with_a_bubble_is_answered_below_it(chromium: Browser, demo: str) -> None:
    """The list of reports is no card: what is pressed there stands as said, and the report's card under it."""
    page, lan = opened(chromium, demo, "lan")
    file_a_missing_dose(lan)
    lan.says("/theodoi")
    lan.hears("Phản ánh của Anh/Chị")
    lan.presses("PA-")
    expect(page.locator(".message").last).to_contain_text("Quá trình xử lý", timeout=WAIT)
    page.close()
