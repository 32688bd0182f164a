"""Pace: until when a channel, or one chat on it, must be left in peace; obeyed by every process."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, String, Table, case, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import UtcTime, metadata

pace = Table(
    "pace",
    metadata,
    Column("scope", String(160), primary_key=True),  # a channel («telegram») or a lane («telegram:777»)
    Column("free_at", UtcTime, nullable=False),  # machine time
)


def free_at(tx: Connection, scope: str, now: datetime) -> datetime:
    """When the scope may speak again. Nobody else claims for it until the transaction ends."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(insert(pace).values(scope=scope, free_at=now).on_conflict_do_nothing())
    at: datetime = tx.execute(
        select(pace.c.free_at).where(pace.c.scope == scope).with_for_update()
    ).scalar_one()
    return at


def rest(tx: Connection, scope: str, until: datetime) -> None:
    """Nothing more for this scope until then; a longer rest that was asked for stays."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    wanted = insert(pace).values(scope=scope, free_at=until)
    later = case((pace.c.free_at > wanted.excluded.free_at, pace.c.free_at), else_=wanted.excluded.free_at)
    tx.execute(wanted.on_conflict_do_update(index_elements=["scope"], set_={"free_at": later}))


def resting(lane: ColumnElement[str], now: datetime) -> ColumnElement[bool]:
    """For claim(): rows whose chat must be left in peace at this moment."""
    return select(1).where(pace.c.scope == lane, pace.c.free_at > now).exists()


def forget(tx: Connection, before: datetime) -> None:
    """Rests that are over long since."""
    tx.execute(pace.delete().where(pace.c.free_at < before))
