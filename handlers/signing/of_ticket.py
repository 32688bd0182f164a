"""What was said here about the signature of the dose that a ticket is about."""

from __future__ import annotations

from datetime import date

from handlers.turn import Turn
from locales import Text, _, lines
from storage import signatures, staff
from storage.reports import Report
from storage.signatures import Signature
from storage.tickets import Ticket


def line(turn: Turn, ticket: Ticket, report: Report) -> Text | None:
    """For the staff's card: nobody has to do twice what a colleague has done."""
    if ticket.kind != "not_signed" or report.resident_id is None:
        return None
    numbers = [one["dose"]["dose_no"] for one in ticket.changes if one["dose"].get("dose_no")]
    found = signatures.of_doses(turn.tx, report.resident_id, numbers)
    return lines(*(_said(turn, one) for one in found)) if found else None


def _said(turn: Turn, one: Signature) -> Text:
    who = staff.name_of(turn.tx, one.staff_id)
    if one.minutes:
        day = date.fromisoformat(one.minutes["day"])
        return _("In minutes {number} of {day} ({who})", number=one.minutes["number"], day=day, who=who)
    if one.denied:
        return _(
            "Ticked as signed at {at} ({who}), but the Platform still shows it unsigned", at=one.at, who=who
        )
    return _("Ticked as signed at {at} ({who})", at=one.at, who=who)
