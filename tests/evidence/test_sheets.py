"""A workbook from staff, before the turn: read to texts in a child, never kept; hostile ones are refused by their kind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.evidence import sheets, worker
from bot.evidence.child import read_sheet
from bot.evidence.kinds import XLSX
from handlers.incoming import Media
from handlers.lists import columns
from storage import staff, talks, units
from storage.db import Database
from storage.vault import Vault
from tests.evidence.making import jpeg, slip
from tests.evidence.test_intake import Table
from tests.lists.workbooks import PEOPLE, saved, table
from tests.staff.making import STATION
from tests.world import FRIDAY, KEY

ROW = [1, "Giàng A Páo", date(1995, 3, 5), "Nam", "015095001234", "Việt Nam", "0912345678"]
GOOD = table(PEOPLE, [ROW])
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(content: bytes = GOOD, **parts: bytes) -> bytes:
    """The workbook with these parts instead of its own, or beside them; «__» in a name is «/», «_» a point."""
    given = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, given.pop(name) if name in given else old.read(name))
        for name, part in given.items():
            new.writestr(name, part)
    return made.getvalue()


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return made.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
HOSTILE = {
    "a bomb": (packed(xl__worksheets__sheet1_xml=bytes(40 << 20)), "sheet_long"),
    "a row more than is read": (table(PEOPLE, [ROW] * (sheets.MOST_ROWS + 1)), "sheet_long"),
    "macros, whatever it is called": (packed(xl__vbaProject_bin=b"x"), "sheet_macro"),
    "entities": (packed(xl__worksheets__sheet1_xml=ENTITIES), "sheet_broken"),
    "a package of something else": (archive("word/document.xml"), "sheet_type"),
    "OpenDocument": (archive("mimetype", "content.xml"), "sheet_type"),
    "cut off": (GOOD[: len(GOOD) // 2], "sheet_broken"),
    "a workbook in which nothing is right": (packed(xl__sharedStrings_xml=b"<x"), "sheet_broken"),
    "no headers": (table(("Thu", "Chi"), [[1, 2]]), "sheet_head"),
    "headers too far down": (table(PEOPLE, [ROW], before=["x"] * sheets.HEAD_ROWS), "sheet_head"),
    "two columns of one meaning": (table((*PEOPLE, "Họ tên"), [[*ROW, "x"]]), "sheet_twice"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_not_taken_has_its_code(case: str) -> None:
    content, problem = HOSTILE[case]
    assert read_sheet(content) == {"problem": problem}


def test_cells_become_the_texts_that_people_wrote() -> None:
    rows = [
        [1, "  Giàng A\u202e Páo ", date(1952, 7, 9), "Nam", 15095001234, None, 0.5],
        [],
        [2, "=cmd|x", "1952", True, 15095001234.0, "x" * 900, "@x"],
    ]
    read = read_sheet(table((*PEOPLE, "Ghi thêm"), [[*row, "y"] for row in rows], before=["Đợt 1", ""]))[
        "sheet"
    ]
    assert read["kind"] == "people" and read["extra"] == ["STT", "Ghi thêm"] and read["mark"] is None
    (first, one), (second, two) = read["rows"]
    assert (first, second) == (4, 6)
    assert one == {"name": "Giàng A Páo", "birth": "09/07/1952", "sex": "Nam", "national_id": "15095001234",
                   "phone": "0.5"}  # fmt: skip
    assert two["national_id"] == "15095001234" and len(two["foreign"]) == sheets.LONGEST + 1
    assert two["phone"] == "@x" and two["sex"] == "True"


def test_the_list_is_known_by_its_mark_wherever_it_is_left() -> None:
    headers, row = [one.header for one in columns.COLUMNS], ["1", "ABCD2345", "Giàng A Páo"]
    above = table(headers, [row], before=[f"Mã danh sách: {columns.mark(12, 7)}"])
    assert read_sheet(above)["sheet"]["mark"] == (12, 7)
    book = openpyxl.load_workbook(io.BytesIO(table(headers, [row])))
    book.properties.keywords = columns.mark(12, 8)
    book.create_sheet("Bìa", 0)["A1"] = "Một trang bìa"
    read = read_sheet(saved(book))["sheet"]
    assert read["mark"] == (12, 8) and read["kind"] == "answers" and read["rows"][0][1]["key"] == "ABCD2345"


async def test_a_real_child_reads_it() -> None:
    looked, _nothing = await worker.look_at("sheet", XLSX, GOOD)
    assert looked["sheet"]["rows"] == [[2, {"name": "Giàng A Páo", "birth": "05/03/1995", "sex": "Nam",
                                            "national_id": "015095001234", "foreign": "Việt Nam",
                                            "phone": "0912345678"}]]  # fmt: skip


@pytest.fixture
async def desk(desk_file: Path, tmp_path: Path) -> AsyncIterator[Table]:
    """«mai» works at the station, «lan» does not."""
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))

    def join(tx: Any) -> None:
        station = units.by_ref(tx, STATION)
        assert station
        staff.join(tx, talks.open_talk(tx, "web", "mai").id, "Mai", station.id, "clerk", FRIDAY)

    await db.write(join)
    yield Table(db, tmp_path / "files")
    await db.close()


async def test_only_staff_and_nothing_is_kept(desk: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    async def child(wanted: str, mime: str, content: bytes) -> tuple[dict[str, Any], bytes]:
        assert wanted == "sheet"
        return read_sheet(content), b""

    monkeypatch.setattr(worker, "look_at", child)
    got = await desk.gets(GOOD, chat="mai")
    assert got.sheet and got.sheet.kind == "people" and got.sheet.rows[0][1]["name"] == "Giàng A Páo"
    refused: dict[str, tuple[bytes | Media, ...]] = {"sheet_one": (GOOD, GOOD), "sheet_old": (OLD_OFFICE,), "sheet_type": ("STT;Họ tên\n".encode(),),
               "broken": (b"",), "too_big": (Media("ref0", "file", size=20_000_001),)}  # fmt: skip
    for problem, sent in refused.items():
        got = await desk.gets(*sent, chat="mai")
        assert got.sheet is None and got.problems == (problem,)
    for content in (GOOD, OLD_OFFICE):
        got = await desk.gets(content, chat="lan")
        assert got.sheet is None and got.problems == ("wrong_type",)
    got = await desk.gets(GOOD, chat="mai", private=False)
    assert got.sheet is None and desk.kept == []


async def test_a_photo_that_is_called_xlsx_is_a_photo(desk: Table) -> None:
    photo = jpeg(slip(400))
    desk.pockets.held["x"] = photo
    got = await desk.gets(Media("x", "file", mime=XLSX, size=len(photo)), chat="mai")
    assert got.sheet is None and [one.kind for one in got.kept] == ["photo"]
