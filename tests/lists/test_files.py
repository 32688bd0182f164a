"""Files of a list: who gets which and when, what stands in them, and that no text becomes anything but text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot import renders
from bot.renders import list_paper
from bot.renders.__main__ import DRAWN_BY
from handlers.lists import columns, desk, sheet_rows
from storage import files, history, list_people, lists
from storage.lists import List
from tests.lists.making import GIVEN, POLICE, draft, fresh, turn_of
from tests.staff.making import COMMITTEE, STATION, unit_id
from tests.world import Person, World

NASTY = (
    "=cmd|' /C calc'!A0",
    "+84900000000",
    "@SUM(A1)",
    "-1",
    "007",
    "{=1+1}",
    "http://evil.example",
)
KINDS = {"file_police": "list_sheet", "file_paper": "list_paper", "file_platform": "platform_sheet"}


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police")


def at_police(world: World, mai: Person, people: Sequence[dict[str, Any]] = ({},)) -> List:
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        for one in people:
            given = {**GIVEN, **one}
            fault = given.pop("fault", "personal")
            desk.add(turn, made, given, foreign=False, fault=fault)
        return desk.send(turn, made)


def says(world: World, dung: Person, found: List, *said: tuple[str, dict[str, str]]) -> None:
    """The police's word on each, by its place."""
    with turn_of(world, dung) as turn:
        for line, (verdict, right) in zip(list_people.of_list(turn.tx, found.id), said, strict=True):
            desk.verdict(turn, line, verdict, right)


def given_back(world: World, dung: Person, found: List) -> None:
    with turn_of(world, dung) as turn:
        desk.give_back(turn, lists.get(turn.tx, found.id), "12/BB-CAX", "2026-11-20", "Đại úy Mẫu")


def asks(world: World, person: Person, found: List, verb: str) -> dict[str, Any] | None:
    """The file that this press put into the outbox, if any."""
    before = len(person.heard)
    person.token(f"l:{found.id}:{fresh(world, found.id).version}:{verb}")
    return next((dict(body["media"][0]) for body in person.heard[before:] if body.get("media")), None)


async def drawn(world: World, spec: dict[str, Any] | None) -> tuple[bytes, str]:
    assert spec is not None

    async def read(fn: Any) -> Any:
        with world.tx() as tx:
            return fn(tx)

    content, name, _mime = await renders.render(spec, read)
    return content, name


def rows(content: bytes) -> list[dict[str, str]]:
    """Of the people, by the key of the column."""
    found = [
        list(row) for row in load_workbook(io.BytesIO(content))[columns.SHEET].iter_rows(values_only=True)
    ]
    top = next(n for n, row in enumerate(found) if row[0] == "STT")
    keys = [column.key for column in columns.COLUMNS]
    assert found[top] == [column.header for column in columns.COLUMNS]
    return [dict(zip(keys, (cell or "" for cell in row), strict=True)) for row in found[top + 1 :]]


def audited(world: World) -> list[tuple[int | None, dict[str, Any]]]:
    c = history.audit.c
    with world.tx() as tx:
        found = tx.execute(select(c.staff_id, c.details).where(c.what == "full_number"))
        return [(row[0], row[1]) for row in found]


