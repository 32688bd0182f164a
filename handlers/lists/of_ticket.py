"""A ticket's place on a list: it joins one within four hours, or its station and then its supervisor are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.rules import lists as rules
from handlers.turn import Moment, Turn
from storage import history, list_people, lists, people, reports, tickets, units
from storage.list_people import Line
from storage.lists import AWAY, List
from storage.tickets import Ticket

ANSWERS = ("words", "repaired", "still_wrong")


def wants_list(tx: Connection, ticket: Ticket) -> bool:
    """An identity ticket of a Vietnamese citizen at a station: its commune's police compare it first."""
    if ticket.axis != "identity" or units.get(tx, ticket.unit_id).kind != "station":
        return False
    report = reports.get(tx, ticket.report_id)
    on_record = [report.resident_id] if report.resident_id else []
    foreign = bool(report.about.get("foreign") or people.foreign(tx, on_record))
    return rules.needs_police(ticket.axis, ticket.kind, foreign)


def moments(tx: Connection, ticket: Ticket, since: datetime) -> list[tuple[str, datetime]]:
    """Rungs of the ticket's round; since: received, or handed to this station."""
    if not wants_list(tx, ticket):
        return []
    return [("unlisted", since + rules.JOINS_WITHIN), ("unlisted_up", since + rules.SUPERIOR_AFTER)]


def matters(moment: Turn | Moment, ticket: Ticket, rung: str) -> bool:
    """Whether such a moment has come for the unit that has it now, and it neither stands on a list nor was concluded by
    one in this round."""
    tx, since = moment.tx, tickets.here_since(moment.tx, ticket)
    within = rules.JOINS_WITHIN if rung.partition(":")[0] == "unlisted" else rules.SUPERIOR_AFTER
    if since is None or moment.now < since + within:
        return False
    return wants_list(tx, ticket) and not listed(tx, ticket.id) and not concluded(tx, ticket)


def listed(tx: Connection, ticket_id: int) -> bool:
    """On a list that was sent; a draft is none yet, for nobody compares anything."""
    line = list_people.of_ticket(tx, ticket_id)
    return line is not None and lists.get(tx, line.list_id).number is not None


def concluded(tx: Connection, ticket: Ticket) -> bool:
    """The police could not settle it: what is owed now is an answer, not another list."""
    return list_people.concluded(tx, ticket.id, tickets.round_of(tx, ticket).received_at)


def on(tx: Connection, ticket: Ticket) -> tuple[List, Line] | None:
    """The live list on which it stands."""
    line = list_people.of_ticket(tx, ticket.id)
    return (lists.get(tx, line.list_id), line) if line else None


def away(tx: Connection, ticket: Ticket) -> List | None:
    """The list with which it is being compared at this moment; none where its resident is asked for something."""
    found = on(tx, ticket) if ticket.axis == "identity" else None
    return found[0] if found and compared(tx, ticket) == "away" else None


def compared(tx: Connection, ticket: Ticket) -> str | None:
    """away: nothing is asked of its resident; asked: the police wait for an answer; back: they have said what they know."""
    found = on(tx, ticket) if ticket.axis == "identity" else None
    if found is None or found[0].state not in (*AWAY, "back"):
        return None
    where, line = found
    if where.state == "back":
        return "back" if not line.settled else None
    since = line.verdict_at if line.verdict == "supplement" else None
    return "asked" if since and not answered(tx, ticket, since) else "away"


def answered(tx: Connection, ticket: Ticket, since: datetime) -> bool:
    """Whether its resident has said anything since they were asked."""
    events = history.of_ticket(tx, ticket.id, internal=False)
    return any(one.what in ANSWERS and one.at >= since for one in events)
