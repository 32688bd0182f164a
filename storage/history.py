"""History: what happened to a ticket, in order; the residents' page, the card and the audit read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, ForeignKey, String, Table, insert, select

from storage.columns import Encrypted, Id, UtcTime, metadata

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("what", String(20), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id")),  # None: the resident or the desk itself
    Column("internal", Boolean, nullable=False),
    Column("details", Encrypted, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("what", String(30), nullable=False),
    Column("staff_id", Id),
    Column("talk_id", Id),
    Column("ticket_id", Id),
    Column("details", Encrypted, nullable=False),
)


@dataclass(frozen=True)
class Event:
    at: datetime
    what: str
    staff_id: int | None
    internal: bool
    details: dict[str, Any]


def add(
    tx: Connection,
    ticket_id: int,
    at: datetime,
    what: str,
    *,
    staff_id: int | None = None,
    internal: bool = False,
    **details: object,
) -> int:
    """The new event's id."""
    values = {"ticket_id": ticket_id, "at": at, "what": what, "staff_id": staff_id, "internal": internal}
    event_id: int = tx.execute(
        insert(events).values(**values, details=details).returning(events.c.id)
    ).scalar_one()
    return event_id


def one_of_ticket(tx: Connection, ticket_id: int, event_id: int) -> Event | None:
    found = select(*(events.c[name] for name in Event.__dataclass_fields__)).where(
        events.c.id == event_id, events.c.ticket_id == ticket_id
    )
    row = tx.execute(found).first()
    return Event(*row) if row else None


def of_ticket(tx: Connection, ticket_id: int, *, internal: bool) -> list[Event]:
    found = select(*(events.c[name] for name in Event.__dataclass_fields__)).where(
        events.c.ticket_id == ticket_id
    )
    if not internal:
        found = found.where(events.c.internal.is_(False))
    return [Event(*row) for row in tx.execute(found.order_by(events.c.at, events.c.id))]


def acted_since(tx: Connection, ticket_id: int, since: datetime) -> bool:
    """Whether a member of staff did anything with the ticket after that."""
    found = select(events.c.id).where(
        events.c.ticket_id == ticket_id, events.c.staff_id.isnot(None), events.c.at > since
    )
    return tx.execute(found.limit(1)).first() is not None


def happened_since(tx: Connection, ticket_ids: list[int], since: datetime, what: list[str]) -> bool:
    """Whether any of these things happened to one of the tickets after that."""
    found = select(events.c.id).where(
        events.c.ticket_id.in_(ticket_ids), events.c.what.in_(what), events.c.at > since
    )
    return tx.execute(found.limit(1)).first() is not None


def audited(
    tx: Connection,
    at: datetime,
    what: str,
    *,
    staff_id: int | None = None,
    talk_id: int | None = None,
    ticket_id: int | None = None,
    **details: object,
) -> None:
    """Adds to the audit log, which nothing in this code changes or deletes."""
    tx.execute(
        insert(audit).values(
            at=at, what=what, staff_id=staff_id, talk_id=talk_id, ticket_id=ticket_id, details=details
        )
    )
