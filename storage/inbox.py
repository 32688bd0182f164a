"""The inbox: every message as it came, stored before anything is done with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Index, Row, String, Table, UniqueConstraint, select, update
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
    Column("album", String(80)),  # parts of one answer, told apart by the provider
    *queue_columns(),
    UniqueConstraint("channel", "event_id"),
)
queue_indexes(inbox)
Index("ix_inbox_album", inbox.c.lane, inbox.c.album)

QUIET = timedelta(seconds=2)  # after the last part of an album nothing more of it is expected
MOST = 10  # parts of an album


def store(
    tx: Connection,
    *,
    channel: str,
    event_id: str,
    lane: str,
    raw: dict[str, Any],
    received_at: datetime,
    run_at: datetime,
    album: str | None = None,
) -> int | None:
    """The new row's id, or None where this event is stored already. Parts of an album wait for one another."""
    if album is not None:
        run_at += QUIET
        together = (
            inbox.c.lane == lane,
            inbox.c.album == album,
            inbox.c.done_at.is_(None),
            inbox.c.attempts == 0,
        )
        tx.execute(update(inbox).where(*together).values(run_at=run_at))
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    return tx.execute(
        insert(inbox)
        .values(
            channel=channel,
            event_id=event_id,
            lane=lane,
            raw=raw,
            received_at=received_at,
            run_at=run_at,
            album=album,
        )
        .on_conflict_do_nothing(index_elements=["channel", "event_id"])
        .returning(inbox.c.id)
    ).scalar()


def album_of_photo(tx: Connection, lane: str, event_id: str, now: datetime) -> str:
    """For a provider that knows no albums: photos that come one right after the other are one. Whatever else is said in
    between ends it. now: policy time."""
    fresh = select(inbox.c.album).where(inbox.c.lane == lane, inbox.c.received_at >= now - QUIET)
    came = list(tx.execute(fresh.order_by(inbox.c.id)).scalars())
    under_way = came[-1] if came and came.count(came[-1]) < MOST else None
    return under_way or event_id


def other_parts(tx: Connection, row: Row[Any]) -> list[Row[Any]]:
    """What else of the row's album has come and waits behind it."""
    if row.album is None:
        return []
    found = select(inbox).where(
        inbox.c.lane == row.lane, inbox.c.album == row.album, inbox.c.done_at.is_(None), inbox.c.id > row.id
    )
    return list(tx.execute(found.order_by(inbox.c.id)))


def finish_parts(tx: Connection, ids: list[int], now: datetime) -> None:
    """They were handled together with the first; their lane kept everybody else away from them."""
    tx.execute(update(inbox).where(inbox.c.id.in_(ids)).values(done_at=now, outcome="album"))


def parked(tx: Connection) -> list[Row[Any]]:
    """Messages that could not be handled, for the operator: id, lane, time; never the words."""
    return list(
        tx.execute(
            select(inbox.c.id, inbox.c.channel, inbox.c.lane, inbox.c.received_at)
            .where(inbox.c.outcome == "parked")
            .order_by(inbox.c.id)
        )
    )
