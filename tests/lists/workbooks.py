"""Workbooks for tests: a list's own as the desk draws it, what the police make of it, and people as a site writes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlsxwriter

from bot.renders import list_sheet
from handlers.lists import columns, sheet_rows
from storage import staff, talks
from tests.world import Person, World

Row = dict[str, Any]
PEOPLE = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD/định danh", "Quốc tịch", "Số điện thoại")
HEADERS = {column.key: column.header for column in columns.COLUMNS}


def drawn(world: World, person: Person, list_id: int) -> bytes:
    """As this person gets it."""
    with world.tx() as tx:
        talk = talks.open_talk(tx, person.channel, world.road(person.channel).chat_of(person.name))
        member = staff.by_talk(tx, talk.id)
        assert member
        given = sheet_rows.given(tx, {"render": "list_sheet", "staff": member.id, "list": list_id})
    return list_sheet.draw(given)


def edited(content: bytes, edit: Callable[[list[Row]], list[Row]], *, unmarked: bool = False) -> bytes:
    """By somebody's spreadsheet: rows by column key, in a new order, more or fewer, with more columns."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[columns.SHEET]
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == HEADERS["place"])
    keys = list(HEADERS)
    rows = [
        dict(zip(keys, (cell.value for cell in cells), strict=True))
        for cells in sheet.iter_rows(min_row=top + 1, max_col=len(keys))
    ]
    rows = edit(rows)
    sheet.delete_rows(top + 1, sheet.max_row)
    for extra in sorted({key for row in rows for key in row} - set(keys)):
        keys.append(extra)
        sheet.cell(top, len(keys), extra)
    for number, row in enumerate(rows, top + 1):
        for place, key in enumerate(keys, 1):
            cell = sheet.cell(number, place, row.get(key))
            if isinstance(row.get(key), str) and not str(row[key]).startswith("=SUM"):
                cell.data_type = "s"
    if unmarked:
        sheet.delete_rows(1, top - 1)
        book.properties.keywords = None
        book.custom_doc_props.props.clear()
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(headers: Sequence[str], rows: Sequence[Sequence[Any]], before: Sequence[str] = ()) -> bytes:
    """A plain workbook, with some lines above the headers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for number, cells in enumerate((*([line] for line in before), headers, *rows)):
        sheet.write_row(number, 0, cells)
    book.close()
    return file.getvalue()
