"""Alerts of verification lists: who was told of which moment of a list, and in which message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, UniqueConstraint, select, update

from storage.columns import Id, UtcTime, metadata
from storage.deadlines import insert_for

list_alerts = Table(
    "list_alerts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list_id", Id, ForeignKey("lists.id"), nullable=False),
    Column("rung", String(30), nullable=False),
    Column("recipient_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("outbox_id", Id, index=True),  # the one message that carries it
    UniqueConstraint("list_id", "rung", "recipient_id"),
)


@dataclass(frozen=True)
class Alert:
    id: int
    list_id: int
    rung: str
    recipient_id: int


_ALERT = [list_alerts.c[name] for name in Alert.__dataclass_fields__]


def add(tx: Connection, list_id: int, rung: str, recipient_id: int, now: datetime) -> int | None:
    """The alert's id, or None where this person was told of this moment before."""
    found: int | None = tx.execute(
        insert_for(tx, list_alerts)
        .values(list_id=list_id, rung=rung, recipient_id=recipient_id, created_at=now)
        .on_conflict_do_nothing(index_elements=["list_id", "rung", "recipient_id"])
        .returning(list_alerts.c.id)
    ).scalar()
    return found


def carry(tx: Connection, alert_id: int, outbox_id: int) -> None:
    tx.execute(update(list_alerts).where(list_alerts.c.id == alert_id).values(outbox_id=outbox_id))


def carried_by(tx: Connection, outbox_id: int) -> list[Alert]:
    found = select(*_ALERT).where(list_alerts.c.outbox_id == outbox_id).order_by(list_alerts.c.id)
    return [Alert(*row) for row in tx.execute(found)]


def find(tx: Connection, alert_id: int) -> Alert | None:
    row = tx.execute(select(*_ALERT).where(list_alerts.c.id == alert_id)).first()
    return Alert(*row) if row else None
