"""Who signs the doses of which unit, and who may therefore see them and say that they are signed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from handlers import hearing
from handlers.rules import signing as rules
from handlers.supervisors import recipients
from handlers.supervisors.recipients import Told
from storage import staff, units
from storage.staff import Staff
from storage.units import SITES, Unit

Above = dict[int, Told | None]


def may(tx: Connection, member: Staff | None, unit: Unit) -> bool:
    """The site's own people; of a commune's rounds the People's Committee too, whose Chairman signs them."""
    if member is None or unit.kind not in SITES:
        return False
    over = committee(tx, unit) if rules.signer(unit.kind) == "chairman" else None
    return member.at(unit.id) or (over is not None and member.at(over.id))


def committee(tx: Connection, unit: Unit) -> Unit | None:
    """Of a commune's station: directly above it."""
    above = units.find(tx, unit.parent_id) if unit.parent_id is not None else None
    return above if above is not None and above.kind == "committee" else None


def of_member(tx: Connection, member: Staff) -> list[Unit]:
    """The units whose doses this person may tick."""
    found: dict[int, Unit] = {}
    for role in member.roles:
        if role.unit_kind in SITES:
            found[role.unit_id] = units.get(tx, role.unit_id)
        elif role.unit_kind == "committee":
            found |= {one.id: one for one in units.children(tx, role.unit_id, "station")}
    return list(found.values())


def asked(tx: Connection, unit: Unit, today: date) -> Told | None:
    """At 16:00: the site's people; where nobody of them can be reached, whoever is next above."""
    people = staff.members(tx, unit.id)
    there = recipients.reachable(tx, hearing.at_unit(tx, unit.id, people, today))
    return Told(unit, there) if there else _above(tx, unit, today)


def signers(tx: Connection, unit: Unit, today: date, known: Above | None = None) -> Told | None:
    """The Chairman or the head of the site; where nobody of them can be reached, whoever is next above. known: who that
    is above which unit, so that it is asked once for all sites of a province."""
    over = committee(tx, unit) if rules.signer(unit.kind) == "chairman" else unit
    at = over or unit
    roles = ("head",) if over is unit else ("head", "supervisor")
    people = next((found for role in roles if (found := staff.members(tx, at.id, role))), [])
    there = recipients.reachable(tx, hearing.at_unit(tx, at.id, people, today))
    if there:
        return Told(at, there)
    others = recipients.first_up(tx, [at], today) if at is not unit else None
    if others is not None:
        return others
    above = {} if known is None else known
    key = at.parent_id or at.id
    if key not in above:
        above[key] = _above(tx, at, today)
    return above[key]


def _above(tx: Connection, unit: Unit, today: date) -> Told | None:
    return recipients.first_up(tx, recipients.chain(tx, unit.id), today)
