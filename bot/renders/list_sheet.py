"""The workbook for the police: given cells are locked, theirs are free; every cell is text, so that nothing is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import xlsxwriter

from handlers.lists.columns import COLUMNS, HELP, MARK_PROPERTY, SEXES, SHEET, VERDICTS

KEPT = 3  # columns that stay in sight beside the others: number, key, name
LAST = len(COLUMNS) - 1
LINE = 15.0  # points; the height of a row with one line
# Without a password: it keeps from slips of the hand, not from anybody.
FREE = dict.fromkeys(("autofilter", "sort", "format_columns", "format_rows", "format_cells"), True)
CHOICES = {"verdict": (tuple(VERDICTS.values()), "list_wrong"), "right_sex": (tuple(SEXES.values()), "sex_wrong")}  # fmt: skip


def draw(given: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"title": given["title"], "keywords": given["mark"]})
    book.set_custom_property(MARK_PROPERTY, given["mark"])
    _people(book, given)
    _help(book, given["words"])
    book.close()
    return file.getvalue()


def _people(book: Any, given: dict[str, Any]) -> None:
    # "@": also what is typed into a cell stays the text that it is.
    text = {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1, "border_color": "#B8C4CC"}
    theirs = book.add_format({**text, "locked": False})
    ours = book.add_format({**text, "bg_color": "#F0F2F4"})
    names = book.add_format({**text, "bold": True, "bg_color": "#DDE6EC"})
    bold = book.add_format({"bold": True, "num_format": "@"})
    sheet = book.add_worksheet(SHEET)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
    above = [given["words"]["paper"], *given["head"], f"{given['words']['mark']} {given['mark']}"]
    for number, line in enumerate(above):
        sheet.write_string(number, 0, line, bold)
    top = len(above) + 1
    _height(sheet, top, [column.header for column in COLUMNS])
    for place, column in enumerate(COLUMNS):
        sheet.write_string(top, place, column.header, names)
    for number, row in enumerate(given["rows"], top + 1):
        _height(sheet, number, [row[column.key] for column in COLUMNS])
        for place, column in enumerate(COLUMNS):
            look = theirs if column.police else ours
            if row[column.key]:
                sheet.write_string(number, place, row[column.key], look)
            else:
                sheet.write_blank(number, place, None, look)
    if given["rows"]:
        _choices(sheet, top + 1, top + len(given["rows"]), given["words"])
        sheet.autofilter(top, 0, top + len(given["rows"]), LAST)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(65 + LAST)}{top + 1 + len(given['rows'])}"})
    else:
        sheet.write_string(top + 1, 0, given["none"])
    sheet.freeze_panes(top + 1, KEPT)
    sheet.protect("", FREE)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _height(sheet: Any, number: int, cells: Sequence[str]) -> None:
    """Of a row that needs more than one line: LibreOffice does not find it out by itself."""
    most = max(len(wrap(cell, max(4, column.width - 1))) for cell, column in zip(cells, COLUMNS, strict=True))
    if most > 1:
        sheet.set_row(number, LINE * most)


def _choices(sheet: Any, first: int, last: int, words: dict[str, str]) -> None:
    for key, (choices, wrong) in CHOICES.items():
        place = next(place for place, column in enumerate(COLUMNS) if column.key == key)
        sheet.data_validation(first, place, last, place, {
            "validate": "list", "source": list(choices), "error_message": words[wrong],
        })  # fmt: skip


def _help(book: Any, words: dict[str, str]) -> None:
    sheet = book.add_worksheet(HELP)
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    for number, name in enumerate(("help_answer", "help_keys", "help_back")):
        sheet.write_string(number, 0, words[name], plain)
