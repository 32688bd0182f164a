"""A ticket's place on a list: it joins one within four hours, or its station and then its supervisor are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.rules import lists as rules
from storage import list_people, lists, reports, units
from storage.list_people import Line
from storage.lists import AWAY, List
from storage.tickets import Ticket


def wants_list(tx: Connection, ticket: Ticket) -> bool:
    """An identity ticket of a Vietnamese citizen at a station: its commune's police compare it first."""
    if ticket.axis != "identity" or units.get(tx, ticket.unit_id).kind != "station":
        return False
    foreign = bool(reports.get(tx, ticket.report_id).about.get("foreign"))
    return rules.needs_police(ticket.axis, ticket.kind, foreign)


def moments(tx: Connection, ticket: Ticket, since: datetime) -> list[tuple[str, datetime]]:
    """Rungs of the ticket's round; since: received, or handed to this station."""
    if not wants_list(tx, ticket):
        return []
    return [("unlisted", since + rules.JOINS_WITHIN), ("unlisted_up", since + rules.SUPERIOR_AFTER)]


def on(tx: Connection, ticket: Ticket) -> tuple[List, Line] | None:
    """The live list on which it stands."""
    line = list_people.of_ticket(tx, ticket.id)
    return (lists.get(tx, line.list_id), line) if line else None


def away(tx: Connection, ticket: Ticket) -> List | None:
    """The list with which it is being compared at this moment."""
    found = on(tx, ticket) if ticket.axis == "identity" else None
    return found[0] if found and found[0].state in AWAY else None
