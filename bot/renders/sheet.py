"""The workbook: the board's table with its period and moment in the first rows; written in flat memory."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

WIDTHS = (48, 10, 14, 10, 12, 12, 10, 14, 12, 18, 18)


def draw(given: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet = book.add_worksheet("48h")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for row, name in enumerate(("title", "period", "as_of")):
        sheet.write_string(row, 0, given[name], bold)
    for column, name in enumerate(given["head"]):
        sheet.write_string(4, column, name, head)
    sheet.freeze_panes(5, 1)
    for row, values in enumerate(given["rows"], 5):
        _write(sheet, row, values)
    _write(sheet, 5 + len(given["rows"]), given["total"], bold)
    book.close()
    return file.getvalue()


def _write(sheet: Any, row: int, values: list[Any], look: Any = None) -> None:
    """Strings as strings, so that no name becomes a formula; a blank where there is no number."""
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(row, column, value, look)
        elif value is None:
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_number(row, column, value, look)
