"""The typing sheet: who gets which rows, what stands in them, and that no text becomes anything but text."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot import renders
from handlers.faults import Fault
from storage import files, history
from tests.staff.making import (
    ABOUT,
    COMMITTEE,
    NUMBER,
    PHONE,
    STATION,
    complaint,
    dose_of,
    identity,
    opens,
    unit_id,
)
from tests.world import Person, World

HEAD = ["STT", "Mã", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD/CMND/hộ chiếu", "Số điện thoại", "Nội dung sai", "Đang ghi",
        "Sửa thành", "Mũi tiêm", "Vắc xin", "Ngày tiêm", "Số lô", "Nơi tiêm", "Hạn"]  # fmt: skip


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def reader(world: World) -> Callable[[Callable[[Any], Any]], Awaitable[Any]]:
    async def read(fn: Callable[[Any], Any]) -> Any:
        with world.tx() as tx:
            return fn(tx)

    return read


def spec(person: Person) -> dict[str, Any]:
    """What the outbox holds of the last sheet."""
    return dict(next(body["media"][0] for body in reversed(person.heard) if body.get("media")))


async def sheet(world: World, given: dict[str, Any]) -> Any:
    content, name, mime = await renders.render(given, reader(world))
    assert name == "nhap-lieu-20261120-1600.xlsx" and "spreadsheetml" in mime
    return load_workbook(io.BytesIO(content)).active


async def rows(world: World, person: Person) -> list[list[Any]]:
    return [list(row) for row in (await sheet(world, spec(person))).iter_rows(values_only=True)]


def audited(world: World) -> list[tuple[str, int | None]]:
    audit = history.audit.c
    with world.tx() as tx:
        found = tx.execute(select(audit.what, audit.ticket_id).where(audit.what == "full_number"))
        return [(row[0], row[1]) for row in found]


async def test_each_change_is_a_row_with_full_numbers_and_each_ticket_is_audited(
    world: World, mai: Person
) -> None:
    code, ticket_id = complaint(world, faults=[dose_of(world, lot="FG1234", dose_class="primary", ordinal=2)])
    mai.says("/hangdoi")
    mai.presses("Tải bảng nhập liệu")
    assert "Bảng nhập liệu: 1 phiếu" in mai.last and "việc tải đã được ghi lại" in mai.last
    media = next(body for body in mai.heard if body.get("media"))
    assert media["kind"] == "media" and NUMBER not in str(mai.heard)
    assert not media["sensitive"]  # protected it could not be saved, and so not be typed from
    head, row = await rows(world, mai)
    assert head == HEAD
    assert row == ["1", code, "Giàng A Páo", "05/03/1995", "Nam", NUMBER, PHONE, "Thiếu mũi tiêm", None,
                   f"mũi cơ bản 2, Comirnaty, 12/08/2021, lô FG1234, {STATION}", "mũi cơ bản 2", "Comirnaty",
                   "12/08/2021", "FG1234", STATION, "16:00 22/11/2026"]  # fmt: skip
    assert audited(world) == [("full_number", ticket_id)]


@pytest.mark.parametrize(
    "said", ["=1+1", "+84912345678", "@x", "-2", '=HYPERLINK("http://a.b")', "0123", "{=1}", "http://a.b"]
)
async def test_what_people_write_stays_text(world: World, mai: Person, said: str) -> None:
    about, name = {**ABOUT, "name": said, "phone": said}, {**identity().changes[0], "old": said, "new": said}
    complaint(world, faults=[Fault("identity", "personal", (name,))])
    with world.tx() as tx:
        from storage.reports import reports

        tx.execute(reports.update().values(about=about))
    mai.says("/hangdoi")
    mai.presses("Tải bảng nhập liệu")
    made = await sheet(world, spec(mai))
    for column in (3, 7, 9, 10):
        cell = made.cell(2, column)
        assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (said, "s", "@", None)
    assert made.freeze_panes == "D2"
    assert all(
        cell.data_type in ("s", "n") and not isinstance(cell.value, int | float)
        for row in made
        for cell in row
    )


DOSE = {"dose_class": "primary", "ordinal": 1, "vaccine": "Comirnaty", "day": "2021-08-12", "lot": "FG1",
        "site_id": 1, "site_name": "Trạm A"}  # fmt: skip
FACTS = ["mũi cơ bản 1", "Comirnaty", "12/08/2021", "FG1", "Trạm A"]
IN_WORDS = "mũi cơ bản 1, Comirnaty, 12/08/2021, lô FG1, Trạm A"
TWICE = f"Bị ghi hai lần:\n– {IN_WORDS}\n– Trạm B"


@pytest.mark.parametrize(
    ("kind", "change", "cells"),
    [
        ("dose_wrong", {"field": "day", "old": "2021-08-12", "new": "2021-08-13", "dose": DOSE},
         ["Mũi tiêm ghi sai: Ngày tiêm", "12/08/2021", "13/08/2021", *FACTS[:2], "13/08/2021", *FACTS[3:]]),
        ("dose_not_mine", {"field": "not_mine", "old": DOSE, "new": None, "dose": DOSE, "words": "=1"},
         ["Có mũi tôi không tiêm", None, f"Không tiêm mũi này: {IN_WORDS}\n«=1»", *FACTS]),
        ("dose_duplicate", {"field": "twice", "old": [DOSE, {"site_name": "Trạm B"}], "new": None, "dose": DOSE},
         ["Một mũi bị ghi hai lần", None, TWICE, *FACTS]),
    ],
)  # fmt: skip
async def test_every_kind_of_change_has_its_row(
    world: World, mai: Person, kind: str, change: dict[str, Any], cells: list[Any]
) -> None:
    site = unit_id(world, STATION)
    complaint(world, faults=[Fault("dose", kind, ({"kind": kind, **change},), site=site)])
    mai.says("/hangdoi")
    mai.presses("Tải bảng nhập liệu")
    assert (await rows(world, mai))[1][7:15] == cells


async def test_rows_are_in_the_order_of_the_register(world: World, mai: Person) -> None:
    later, _ = complaint(world, faults=[dose_of(world, day="2021-09-01", lot="A1")])
    second, _ = complaint(world, faults=[dose_of(world, day="2021-08-12", lot="B2")])
    person, _ = complaint(world, faults=[identity()])
    first, _ = complaint(world, faults=[dose_of(world, day="2021-08-12", lot="A1")])
    mai.says("/hangdoi")
    mai.presses("Tải bảng nhập liệu")
    assert [row[1] for row in (await rows(world, mai))[1:]] == [first, second, later, person]


async def test_the_sheet_is_of_the_group_or_of_what_is_chosen(world: World, mai: Person) -> None:
    ours = [complaint(world, faults=[dose_of(world, lot="FG1")])[0] for _n in range(2)]
    complaint(world, faults=[dose_of(world, lot="FG2")])
    mai.token("q:in:lot:FG1")
    mai.presses("Tải bảng nhập liệu")
    assert [row[1] for row in (await rows(world, mai))[1:]] == ours
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses(ours[1])
    mai.presses("Việc khác với phiếu đã chọn")
    mai.presses("Tải bảng nhập liệu")
    assert [row[1] for row in (await rows(world, mai))[1:]] == [ours[1]]


async def test_only_tickets_of_ones_own_units_and_no_other_matters(world: World, mai: Person) -> None:
    complaint(world)
    my = world.joins("my", COMMITTEE, "supervisor")
    my.says("/hangdoi")
    my.presses("Tải bảng nhập liệu")
    assert "đơn vị mình" in my.last and not any(body.get("media") for body in my.heard)
    assert audited(world) == []
    assert "không có quyền" in world.person("lan").token("q:sheet")


async def test_rights_are_asked_anew_when_it_is_drawn(world: World, mai: Person) -> None:
    code, _id = complaint(world)
    closed, _id = complaint(world)
    mai.says("/hangdoi")
    mai.presses("Tải bảng nhập liệu")
    asked = spec(mai)
    assert set(asked) == {"render", "staff", "tickets", "as_of", "lang", "alt"}
    opens(mai, closed)
    mai.presses("Phê duyệt")
    mai.presses("Tôi đã sửa trên Nền tảng")
    head, row = [list(row) for row in (await sheet(world, asked)).iter_rows(values_only=True)]
    assert head and row[1] == code
    mai.token(f"join:left:{unit_id(world, STATION)}")
    empty = [list(row) for row in (await sheet(world, asked)).iter_rows(values_only=True)]
    assert empty[0] == HEAD and empty[1][0] == "Không còn gì để nhập."


def test_after_a_day_the_page_has_it_no_more_and_the_board_stays(world: World) -> None:
    day = timedelta(hours=24)
    with world.tx() as tx:
        for name, filename in (
            ("a" * 32, "nhap-lieu-20261120-1600.xlsx"),
            ("b" * 32, "phananh48-20261120-1600.xlsx"),
        ):
            files.add(
                tx, name=name, channel="web", chat="mai", filename=filename, mime="", made_at=world.time
            )
        assert files.for_chat(tx, "a" * 32, "web", "mai", world.time + day - timedelta(seconds=1))
        assert not files.for_chat(tx, "a" * 32, "web", "mai", world.time + day)
        assert files.for_chat(tx, "b" * 32, "web", "mai", world.time + day * 30)
        files.forget_sheets(tx, world.time + day)
        assert list(tx.execute(select(files.files.c.name)).scalars()) == ["b" * 32]
