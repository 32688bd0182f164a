"""Tickets for the staff's tests, opened as a resident's form opens them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from handlers import opening
from handlers.faults import Fault
from handlers.incoming import Incoming
from handlers.turn import Turn
from storage import tickets, units
from storage.tickets import Ticket
from tests.world import Person, World

STATION = "station:2025:04585"
COMMITTEE = "committee:2025:04585"
PROVINCE = "health_department:2025:15"
NUMBER = "015095001234"
PHONE = "0912345678"
ABOUT: dict[str, Any] = {
    "name": "Giàng A Páo",
    "birth": "1995-03-05",
    "sex": "male",
    "number": {"kind": "national_id", "value": NUMBER},
    "phone": PHONE,
    "foreign": False,
    "permanent": "2025:04585",
}
DOSE = {
    "kind": "dose_missing",
    "field": "dose",
    "old": None,
    "new": {"vaccine": "Comirnaty", "day": "2021-08-12"},
}
NAME = {"kind": "personal", "field": "name", "old": "Giang A Pao", "new": "Giàng A Páo"}


def unit_id(world: World, ref: str) -> int:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit, ref
        return unit.id


def complaint(
    world: World,
    ref: str = STATION,
    *,
    by: str = "lan",
    faults: list[Fault] | None = None,
    works: bool = True,
) -> tuple[str, int]:
    """A report about a dose given at this unit: its code, and its first ticket's id. works: everybody hears at once."""
    site = unit_id(world, ref)
    with world.tx() as tx:
        incoming, now = Incoming("web", "made", by, by, "text"), world.time
        turn = Turn(tx, incoming, now, now, now, world.desk, world.new_code)
        fault = Fault("dose", "dose_missing", (DOSE,), site=site)
        report = opening.open_report(
            turn, about=ABOUT, resident_id=None, proven=False, faults=faults or [fault]
        )
        made = report.code, tickets.of_report(tx, report.id)[0].id
    if works:
        world.work()
    return made


def identity(ref: str | None = None, world: World | None = None) -> Fault:
    site = unit_id(world, ref) if world and ref else None
    return Fault("identity", "personal", (NAME,), site=site)


def ticket(world: World, ticket_id: int) -> Ticket:
    with world.tx() as tx:
        return tickets.get(tx, ticket_id)


def opens(person: Person, code: str) -> str:
    person.says(code)
    return person.last


def dose_of(world: World, ref: str = STATION, **facts: Any) -> Fault:
    """A missing dose at this unit, with these facts."""
    site = unit_id(world, ref)
    new = {"vaccine": "Comirnaty", "day": "2021-08-12", "site_id": site, "site_name": ref, **facts}
    return Fault("dose", "dose_missing", ({**DOSE, "new": new},), site=site)


def stays_of(world: World, round_id: int) -> list[tuple[int, datetime, datetime | None]]:
    """Where the ticket was in that round: unit, since, until."""
    c = tickets.stays.c
    with world.tx() as tx:
        rows = tx.execute(select(c.unit_id, c.since, c.until).where(c.round_id == round_id).order_by(c.id))
        return [(row[0], row[1], row[2]) for row in rows]
