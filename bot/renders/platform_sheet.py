"""The workbook for the Platform's import: the headers in the first row, then people; every cell is text."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from handlers.lists.columns import PLATFORM

WIDTHS = (30, 12, 10, 16, 14, 18)


def draw(given: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet()
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, text)
    for number, row in enumerate([PLATFORM, *given["rows"]]):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, cell, text)
    book.close()
    return file.getvalue()
