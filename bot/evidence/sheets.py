"""A workbook from a member of staff, read to texts in the child: a list that comes back, or people for a list."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from bot.channels.cleaning import clean
from bot.imports.columns import Column, Layout, lay_out
from bot.imports.kinds import residents_columns
from bot.imports.package import Problem, problem_of
from bot.imports.problems import FileProblem
from handlers.lists import columns
from handlers.rules.names import fold

MOST_ROWS, MOST_COLUMNS, LONGEST = 2100, 40, 300  # the longest list has 2,000, and sums and signatures below
HEAD_ROWS = 15  # among which the headers stand: a title and some lines may come first
ENDS_AFTER = 1000  # empty rows: formats often go on to the end of the sheet
# 2,000 rows of 40 columns take 6 MB; openpyxl reads a sheet to its end before its first row where it names no size.
UNPACKED, SHARED = 20 << 20, 10 << 20
PACKAGES: dict[Problem, str] = {
    "broken": "sheet_broken", "other": "sheet_type", "macro": "sheet_macro", "swollen": "sheet_long",
}  # fmt: skip

ANSWERS = tuple(Column(one.key, one.header, one.key, str, "", also=one.also) for one in columns.COLUMNS)
_PEOPLE = ("name", "birth", "sex", "national_id", "old_id", "passport", "number", "foreign", "phone")
PEOPLE = (
    *(one for one in residents_columns.COLUMNS if one.key in _PEOPLE),
    Column("year", "Năm sinh", "Birth year", str, ""),
    Column("residence", "Nơi thường trú", "Permanent residence", str, "",
           also=("Địa chỉ thường trú", "Hộ khẩu thường trú", "Thường trú", "Địa chỉ")),
)  # fmt: skip


class Unread(Exception):
    """Why nothing of it is taken: sheet_type · sheet_macro · sheet_long · sheet_broken · sheet_head · sheet_twice."""


def read(content: bytes) -> dict[str, Any]:
    """{"kind": answers · people, "columns", "rows": [[row number, {key: text}]], "extra", "mark", "formulas"}."""
    if problem := problem_of(io.BytesIO(content), UNPACKED, SHARED):
        raise Unread(PACKAGES[problem])
    # Twice: the second time for the formulas, because one without a stored value looks empty the first time.
    values, formulas = _book(content, data_only=True), _book(content, data_only=False)
    tables = []
    for sheet, same in zip(values.worksheets, formulas.worksheets, strict=True):
        rows = _rows(sheet, same)
        above: list[str] = []
        for _n, texts, _lost in _first(rows):
            if kind_of(texts):
                tables.append((texts, rows, above))
                break
            above += texts
    if not tables:
        raise Unread("sheet_head")
    # Somebody's own sums may stand before the list: the one with row codes it is.
    headers, rows, above = next((one for one in tables if _has(ANSWERS, "key", one[0])), tables[0])
    return {**_table(kind_of(headers) or "", headers, rows), "mark": _mark(values, above)}


def kind_of(headers: Sequence[str]) -> str | None:
    """A list's own headers even where one of the two that matter was renamed: then that is what is said."""
    said = {fold(header) for header in headers}
    answers, people = ({one.key for one in known if said & one.names()} for known in (ANSWERS, PEOPLE))
    if answers & {"verdict", "key"} and len(answers) > 1:
        return "answers"
    return "people" if "name" in people and len(people) > 1 else None


def _has(known: Sequence[Column], key: str, headers: Sequence[str]) -> bool:
    said = {fold(header) for header in headers}
    return any(one.key == key and said & one.names() for one in known)


def _book(content: bytes, data_only: bool) -> Any:
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")  # of what it leaves out: it may quote what it read
    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(sheet: Any, same: Any) -> Iterator[tuple[int, list[str], bool]]:
    """(number, texts, whether a formula has no value), the empty ones too."""
    for one in (sheet, same):
        one.reset_dimensions()  # what the file says of its size may be wrong
    pairs = zip(*(one.iter_rows(max_col=MOST_COLUMNS) for one in (sheet, same)), strict=True)
    for n, (cells, formulas) in enumerate(pairs, 1):
        texts = [_text(cell.value) for cell in cells]
        lost = any(cell.data_type == "f" and not text for cell, text in zip(formulas, texts, strict=True))
        yield n, texts, lost


def _first(rows: Iterator[tuple[int, list[str], bool]]) -> Iterator[tuple[int, list[str], bool]]:
    for one in rows:
        yield one
        if one[0] >= HEAD_ROWS:
            return


def _table(kind: str, headers: Sequence[str], rows: Iterable[tuple[int, list[str], bool]]) -> dict[str, Any]:
    try:
        layout = lay_out(headers, ANSWERS if kind == "answers" else PEOPLE)
    except FileProblem:
        raise Unread("sheet_twice") from None
    found: list[tuple[int, dict[str, str]]] = []
    lost, empty = [], 0
    for n, texts, has_lost in rows:
        said = _known(layout, texts)
        if has_lost:
            lost.append(n)
        empty = 0 if said else empty + 1
        if empty >= ENDS_AFTER:
            break
        if said:
            found.append((n, said))
        if len(found) > MOST_ROWS:
            raise Unread("sheet_long")
    keys = [column.key for column, _place in layout.columns]
    extra = [clean(name)[:LONGEST] for name in layout.unknown]
    return {"kind": kind, "columns": keys, "rows": found, "extra": extra, "formulas": lost}


def _known(layout: Layout, texts: Sequence[str]) -> dict[str, str]:
    return {
        column.key: texts[place] for column, place in layout.columns if place < len(texts) and texts[place]
    }


def _mark(book: Any, above: Iterable[str]) -> tuple[int, int] | None:
    """The list's own, from a line above the headers, else from the properties."""
    said = [*above, str(book.properties.keywords or "")]
    said += [str(one.value) for one in book.custom_doc_props.props if one.name == columns.MARK_PROPERTY]
    return next((mark for text in said if (mark := columns.read_mark(text))), None)


def _text(value: object) -> str:
    """Dates as people write them, numbers as their digits; what is longer than LONGEST stays recognisably too long."""
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return f"{value:%d/%m/}{value.year:04}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)).strip()[: LONGEST + 1]
