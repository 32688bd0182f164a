"""Deadlines: the due moments (rungs) of each round, and the alerts that they caused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Row,
    String,
    Table,
    UniqueConstraint,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Id, UtcTime, metadata
from storage.queue import queue_columns, queue_indexes

rungs = Table(
    "rungs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey("rounds.id"), nullable=False),
    Column(
        "rung", String(30), nullable=False
    ),  # remind_site · … · overdue · daily:2026-11-21 · ack:overdue:1 · orphan
    *queue_columns(),
    UniqueConstraint("round_id", "rung"),
)
queue_indexes(rungs)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey("rounds.id"), nullable=False),
    Column("rung", String(30), nullable=False),
    Column("recipient_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("outbox_id", Id, index=True),  # the one message that carries it
    Column("dropped", String(12)),  # closed: the round ended before the words were made
    Column("acked_at", UtcTime),
    UniqueConstraint("round_id", "rung", "recipient_id"),
)


def insert_for(tx: Connection, table: Table) -> Any:
    """An insert that knows «on conflict»."""
    return (postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert)(table)


def plan(tx: Connection, round_id: int, moments: Iterable[tuple[str, datetime]]) -> None:
    """Writes the due moments of a round; the same rung twice stays one."""
    for rung, run_at in moments:
        tx.execute(
            insert_for(tx, rungs)
            .values(round_id=round_id, rung=rung, lane=f"{round_id}:{rung}", run_at=run_at)
            .on_conflict_do_nothing(index_elements=["round_id", "rung"])
        )


def end(tx: Connection, round_id: int, now: datetime) -> None:
    """No further rung of this round rings; whether a message has arrived is looked at all the same."""
    of_messages = or_(rungs.c.rung.startswith("undelivered:"), rungs.c.rung.startswith("unseen:"))
    tx.execute(
        update(rungs)
        .where(rungs.c.round_id == round_id, rungs.c.done_at.is_(None), ~of_messages)
        .values(done_at=now, outcome="ended")
    )


def alert(tx: Connection, round_id: int, rung: str, recipient_id: int, now: datetime) -> int | None:
    """The alert's id, or None where this person was alerted of this rung before."""
    found: int | None = tx.execute(
        insert_for(tx, alerts)
        .values(round_id=round_id, rung=rung, recipient_id=recipient_id, created_at=now)
        .on_conflict_do_nothing(index_elements=["round_id", "rung", "recipient_id"])
        .returning(alerts.c.id)
    ).scalar()
    return found


def carry(tx: Connection, alert_id: int, outbox_id: int) -> None:
    tx.execute(update(alerts).where(alerts.c.id == alert_id).values(outbox_id=outbox_id))


def carried_by(tx: Connection, outbox_id: int) -> list[Row[Any]]:
    return list(tx.execute(select(alerts).where(alerts.c.outbox_id == outbox_id).order_by(alerts.c.id)))


def acknowledge(tx: Connection, recipient_id: int, round_ids: list[int], now: datetime) -> int:
    """Marks what this person was alerted of as read; how many alerts that were."""
    return tx.execute(
        update(alerts)
        .where(
            alerts.c.recipient_id == recipient_id,
            alerts.c.round_id.in_(round_ids),
            alerts.c.acked_at.is_(None),
        )
        .values(acked_at=now)
    ).rowcount


def alerts_of(tx: Connection, round_id: int, rung: str | None = None) -> list[Row[Any]]:
    found = select(alerts).where(alerts.c.round_id == round_id)
    if rung is not None:
        found = found.where(alerts.c.rung == rung)
    return list(tx.execute(found.order_by(alerts.c.id)))


def drop(tx: Connection, alert_ids: list[int], why: str) -> None:
    """These alerts fell away before their words were made."""
    tx.execute(update(alerts).where(alerts.c.id.in_(alert_ids)).values(dropped=why))


def rung_of(tx: Connection, alert_id: int) -> str:
    return str(tx.execute(select(alerts.c.rung).where(alerts.c.id == alert_id)).scalar_one())
