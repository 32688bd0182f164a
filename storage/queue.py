"""What the three queues share: four columns, and one claim that is a lease."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Executable,
    Index,
    Integer,
    Row,
    Select,
    SmallInteger,
    String,
    Table,
    and_,
    bindparam,
    exists,
    or_,
    select,
    update,
)

from storage.columns import UtcTime

LEASE = timedelta(seconds=60)


class LeaseLost(Exception):
    """Another worker has the row by now; whoever sees this rolls back."""


def queue_columns() -> list[Column[Any]]:
    """lane keeps one person's rows in order; run_at is when a row is due, and while it is claimed, when the lease ends."""
    return [
        Column("lane", String(120), nullable=False),
        Column("rank", SmallInteger, nullable=False, server_default="5"),
        Column("run_at", UtcTime, nullable=False),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("done_at", UtcTime),
        Column("outcome", String(40)),
    ]


def queue_indexes(table: Table) -> None:
    open_rows = table.c.done_at.is_(None)
    for name, columns in (("due", ("run_at", "id")), ("lane", ("lane", "rank", "id"))):
        Index(
            f"ix_{table.name}_{name}",
            *(table.c[column] for column in columns),
            sqlite_where=open_rows,
            postgresql_where=open_rows,
        )


# These are asked again and again by every loop, so they are built once.
@cache
def _anything(tables: tuple[Table, ...]) -> Executable:
    now = bindparam("now", type_=UtcTime)
    return select(*(exists().where(table.c.done_at.is_(None), table.c.run_at <= now) for table in tables))


@cache
def _oldest_due(table: Table) -> Select[tuple[int]]:
    earlier = table.alias("earlier")
    waits = (
        select(1)
        .where(
            earlier.c.lane == table.c.lane,
            earlier.c.done_at.is_(None),
            or_(
                earlier.c.rank < table.c.rank,
                and_(earlier.c.rank == table.c.rank, earlier.c.id < table.c.id),
            ),
        )
        .exists()
    )
    return (
        select(table.c.id)
        .where(table.c.done_at.is_(None), table.c.run_at <= bindparam("now", type_=UtcTime), ~waits)
        .order_by(table.c.rank, table.c.run_at, table.c.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )


def due(tx: Connection, tables: Sequence[Table], now: datetime) -> list[Table]:
    """Those in which anything is due; asked in one statement, because mostly nothing is."""
    found = tx.execute(_anything(tuple(tables)), {"now": now}).one()
    return [table for table, anything in zip(tables, found, strict=True) if anything]


def claim(
    tx: Connection, table: Table, now: datetime, limit: int = 1, *where: ColumnElement[bool], **values: Any
) -> Sequence[Row[Any]]:
    """The oldest due rows whose lane has no earlier unfinished row; theirs for LEASE, then anyone's again.

    A row that is claimed while its outcome is still "claimed" was left behind by somebody who died.
    """
    due_now = _oldest_due(table).where(*where)
    ids = tx.execute(due_now, {"now": now, "most": limit}).scalars().all()
    if not ids:
        return []
    taken = (
        update(table)
        .where(table.c.id.in_(ids))
        .values(run_at=now + LEASE, attempts=table.c.attempts + 1, outcome="claimed", **values)
        .returning(table)
    )
    return sorted(tx.execute(taken).all(), key=lambda row: (row.rank, row.id))


def _settle(tx: Connection, table: Table, row_id: int, attempt: int, **values: object) -> None:
    done = tx.execute(
        update(table)
        .where(table.c.id == row_id, table.c.attempts == attempt, table.c.done_at.is_(None))
        .values(**values)
    )
    if done.rowcount != 1:
        raise LeaseLost(f"{table.name} {row_id}")


def finish(
    tx: Connection, table: Table, row_id: int, attempt: int, now: datetime, outcome: str = "done"
) -> None:
    """Ends the row; raises LeaseLost where this attempt is no longer the one that holds it."""
    _settle(tx, table, row_id, attempt, done_at=now, outcome=outcome)


def put_back(
    tx: Connection,
    table: Table,
    row_id: int,
    attempt: int,
    run_at: datetime,
    outcome: str = "again",
    *,
    counted: bool = True,
) -> None:
    """Gives the row back, due again at run_at. counted: whether it was a try, of which there are only so many."""
    attempts = attempt if counted else attempt - 1
    _settle(tx, table, row_id, attempt, run_at=run_at, outcome=outcome, attempts=attempts)
