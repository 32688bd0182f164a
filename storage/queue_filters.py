"""The ways in which staff narrow their queue, as conditions for tickets.waiting and tickets.count_waiting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from storage.tickets import Ticket, get, tickets


def narrowed(name: str, staff_id: int, now: datetime) -> list[ColumnElement[bool]]:
    """name: all · mine · unheld · overdue · later · kind:KIND; an unknown one narrows nothing."""
    if name.startswith("kind:"):
        return [tickets.c.kind == name.removeprefix("kind:")]
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "mine": [tickets.c.holder_id == staff_id],
        "unheld": [tickets.c.holder_id.is_(None)],
        "overdue": [tickets.c.due_at <= now],
        "later": [tickets.c.later_until.isnot(None)],
    }
    return conditions.get(name, [])


def after(ticket: Ticket) -> ColumnElement[bool]:
    """Those that stand behind this ticket in the queue."""
    return or_(
        tickets.c.due_at > ticket.due_at, and_(tickets.c.due_at == ticket.due_at, tickets.c.id > ticket.id)
    )


def kinds_waiting(tx: Connection, unit_ids: list[int]) -> list[str]:
    found = select(tickets.c.kind).where(tickets.c.unit_id.in_(unit_ids), tickets.c.state == "open")
    return list(tx.execute(found.distinct().order_by(tickets.c.kind)).scalars())


def held_at(tx: Connection, staff_id: int, unit_id: int) -> list[Ticket]:
    """Open tickets that this person holds at the unit."""
    found = select(tickets.c.id).where(
        tickets.c.holder_id == staff_id, tickets.c.unit_id == unit_id, tickets.c.state == "open"
    )
    return [get(tx, ticket_id) for ticket_id in tx.execute(found.order_by(tickets.c.id)).scalars()]
