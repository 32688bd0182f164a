"""The claim that three queues share: order per lane, leases, finish by attempt; on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from storage import inbox, queue
from storage.db import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def put(tx: Connection, event: str, lane: str = "web:lan", at: datetime = NOW) -> int | None:
    return inbox.store(
        tx, channel="web", event_id=event, lane=lane, raw={"text": event}, received_at=at, run_at=at
    )


def events(rows: Any) -> list[str]:
    return [row.event_id for row in rows]


async def claim(db: Database, now: datetime = NOW, limit: int = 10) -> Any:
    return await db.write(lambda tx: queue.claim(tx, inbox.inbox, now, limit))


async def finish(db: Database, row: Any, now: datetime = NOW) -> None:
    await db.write(lambda tx: queue.finish(tx, inbox.inbox, row.id, row.attempts, now))


async def test_the_same_event_is_stored_once(any_db: Database) -> None:
    assert await any_db.write(lambda tx: put(tx, "a")) is not None
    assert await any_db.write(lambda tx: put(tx, "a")) is None


async def test_one_lane_is_served_in_order_and_lanes_side_by_side(any_db: Database) -> None:
    for event, lane in (("a1", "web:a"), ("a2", "web:a"), ("b1", "web:b")):
        await any_db.write(lambda tx, e=event, lane=lane: put(tx, e, lane))  # type: ignore[misc]
    rows = await claim(any_db)
    assert sorted(events(rows)) == ["a1", "b1"]
    assert await claim(any_db) == []
    await finish(any_db, next(row for row in rows if row.event_id == "a1"))
    assert events(await claim(any_db)) == ["a2"]


async def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_loses(any_db: Database) -> None:
    await any_db.write(lambda tx: put(tx, "a"))
    (first,) = await claim(any_db)
    later = NOW + queue.LEASE + timedelta(seconds=1)
    (second,) = await claim(any_db, later)
    assert (second.id, second.attempts) == (first.id, 2)
    with pytest.raises(queue.LeaseLost):
        await finish(any_db, first, later)
    await finish(any_db, second, later)
    assert await claim(any_db, later + timedelta(hours=1)) == []


async def test_a_row_put_back_comes_when_it_is_due(any_db: Database) -> None:
    await any_db.write(lambda tx: put(tx, "a"))
    (row,) = await claim(any_db)
    again = NOW + timedelta(seconds=30)
    await any_db.write(lambda tx: queue.put_back(tx, inbox.inbox, row.id, row.attempts, again, "failed"))
    assert await claim(any_db, NOW + timedelta(seconds=29)) == []
    assert events(await claim(any_db, again)) == ["a"]


async def test_what_is_sent_stands_in_clear_nowhere_in_the_row(any_db: Database) -> None:
    await any_db.write(lambda tx: put(tx, "secret-words"))
    raw = await any_db.read(lambda tx: tx.exec_driver_sql("select raw from inbox").scalar())
    assert isinstance(raw, bytes | memoryview) and b"text" not in bytes(raw)


async def test_many_workers_take_each_row_once(any_db: Database) -> None:
    for n in range(40):
        await any_db.write(lambda tx, n=n: put(tx, f"e{n}", f"web:{n % 10}"))  # type: ignore[misc]
    taken: list[str] = []

    async def worker() -> None:
        while len(taken) < 40:
            for row in await claim(any_db, limit=3):
                taken.append(row.event_id)
                await finish(any_db, row)

    await asyncio.wait_for(asyncio.gather(*(worker() for _ in range(4))), 30)
    assert sorted(taken) == sorted(f"e{n}" for n in range(40))
    for lane in range(10):
        mine = [int(e[1:]) for e in taken if int(e[1:]) % 10 == lane]
        assert mine == sorted(mine)
