"""Recipients: who hears of a rung, and who is next where nobody at a unit can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.rules.deadlines import LADDER
from storage import policies, staff, units
from storage.staff import Staff
from storage.tickets import Ticket
from storage.units import Unit

SITE = ("clerk", "head")

# Whoever stands between a site and these is its line of government: the commune's People's Committee, or the
# board of an industrial park, a district of before 07/2025 (S1, S2: both lines hear).
HEALTH_LINE = ("health_department", "cdc", "desk")

# Rungs without hours of their own ask the recipients of another: data in `policies`, one list per province.
LIKE = {"new": "site", "daily": "overdue", "campaign": "overdue", "unconfirmed": "supervisors"}


@dataclass(frozen=True)
class Told:
    """A unit, and those of its people who can be reached."""

    unit: Unit
    people: tuple[Staff, ...]


def of(tx: Connection, ticket: Ticket, rung: str) -> list[Told]:
    """Everybody who is to hear of this rung; [] where not even an administrator has joined."""
    found: dict[int, Told] = {}
    for wanted in _wanted(tx, ticket, rung):
        told = _at(tx, ticket, wanted)
        if told:
            found.setdefault(told.unit.id, told)
    if not found:  # no such level here: a provincial queue has no People's Committee above it
        told = first_up(tx, chain(tx, ticket.unit_id))
        if told:
            found[told.unit.id] = told
    return list(found.values())


def copied(tx: Connection, unit_id: int) -> list[Told]:
    """Who reads along for information; nobody else hears in their place."""
    people = reachable(tx, _own(tx, unit_id, "site"))
    return [Told(units.get(tx, unit_id), people)] if people else []


def chain(tx: Connection, unit_id: int) -> list[Unit]:
    """The units above, nearest first, and always the desk as the last."""
    up = units.lines_up(tx, unit_id)
    desk = units.desk(tx)
    return up if desk.id in {unit.id for unit in up} or desk.id == unit_id else [*up, desk]


def first_up(tx: Connection, above: Iterable[Unit]) -> Told | None:
    """The first of these units where somebody can be reached."""
    for unit in above:
        people = reachable(tx, staff.members(tx, unit.id))
        if people:
            return Told(unit, people)
    return None


def after(tx: Connection, ticket: Ticket, heard: Iterable[int]) -> Told | None:
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
    return first_up(tx, up[reached + 1 :])


def reachable(tx: Connection, people: Iterable[Staff]) -> tuple[Staff, ...]:
    return tuple(person for person in people if staff.reachable(tx, person))


def _wanted(tx: Connection, ticket: Ticket, rung: str) -> tuple[str, ...]:
    name = LIKE.get(rung, rung)
    if name == "site":
        return ("site",)
    steps = policies.ladder_of(tx, units.get(tx, ticket.unit_id).province)
    own = {step.rung: step.recipients for step in LADDER}
    return next((step.recipients for step in steps if step.rung == name), own.get(name, ()))


def _at(tx: Connection, ticket: Ticket, wanted: str) -> Told | None:
    """The people at one level; where the level is there but nobody can be reached, the next unit up."""
    up = chain(tx, ticket.unit_id)
    if wanted in ("site", "head"):
        people = reachable(tx, _own(tx, ticket.unit_id, wanted))
        return Told(units.get(tx, ticket.unit_id), people) if people else first_up(tx, up)
    for number, unit in enumerate(up):
        if unit.kind == wanted or (wanted == "committee" and unit.kind not in HEALTH_LINE):
            return first_up(tx, up[number:])
    return None


def _own(tx: Connection, unit_id: int, wanted: str) -> list[Staff]:
    if wanted == "head":
        return staff.members(tx, unit_id, "head")
    # A People's Committee or Sở Y tế that holds a ticket itself may have supervisors only.
    return staff.members(tx, unit_id, *SITE) or staff.members(tx, unit_id)
