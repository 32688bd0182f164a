"""Nobody without Vietnamese citizenship is ever on a list (S1): on every road onto one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from handlers.lists import adding, desk, of_ticket
from storage import list_people, lists, people, reports, tickets
from storage.people import Resident
from tests.lists.making import POLICE, draft, fresh, turn_of
from tests.staff.making import NUMBER, STATION, complaint, identity, unit_id
from tests.test_import_stories import import_
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def on_record(world: World) -> Resident:
    with world.tx() as tx:
        return people.with_number(tx, NUMBER)[0]


def becomes(world: World, resident: Resident, **details: Any) -> None:
    """By an export that is newer."""
    with world.tx() as tx:
        values = {"details": {**resident.details, **details}}
        tx.execute(update(people.residents).where(people.residents.c.id == resident.id).values(**values))


def filed(world: World, resident: Resident | None = None, **about: Any) -> int:
    code, ticket_id = complaint(world, faults=[identity()])
    with world.tx() as tx:
        report = reports.by_code(tx, code)
        assert report
        values = {"about": {**report.about, **about}, "resident_id": resident.id if resident else None}
        tx.execute(update(reports.reports).where(reports.reports.c.id == report.id).values(**values))
    return ticket_id


@pytest.mark.parametrize("how", ["said so", "on record"])
@pytest.mark.parametrize("joins", [False, True])
def test_a_ticket_of_a_foreigner_neither_gets_a_line_nor_takes_one_over(
    world: World, mai: Person, how: str, joins: bool
) -> None:
    lan, station = on_record(world), unit_id(world, STATION)
    ticket_id = filed(world, lan, foreign=how == "said so")
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "cleaning")
        if joins:
            desk.add(turn, made, {"name": "Emma"}, foreign=False, fault="personal", resident_id=lan.id)
    if how == "on record":
        becomes(world, lan, foreign=True)
    with turn_of(world, mai) as turn:
        found = tickets.get(turn.tx, ticket_id)
        assert not of_ticket.wants_list(turn.tx, found)
        for on in (made, draft(turn, STATION, n=0)):
            with pytest.raises(desk.Refused, match="foreigner"):
                desk.add_ticket(turn, on, found)
        assert [line.ticket_id for line in list_people.of_list(turn.tx, made.id)] == [None] * joins


def test_a_kind_for_foreigners_is_no_kind_for_a_list(world: World, mai: Person) -> None:
    ticket_id = filed(world)
    with world.tx() as tx:
        tx.execute(update(tickets.tickets).values(kind="foreigner"))
        assert adding.of_ticket(tx, tickets.get(tx, ticket_id)).foreign
        assert not of_ticket.wants_list(tx, tickets.get(tx, ticket_id))


@pytest.mark.parametrize("found_out", ["draft", "hamlet"])
def test_who_is_found_to_be_a_foreigner_goes_off_before_the_police_have_it(
    world: World, mai: Person, found_out: str
) -> None:
    """By an import after they were put on a cleaning list; nobody is told to look for them again."""
    dung, station = world.joins("dung", POLICE, "police"), unit_id(world, STATION)
    head = ["Mã đối tượng", "Họ và tên", "Ngày sinh", "Giới tính", "Số hộ chiếu", "Quốc tịch"]
    emma = ["P77", "Emma Larsson", "01/02/1990", "Nữ", ""]
    import_(world, [head, [*emma, ""]], "2026-11-20 10:00")
    with world.tx() as tx:
        (emma_id,) = tx.execute(people.residents.select().order_by(people.residents.c.id.desc())).first()[:1]
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "cleaning")
        desk.add(turn, made, {"name": "Emma Larsson"}, foreign=False, fault="missing", resident_id=emma_id)
        desk.add(turn, made, {"name": "Giàng A Páo"}, foreign=False, fault="missing")
        made = desk.send(turn, made) if found_out == "hamlet" else made
    import_(world, [head, [*emma, "Thụy Điển"]], "2026-11-20 11:00")
    with turn_of(world, mai) as turn:
        if found_out == "draft":
            made = desk.send(turn, made)
        desk.passed(turn, lists.get(turn.tx, made.id))
    with world.tx() as tx:
        assert [(one.place, one.given["name"]) for one in list_people.of_list(tx, made.id)] == [
            (1, "Giàng A Páo")
        ]
    mai.token(f"l:{made.id}")
    assert "Đưa ra khỏi danh sách vì không phải công dân Việt Nam: 1 người" in mai.last
    dung.token(f"l:{made.id}")
    assert "Larsson" not in "".join(body["text"] for body in dung.heard) and "1 người" in dung.last


def test_a_draft_of_nobody_else_is_not_sent(world: World, mai: Person) -> None:
    lan, station = on_record(world), unit_id(world, STATION)
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "cleaning")
        desk.add(turn, made, {"name": "Emma"}, foreign=False, fault="personal", resident_id=lan.id)
    becomes(world, lan, foreign=True)
    assert "Danh sách chưa có ai" in mai.token(f"l:{made.id}:1:send:go")
    assert fresh(world, made.id).number is None


def test_a_record_that_says_so_is_no_entry_for_cleaning(world: World) -> None:
    lan = on_record(world)
    with world.tx() as tx:
        for foreign in (True, False):
            found = Resident(lan.id, {**lan.details, "foreign": foreign}, lan.as_of)
            assert adding.of_residents(tx, [(found, "personal")])[0].foreign is foreign
