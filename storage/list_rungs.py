"""The due moments of verification lists: reminded, late level by level, the end of the cleaning campaign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, UniqueConstraint, update

from storage.columns import Id, metadata
from storage.deadlines import insert_for
from storage.queue import queue_columns, queue_indexes

list_rungs = Table(
    "list_rungs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list_id", Id, ForeignKey("lists.id"), nullable=False),
    Column("rung", String(30), nullable=False),  # as handlers/lists/ringing.py knows them
    *queue_columns(),
    UniqueConstraint("list_id", "rung"),
)
queue_indexes(list_rungs)


def plan(tx: Connection, list_id: int, moments: Iterable[tuple[str, datetime]]) -> None:
    """Writes the due moments of a list; the same rung twice stays one."""
    for rung, run_at in moments:
        tx.execute(
            insert_for(tx, list_rungs)
            .values(list_id=list_id, rung=rung, lane=f"list:{list_id}:{rung}", run_at=run_at)
            .on_conflict_do_nothing(index_elements=["list_id", "rung"])
        )


def end(tx: Connection, list_id: int, now: datetime, *, campaign: bool = False) -> None:
    """Nothing of its two days rings any more; the campaign's end, and the digest after it, until all is finished."""
    c = list_rungs.c
    kept = () if campaign else (c.rung != "campaign", ~c.rung.startswith("daily:"))
    tx.execute(
        update(list_rungs)
        .where(c.list_id == list_id, c.done_at.is_(None), *kept)
        .values(done_at=now, outcome="ended")
    )
