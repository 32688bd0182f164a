"""Who hears of a ticket: its holder, else its unit's people; for whoever is away, the colleague who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from handlers.staff import rights
from storage import absences, staff
from storage.staff import Staff
from storage.tickets import Ticket


def of_ticket(tx: Connection, ticket: Ticket, today: date) -> tuple[Staff, ...]:
    """Where nobody is there today, all the same whoever it concerns: what was said must not be lost."""
    holder = staff.get(tx, ticket.holder_id) if ticket.holder_id else None
    people = [holder] if holder else _answering(tx, ticket)
    return at_unit(tx, ticket.unit_id, people, today, ticket) or tuple(people)


def _answering(tx: Connection, ticket: Ticket) -> list[Staff]:
    everybody = staff.members(tx, ticket.unit_id)
    return [person for person in everybody if rights.answers(person, ticket)] or everybody


def at_unit(
    tx: Connection, unit_id: int, wanted: Iterable[Staff], today: date, ticket: Ticket | None = None
) -> tuple[Staff, ...]:
    """Those of the wanted who are there today or have somebody stand in; where nobody of them is, the unit's others.

    ticket: one that not everybody there may answer.
    """
    people = list(wanted)
    if not people:
        return ()
    return _there(tx, unit_id, people, today, ticket) or _there(
        tx, unit_id, staff.members(tx, unit_id), today, ticket
    )


def _there(
    tx: Connection, unit_id: int, people: list[Staff], today: date, ticket: Ticket | None
) -> tuple[Staff, ...]:
    found = {one.id: one for one in (stands(tx, person, unit_id, today) for person in people) if one}
    return tuple(one for one in found.values() if ticket is None or rights.answers(one, ticket))


def stands(tx: Connection, person: Staff, unit_id: int, today: date) -> Staff | None:
    """The person, or who stands in; None where the substitute left the unit, is away too or cannot be reached."""
    absence = absences.of(tx, person.id, today)
    if absence is None:
        return person
    other = staff.get(tx, absence.substitute_id)
    if other is None or not other.at(unit_id) or absences.of(tx, other.id, today):
        return None
    return other if staff.reachable(tx, other) else None
