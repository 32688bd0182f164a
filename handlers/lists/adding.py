"""Who goes on a list, and who cannot: the one door to it, for one person or a thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handlers.rules import lists as rules
from handlers.turn import Turn
from storage import list_people, lists, people, places, reports
from storage.lists import List
from storage.people import Resident
from storage.tickets import Ticket

KEYS, KEY_LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 8


@dataclass(frozen=True)
class Entry:
    """given: see storage/list_people.Line."""

    given: dict[str, Any]
    foreign: bool
    fault: str | None = None
    resident_id: int | None = None
    ticket_id: int | None = None


def add(turn: Turn, found: List, entries: Sequence[Entry]) -> list[str | None]:
    """Adds them in this order; of each why it cannot be: "foreigner" (S1: «Không thực hiện xác minh thông tin đối với
    trường hợp không phải là công dân Việt Nam»), "elsewhere" where a live list has this person already; None: it is on it.

    A ticket joins the line that its resident has on a list of the same unit which has not reached the police.
    """
    tickets_on, residents_on = list_people.on_live(
        turn.tx,
        [one.ticket_id for one in entries if one.ticket_id],
        [one.resident_id for one in entries if one.resident_id],
    )
    foreign = people.foreign(turn.tx, [one.resident_id for one in entries if one.resident_id])
    rows: list[dict[str, Any]] = []
    said: list[str | None] = []
    for one in entries:
        why = "foreigner" if one.foreign or one.resident_id in foreign else None
        if not why and one.ticket_id:
            why = "elsewhere" if one.ticket_id in tickets_on else None
        elif not why and one.resident_id in residents_on:
            why = "elsewhere"
        said.append(why)
        if why or (one.ticket_id and one.resident_id in residents_on and _joins(turn, found, one)):
            continue
        tickets_on |= {one.ticket_id} if one.ticket_id else set()
        residents_on |= {one.resident_id} if one.resident_id else set()
        rows.append({"key": turn.new_code(KEYS, KEY_LENGTH), "given": one.given, "fault": one.fault,
                     "resident_id": one.resident_id, "ticket_id": one.ticket_id})  # fmt: skip
    list_people.add_many(turn.tx, found.id, rows)
    return said


def _joins(turn: Turn, found: List, one: Entry) -> bool:
    """What the resident says is right takes the place of what the Platform shows, which stands beside it."""
    assert one.resident_id is not None
    line = list_people.unticketed(turn.tx, one.resident_id, found.maker_id)
    if line is None or lists.held(turn.tx, line.list_id).state not in list_people.BEFORE_POLICE:
        return False
    list_people.change(turn.tx, line, given={**line.given, **one.given}, ticket_id=one.ticket_id)
    return True


def of_ticket(tx: Connection, ticket: Ticket) -> Entry:
    """With what its resident says is right; what the Platform shows stands beside it."""
    report = reports.get(tx, ticket.report_id)
    about = report.about
    wanted = {change["field"]: plain(change["new"]) for change in ticket.changes
              if change["field"] in rules.FIELDS and change.get("new")}  # fmt: skip
    shown = {change["field"]: plain(change["old"]) for change in ticket.changes
             if change["field"] in rules.FIELDS and change.get("old")}  # fmt: skip
    known = {"name": about.get("name"), "birth": about.get("birth"), "sex": about.get("sex"),
             "number": plain(about.get("number")), "phone": about.get("phone"),
             "residence": residence(tx, about.get("permanent"))}  # fmt: skip
    return Entry(
        {name: value for name, value in {**known, **wanted}.items() if value} | {"shown": shown},
        foreign=not rules.needs_police(ticket.axis, ticket.kind, bool(about.get("foreign"))),
        fault={"id_missing": "missing", "id_format": "format"}.get(ticket.kind, "personal"),
        resident_id=report.resident_id,
        ticket_id=ticket.id,
    )


def plain(value: Any) -> Any:
    """A number may stand with its kind."""
    return value.get("value") if isinstance(value, dict) else value


def of_residents(tx: Connection, found: Sequence[tuple[Resident, str]]) -> list[Entry]:
    """Each with the fault, as the Platform shows them."""
    homes = {one.details.get("commune") for one, _fault in found}
    named = {place: residence(tx, place) for place in homes}
    return [_of_resident(one, fault, named[one.details.get("commune")]) for one, fault in found]


def _of_resident(found: Resident, fault: str, home: str | None) -> Entry:
    details = found.details
    number = next((details[kind] for kind in rules.NUMBERS if details.get(kind)), None)
    known = {name: details.get(name) for name in ("name", "birth", "sex", "phone")}
    known |= {"number": number, "residence": home}
    given = {name: value for name, value in known.items() if value}
    return Entry(given, bool(details.get("foreign")), fault, resident_id=found.id)


def residence(tx: Connection, place: str | None) -> str | None:
    """«Xã Hạnh Phúc, Tỉnh Lào Cai», of the map that the code stands on."""
    list_, _colon, code = (place or "").partition(":")
    found = places.commune(tx, list_, code) if code else None
    if found is None:
        return None
    return ", ".join(part for part in (found.name, found.district, found.province) if part)
