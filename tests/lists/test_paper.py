"""The printed list: nothing is cut, heads and numbers on every page, and nobody signs a page without people."""

from __future__ import annotations

import pytest
from matplotlib import font_manager

from bot.renders import list_layout as layout
from bot.renders.list_layout import PAD, Laid, lay, pages, wrap
from bot.renders.list_paper import WIDTHS

LONG = "Công Tằng Tôn Nữ Hoàng Thị Phương Nguyễn Lê Ngọc Bảo Trân Châu"


@pytest.mark.parametrize("said", [LONG, "Nguyễnthịdài" * 8, "W" * 100, "Lý", "", "015095001234", "a " * 150])
@pytest.mark.parametrize("wide", [9.0, 38.0])
def test_every_letter_stands_inside_its_column(said: str, wide: float) -> None:
    lines = wrap(said, wide - 2 * PAD)
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
    assert all(layout.width(line) <= wide - 2 * PAD for line in lines)


def test_drawing_leaves_the_measure_as_it_was() -> None:
    font_manager.get_font(font_manager.findfont("DejaVu Sans")).set_size(8, 72)
    assert layout.width("Ẽ") > layout.width("i") > 0.5 and layout.width("ỡ") > 1  # not asked for before


def test_numbers_and_dates_stand_in_one_line() -> None:
    laid = lay(["400", LONG, "05/03/1995", "Nam", "015095001234", *[""] * 7], WIDTHS)
    assert [len(cell) for cell in laid.cells[:5]] == [1, len(wrap(LONG, 36)), 1, 1, 1]
    assert laid.height >= len(laid.cells[1]) * layout.STEP


@pytest.mark.parametrize(
    "n, first, end, expected",
    [
        (0, 50, 40, [0]),
        (3, 50, 20, [3]),
        (5, 50, 20, [3, 2]),  # the end does not fit: two rows go along
        (1, 50, 45, [1, 0]),  # one row alone stays where it is
        (12, 50, 20, [5, 7]),
        (27, 50, 20, [5, 10, 10, 2]),
    ],
)
def test_rows_by_page(n: int, first: float, end: float, expected: list[int]) -> None:
    made = pages([Laid(((),), 10.0)] * n, first, 100.0, end)
    assert [len(page) for page in made] == expected
