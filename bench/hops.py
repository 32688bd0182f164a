"""One turn's statements in one hop to a thread, against the same statements awaited one by one: python -m bench.hops."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select, update
from sqlalchemy.ext.asyncio import create_async_engine

from storage import facts
from storage.columns import metadata
from storage.db import Database
from storage.vault import Vault, new_key

TURNS, ROUNDS, STATEMENTS = 100, 5, 10


def turn(tx: Any, n: int) -> None:
    for k in range(STATEMENTS):
        facts.keep(tx, f"f{k}", str(n))
        facts.get(tx, f"f{k}")


async def one_hop(db: Database) -> float:
    begun = time.perf_counter()
    for n in range(TURNS):
        await db.write(lambda tx, n=n: turn(tx, n))  # type: ignore[misc]
    return time.perf_counter() - begun


async def hop_by_hop(engine: Any) -> float:
    table = facts.facts
    begun = time.perf_counter()
    for n in range(TURNS):
        async with engine.begin() as tx:
            for k in range(STATEMENTS):
                done = await tx.execute(update(table).where(table.c.name == f"g{k}").values(value=str(n)))
                if done.rowcount == 0:
                    await tx.execute(insert(table).values(name=f"g{k}", value=str(n)))
                (await tx.execute(select(table.c.value).where(table.c.name == f"g{k}"))).scalar()
    return time.perf_counter() - begun


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        db = Database(f"sqlite:///{path}", Vault(new_key()))
        await db.write(metadata.create_all)
        engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
        event.listen(engine.sync_engine, "connect", lambda c, _r: c.execute("PRAGMA synchronous=FULL"))
        ratios = []
        for _ in range(ROUNDS):  # side by side, so that a noisy machine is noisy for both
            ratios.append(await hop_by_hop(engine) / await one_hop(db))
        await engine.dispose()
        await db.close()
    print(f"{datetime.now(UTC):%Y-%m-%d} statement by statement / one hop, {STATEMENTS * 2} statements a turn, "
          f"median of {ROUNDS}: {statistics.median(ratios):.1f} times the time ({min(ratios):.1f} to {max(ratios):.1f})")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
