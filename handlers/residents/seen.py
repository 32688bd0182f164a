"""What this chat may see of the report and ticket that a token names: forged ones find nothing."""

from __future__ import annotations

from handlers.turn import Turn
from storage import reports, tickets
from storage.reports import Report
from storage.tickets import Ticket


def number(text: object) -> int | None:
    """An id out of a token; longer ones are no ids of ours."""
    said = str(text)
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 15 else None


def report(turn: Turn, text: object) -> Report | None:
    report_id = number(text)
    if report_id is None or not reports.may_see(turn.tx, report_id, turn.talk.id):
        return None
    return reports.get(turn.tx, report_id)


def ticket(turn: Turn, text: object) -> Ticket | None:
    ticket_id = number(text)
    found = tickets.find(turn.tx, ticket_id) if ticket_id is not None else None
    if found is None or not reports.may_see(turn.tx, found.report_id, turn.talk.id):
        return None
    return found
