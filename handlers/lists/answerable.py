"""Who leads, who co-operates, who is responsible and until when, in one or two short lines, on every ticket and list."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from handlers import wording
from handlers.lists import who
from handlers.rules import answerable as rules
from handlers.turn import Moment, Turn
from locales import Text, Words, _, joined
from storage import reports, units
from storage.lists import List
from storage.tickets import Ticket

NAMED: dict[str, Words] = {
    "committee": _("the People's Committee"),
    "police": _("the commune's police"),
    "station": _("the health station"),
    "team": _("the hamlet's Project-06 team"),
    "recorders": _("the sites that recorded the doses"),
    "site": _("the vaccination site"),
    "viettel": _("Viettel, for the Platform"),
}


def of_ticket(turn: Turn | Moment, ticket: Ticket) -> list[Text]:
    """Of a closed one without its deadline."""
    unit = units.get(turn.tx, ticket.unit_id)
    report = reports.get(turn.tx, ticket.report_id)
    station = unit.kind == "station"
    foreign = bool(report.about.get("foreign"))
    found = rules.of_ticket(
        ticket.kind, ticket.axis, foreign=foreign, station=station, reasons=ticket.reasons
    )
    names: dict[str, Text] = {}
    if "police" in found.together:
        names |= _neighbours(turn.tx, unit)
    if "committee" in found.together and unit.parent_id:
        names["committee"] = units.get(turn.tx, unit.parent_id).name
    if report.about.get("staff"):
        names["site"] = report.about["staff"]["unit"]
    if ticket.copy_to:
        names["copy"] = units.get(turn.tx, ticket.copy_to).name
    due = wording.due(ticket, turn.now) if ticket.state == "open" else None
    return [_both(unit.name, due), *_together(found.together, names)]


def of_list(turn: Turn | Moment, found: List) -> list[Text]:
    """Until it is returned the police answer for the two days; then the maker for the Platform."""
    away = found.returned_at is None
    roles = rules.of_list(found.kind, returned=not away)
    maker = units.get(turn.tx, found.maker_id)
    police = units.get(turn.tx, found.police_id).name
    names: dict[str, Text] = {"police": police}
    for role, unit_id in (("committee", found.through_id), ("station", found.copy_id)):
        if unit_id:
            names[role] = units.get(turn.tx, unit_id).name
    # A station's own round goes straight to the police, and needs no copy of itself.
    known = tuple(role for role in roles.together if role == "team" or role in names)
    together = _together(known, names)
    if not away:
        return [_both(maker.name, _end(turn, found)), *together, *_campaign(turn, found, maker)]
    before = wording.before(found.due_at, turn.now) if found.due_at else _("within two days of its date")
    return [
        _("Leads: {unit}", unit=maker.name),
        *together,
        _("Responsible for the return: {unit}, {before}", unit=police, before=before),
        *_campaign(turn, found, maker),
    ]


def _end(turn: Turn | Moment, found: List) -> Text | None:
    return wording.before(found.finish_by, turn.now) if found.finish_by and found.state == "back" else None


def _both(unit: str, due: Text | None) -> Text:
    if due is None:
        return _("Leads and is responsible: {unit}", unit=unit)
    return _("Leads and is responsible: {unit}, {before}", unit=unit, before=due)


def _together(roles: Sequence[str], names: dict[str, Text]) -> list[Text]:
    known = [names.get(role) or NAMED[role] for role in roles if role in names or role in NAMED]
    if not known:
        return [_("Co-operating: nobody is named")]
    return [_("Co-operating: {units}", units=joined(", ", *known))]


def _neighbours(tx: Connection, station: units.Unit) -> dict[str, Text]:
    parties = who.parties(tx, station, "tickets")
    return {"police": units.get(tx, parties.police).name} if parties else {}


def _campaign(turn: Turn | Moment, found: List, maker: units.Unit) -> list[Text]:
    """S4: «Trung tâm Y tế chủ trì, phối hợp với Công an huyện, Phòng Văn hóa và Thông tin», where such a unit exists."""
    if not (found.finish_by and maker.province and maker.district):
        return []
    centre = units.of_district(turn.tx, "district_centre", maker.province, maker.district)
    if centre is None:
        return []
    told = _("Campaign: {unit} leads, with the district's police and its culture and information office; finished {before}",
             unit=centre.name, before=wording.before(found.finish_by, turn.now))  # fmt: skip
    return [told]
