"""The inbox: every message as it came, stored before anything is done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, String, Table, UniqueConstraint, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.queue import queue_columns, queue_indexes

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("event_id", String(80), nullable=False),
    Column("raw", Encrypted, nullable=False),
    Column("received_at", UtcTime, nullable=False),  # policy time: the 48 hours are counted from here
    *queue_columns(),
    UniqueConstraint("channel", "event_id"),
)
queue_indexes(inbox)


def store(
    tx: Connection,
    *,
    channel: str,
    event_id: str,
    lane: str,
    raw: dict[str, Any],
    received_at: datetime,
    run_at: datetime,
) -> int | None:
    """The new row's id, or None where this event is stored already."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    return tx.execute(
        insert(inbox)
        .values(
            channel=channel, event_id=event_id, lane=lane, raw=raw, received_at=received_at, run_at=run_at
        )
        .on_conflict_do_nothing(index_elements=["channel", "event_id"])
        .returning(inbox.c.id)
    ).scalar()


def parked(tx: Connection) -> list[Row[Any]]:
    """Messages that could not be handled, for the operator: id, lane, time; never the words."""
    return list(
        tx.execute(
            select(inbox.c.id, inbox.c.channel, inbox.c.lane, inbox.c.received_at)
            .where(inbox.c.outcome == "parked")
            .order_by(inbox.c.id)
        )
    )