async def test_the_workbook_for_the_police(world: World, mai: Person, dung: Person) -> None:
    shown = {"name": "Giang A Pao", "birth": "1996", "sex": "female"}
    people: list[dict[str, Any]] = [
        {"shown": shown, "number": "001234567"},
        {"number": None, "fault": "missing", "birth": "1952"},
    ]
    found = at_police(world, mai, people)
    with turn_of(world, dung) as turn:
        second = list_people.of_list(turn.tx, found.id)[1]
        right = {"number": "015152000007", "name": "Giàng A Pảo", "birth": "1952-01-02", "sex": "female"}
        desk.verdict(turn, second, "differs", right, "theo tàng thư")
    content, name = await drawn(world, asks(world, dung, found, "file_police"))
    assert name == "DS-1-2026-cong-an-20261120-1600.xlsx"
    one, two = rows(content)
    assert one["number"] == "001234567" and one["birth"] == "05/03/1995" and one["sex"] == "Nam"
    assert one["shown"] == "Họ và tên: Giang A Pao; Ngày sinh: 1996; Giới tính: Nữ" and not one["verdict"]
    assert two["shown"].endswith("chưa có") and two["birth"] == "1952" and not two["number"]
    assert (two["verdict"], two["right_number"], two["right_name"], two["right_birth"], two["right_sex"], two["words"]) == (
        "Sai khác", "015152000007", "Giàng A Pảo", "02/01/1952", "Nữ", "theo tàng thư")  # fmt: skip
    with world.tx() as tx:
        assert [one["key"], two["key"]] == [line.key for line in list_people.of_list(tx, found.id)]

    book = load_workbook(io.BytesIO(content))
    sheet = book[columns.SHEET]
    above = " ".join(str(row[0] or "") for row in sheet.iter_rows(max_row=8, values_only=True))
    mark = (found.id, found.maker_id)
    assert columns.read_mark(above) == mark and columns.read_mark(book.properties.keywords) == mark
    assert columns.read_mark(book.custom_doc_props[columns.MARK_PROPERTY].value) == mark
    assert "Danh sách số 1/2026, ngày 20/11/2026" in above and "Hạn trả: 23:59 22/11/2026 · 2 người" in above
    assert len([row for row in book[columns.HELP].iter_rows(values_only=True) if row[0]]) == 3

    tops = [cells[0].row for cells in sheet.iter_rows() if cells[0].value == "STT"]
    assert sheet.row_dimensions[tops[0]].height > 15  # LibreOffice would show one line of «Mã dòng»
    assert (
        sheet.protection.sheet and not sheet.protection.autoFilter and sheet.auto_filter.ref
    )  # False: allowed
    first = sheet.max_row - 1
    free = [not cell.protection.locked for cell in sheet[first]]
    assert free == [column.police for column in columns.COLUMNS]
    offered = {str(one.sqref)[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered == {"J": '"Khớp,Sai khác,Không có trong CSDL dân cư,Cần bổ sung"', "N": '"Nam,Nữ"'}


async def test_no_text_becomes_a_formula_a_number_or_a_link(world: World, mai: Person, dung: Person) -> None:
    people = [
        {"name": nasty, "residence": nasty, "shown": {"name": nasty}, "phone": nasty} for nasty in NASTY
    ]
    odd = "a\x00b\x0bc"
    found = at_police(world, mai, [*people, {"name": odd, "residence": "dài " * 300}])
    with turn_of(world, dung) as turn:
        for line in list_people.of_list(turn.tx, found.id):
            desk.verdict(turn, line, "unknown", words=line.given["name"])
    for verb in ("file_police", "file_paper"):
        content, _name = await drawn(world, asks(world, mai, found, verb))
    content, _name = await drawn(world, asks(world, mai, found, "file_police"))
    *written, last = rows(content)
    assert [(row["name"], row["residence"], row["words"]) for row in written] == [(one,) * 3 for one in NASTY]
    assert last["name"] == "a b c" and len(last["residence"]) == 300
    cells = [cell for row in load_workbook(io.BytesIO(content))[columns.SHEET].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = {name: parts.read(name).decode() for name in parts.namelist()}
    sheets = "".join(text for name, text in xml.items() if name.startswith("xl/worksheets/"))
    assert "<f>" not in sheets and "<f " not in sheets and "<hyperlink" not in sheets
    assert not any("external" in name.lower() or "TargetMode" in text for name, text in xml.items())


# state, then who has which buttons: mai (maker), dung (police), my (committee above: sees it, but nobody on it)
WHO = {
    "police": {"mai": {"file_police", "file_paper"}, "dung": {"file_police", "file_paper"}, "my": set()},
    "back": {"mai": {"file_paper", "file_platform"}, "dung": {"file_paper"}, "my": set()},
}  # fmt: skip


@pytest.mark.parametrize("state", WHO)
def test_who_gets_which_file(world: World, mai: Person, dung: Person, state: str) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    lan = world.person("lan")
    found = at_police(world, mai, [{"number": None, "fault": "missing"}])
    says(world, dung, found, ("differs", {"number": "015095001234"}))
    if state == "back":
        given_back(world, dung, found)
    for person, may in ((mai, "mai"), (dung, "dung"), (my, "my")):
        person.token(f"l:{found.id}")
        offered = {choice["token"].split(":")[3] for body in person.heard[-1:] for choice in body["choices"]
                   if choice["token"].count(":") == 3}  # fmt: skip
        assert offered & set(KINDS) == WHO[state][may], may
        before = len(audited(world))
        got = {verb for verb in KINDS if asks(world, person, found, verb)}
        assert got == WHO[state][may] and len(audited(world)) - before == len(got), may
    assert "không có quyền" in lan.token(f"l:{found.id}:{found.version}:file_police")
    assert all(details["list"] == found.id and details["n"] == 1 for _who, details in audited(world))


def test_nothing_of_a_draft(world: World, mai: Person) -> None:
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION)
    assert not any(asks(world, mai, made, verb) for verb in KINDS) and audited(world) == []


async def test_rights_are_asked_anew_when_it_is_drawn(world: World, mai: Person, dung: Person) -> None:
    found = at_police(world, mai)
    asked = {verb: asks(world, dung, found, verb) for verb in ("file_police", "file_paper")}
    assert len(rows((await drawn(world, asked["file_police"]))[0])) == 1
    dung.token(f"join:left:{unit_id(world, POLICE)}")
    content, _name = await drawn(world, asked["file_police"])
    left = rows(content)
    assert [row["place"] for row in left] == ["Không còn ai trong tệp này."] and GIVEN["number"] not in str(
        left
    )
    paper, _name = await drawn(world, asked["file_paper"])
    assert paper.startswith(b"%PDF-") and len(re.findall(rb"/Type /Page\b", paper)) == 1


async def test_the_file_for_the_platform(world: World, mai: Person, dung: Person) -> None:
    people: list[dict[str, Any]] = [
        {"fault": "missing", "number": None, "phone": "0912345678"},
        {"fault": "format", "number": "15095001235", "name": "=1+1"},
        {"fault": "personal", "number": "015095001236"},
        {"fault": "missing", "number": None},
        {"fault": "format", "number": "015095001238"},
    ]
    found = at_police(world, mai, people)
    says(world, dung, found, ("differs", {"number": "015095001234", "name": "Giàng A Pảo"}),
         ("differs", {"number": "015095001235"}), ("differs", {"name": "Khác"}), ("unknown", {}), ("matches", {}))  # fmt: skip
    assert asks(world, mai, found, "file_platform") is None  # the police still have it
    given_back(world, dung, found)
    mai.token(f"l:{found.id}")
    assert "Tệp nhập Nền tảng (3 người)" in mai.buttons
    spec = asks(world, mai, found, "file_platform")
    content, name = await drawn(world, spec)
    assert name.startswith("DS-1-2026-nen-tang-")
    head, *rest = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert head == columns.PLATFORM
    assert rest == [
        ("Giàng A Pảo", "05/03/1995", "Nam", "015095001234", "0912345678", None),
        ("=1+1", "05/03/1995", "Nam", "015095001235", None, None),
        ("Giàng A Páo", "05/03/1995", "Nam", "015095001238", None, None),
    ]
    with turn_of(world, mai) as turn:
        by_place = list_people.of_list(turn.tx, found.id)
        desk.entered(turn, fresh_in(turn, found), by_place[0])
        desk.settle(turn, fresh_in(turn, found), by_place[1], "moved_away")
    mai.token(f"l:{found.id}")
    assert "Tệp nhập Nền tảng (1 người)" in mai.buttons
    with turn_of(world, mai) as turn:
        desk.entered(turn, fresh_in(turn, found), list_people.of_list(turn.tx, found.id)[4])
    mai.token(f"l:{found.id}")
    assert "Tệp nhập Nền tảng (2 người)" in mai.buttons  # all ticked off: it can be had again
    assert [details["n"] for _who, details in audited(world) if details["by"] == "platform_sheet"] == [3]


def fresh_in(turn: Any, found: List) -> List:
    return lists.get(turn.tx, found.id)


def test_what_says_nothing_of_anybody_leaves_its_room_to_the_pen(world: World, mai: Person) -> None:
    with turn_of(world, mai) as turn:
        made = {kind: desk.send(turn, draft(turn, STATION, kind)) for kind in ("round", "cleaning")}
        for found in made.values():
            line = list_people.of_list(turn.tx, found.id)[0]
            list_people.change(turn.tx, line, fault="missing", given={**GIVEN, "number": None})
        assert turn.member
        drawn = {kind: sheet_rows.given(turn.tx, {"render": "list_paper", "staff": turn.member.id, "list": found.id})
                 for kind, found in made.items()}  # fmt: skip
    assert drawn["round"]["unsaid"] == ["shown", "reviewed"]  # what the Platform has of them nobody knows
    assert drawn["cleaning"]["unsaid"] == []  # with the hamlet's team, which writes on it
    for given in drawn.values():
        assert list_paper.draw(given).startswith(b"%PDF-")


def test_after_a_day_the_page_has_it_no_more(world: World) -> None:
    with world.tx() as tx:
        files.add(tx, name="a" * 32, channel="web", chat="mai", filename="DS-1-2026-ban-in-20261120-1600.pdf", mime="",
                  made_at=world.time)  # fmt: skip
        day = timedelta(hours=24)
        assert files.for_chat(tx, "a" * 32, "web", "mai", world.time + day - timedelta(seconds=1))
        assert not files.for_chat(tx, "a" * 32, "web", "mai", world.time + day)


def test_each_kind_has_who_draws_it() -> None:
    assert set(renders.KINDS) == set(DRAWN_BY)
