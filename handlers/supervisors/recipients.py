"""Recipients: who hears of a rung, and who is next where nobody at a unit can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from handlers import clocks, hearing
from handlers.rules.deadlines import LADDERS
from storage import staff, units
from storage.staff import Staff
from storage.tickets import OF_THE_SITE, Ticket
from storage.units import Unit

SITE = ("clerk", "head")

# Whoever stands between a site and these is its line of government: the commune's People's Committee, or the
# board of an industrial park, a district of before 07/2025 (S1, S2: both lines hear).
HEALTH_LINE = ("health_department", "cdc", "desk")

# Rungs without hours of their own ask the recipients of another: data in `policies`, one list per province.
LIKE = {"new": "site", "daily": "overdue", "campaign": "overdue", "unconfirmed": "supervisors",
        "alarm": "supervisors", "unlisted": "site", "unlisted_up": "supervisors"}  # fmt: skip
LIKE_OWN = {"new": "site", "daily": "own_passed", "alarm": "own_passed"}
LIKE_OF_THE_SITE = {**LIKE_OWN, "new": "head"}  # corrections.md, OTHER: the head answers


@dataclass(frozen=True)
class Told:
    """A unit, and those of its people who can be reached."""

    unit: Unit
    people: tuple[Staff, ...]


def of(tx: Connection, ticket: Ticket, rung: str, today: date) -> list[Told]:
    """Everybody who is to hear of this rung; [] where not even an administrator has joined."""
    found: dict[int, Told] = {}
    for wanted in _wanted(tx, ticket, rung):
        told = _at(tx, ticket, wanted, today)
        if told:
            found.setdefault(told.unit.id, told)
    if not found:  # no such level here: a provincial queue has no People's Committee above it
        told = first_up(tx, chain(tx, ticket.unit_id), today)
        if told:
            found[told.unit.id] = told
    return list(found.values())


def copied(tx: Connection, unit_id: int, today: date) -> list[Told]:
    """Who reads along for information; nobody above hears in their place."""
    people = reachable(tx, hearing.at_unit(tx, unit_id, _own(tx, unit_id, "site"), today))
    return [Told(units.get(tx, unit_id), people)] if people else []


def chain(tx: Connection, unit_id: int) -> list[Unit]:
    """The units above, nearest first, and always the desk as the last."""
    up = units.lines_up(tx, unit_id)
    desk = units.desk(tx)
    return up if desk.id in {unit.id for unit in up} or desk.id == unit_id else [*up, desk]


def first_up(tx: Connection, above: Iterable[Unit], today: date) -> Told | None:
    """The first of these units where somebody is there and can be reached; where all are away, where anybody can."""
    everybody = [(unit, staff.members(tx, unit.id)) for unit in above]
    there = [(unit, hearing.at_unit(tx, unit.id, people, today)) for unit, people in everybody]
    for unit, people in (*there, *everybody):
        if found := reachable(tx, people):
            return Told(unit, found)
    return None


def after(tx: Connection, ticket: Ticket, heard: Iterable[int], today: date) -> Told | None:
    """The next unit up that can be reached, above all whose people (staff ids) were told and can hear."""
    up = chain(tx, ticket.unit_id)
    place = {unit.id: number for number, unit in enumerate(up)}
    reached = -1
    for staff_id in heard:
        person = staff.get(tx, staff_id)
        if person is None or not staff.reachable(tx, person):
            continue
        at = [place[role.unit_id] for role in person.roles if role.unit_id in place]
        reached = max(reached, min(at, default=-1))
    return first_up(tx, up[reached + 1 :], today)


def reachable(tx: Connection, people: Iterable[Staff]) -> tuple[Staff, ...]:
    return tuple(person for person in people if staff.reachable(tx, person))


def _wanted(tx: Connection, ticket: Ticket, rung: str) -> tuple[str, ...]:
    if rung == "silent":  # whoever is near enough to act while the person still waits
        return ("head", "committee")
    own = LIKE_OF_THE_SITE if ticket.kind in OF_THE_SITE else LIKE_OWN
    name = (own if ticket.clock == "own" else LIKE).get(rung, rung)
    if name in ("site", "head"):
        return (name,)
    steps = (*clocks.ladder(tx, ticket.clock, ticket.unit_id), *LADDERS[ticket.clock])
    return next((step.recipients for step in steps if step.rung == name), ())


def _at(tx: Connection, ticket: Ticket, wanted: str, today: date) -> Told | None:
    """The people at one level; where the level is there but nobody can be reached, the next unit up."""
    up = chain(tx, ticket.unit_id)
    if wanted in ("site", "head"):
        here, own = units.get(tx, ticket.unit_id), _own(tx, ticket.unit_id, wanted)
        people = reachable(tx, hearing.at_unit(tx, here.id, own, today, ticket))
        if people:
            return Told(here, people)
        told, away = first_up(tx, up, today), reachable(tx, own)
        return told or (Told(here, away) if away else None)  # whoever is away, before nobody at all
    for number, unit in enumerate(up):
        if unit.kind == wanted or (wanted == "committee" and unit.kind not in HEALTH_LINE):
            return first_up(tx, up[number:], today)
    return None


def _own(tx: Connection, unit_id: int, wanted: str) -> list[Staff]:
    if wanted == "head":  # above the sites there is none: whoever supervises there is it
        return staff.members(tx, unit_id, "head") or staff.members(tx, unit_id, "supervisor", "admin")
    # A People's Committee or Sở Y tế that holds a ticket itself may have supervisors only.
    return staff.members(tx, unit_id, *SITE) or staff.members(tx, unit_id)
