"""Leases: what only one process may do at a time, such as asking Telegram for updates."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import UtcTime, metadata

leases = Table(
    "leases",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(40), nullable=False),
    Column("until", UtcTime, nullable=False),  # machine time
)


def take(tx: Connection, name: str, holder: str, now: datetime, time: timedelta) -> bool:
    """Takes the lease, or holds it longer; False while somebody else has it."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(insert(leases).values(name=name, holder=holder, until=now).on_conflict_do_nothing())
    mine_or_over = or_(leases.c.holder == holder, leases.c.until <= now)
    done = tx.execute(
        update(leases).where(leases.c.name == name, mine_or_over).values(holder=holder, until=now + time)
    )
    return done.rowcount == 1


def give_back(tx: Connection, name: str, holder: str, now: datetime) -> None:
    """So that another process need not wait until it runs out."""
    tx.execute(update(leases).where(leases.c.name == name, leases.c.holder == holder).values(until=now))
