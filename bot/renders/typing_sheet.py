"""The typing sheet: every cell is text, so that no name becomes a formula and no number loses its zeros."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

WIDTHS = (5, 11, 26, 12, 7, 16, 13, 28, 26, 34, 16, 22, 12, 12, 34, 17)
WRAPPED = (2, 7, 8, 9, 11, 14)  # names, what is wrong, old, new, vaccine, site
KEPT = 3  # columns that stay in sight beside the others: number, code, name


def draw(given: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    # "@": also a cell that somebody edits in Excel stays the text that it is.
    plain = book.add_format({"num_format": "@", "valign": "top"})
    wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#DDE6EC"}
    )
    sheet = book.add_worksheet("48h")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for column, name in enumerate(given["head"]):
        sheet.write_string(0, column, name, head)
    sheet.freeze_panes(1, KEPT)
    for row, values in enumerate(given["rows"], 1):
        for column, value in enumerate(values):
            look = wrapped if column in WRAPPED else plain
            if value:
                sheet.write_string(row, column, value, look)
            else:
                sheet.write_blank(row, column, None, look)
    if given["rows"]:
        sheet.autofilter(0, 0, len(given["rows"]), len(given["head"]) - 1)
    else:
        sheet.write_string(1, 0, given["none"])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return file.getvalue()
