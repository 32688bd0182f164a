"""Desks with the real loops and a clock that is set, one or several on one database, that speak to the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.channels.zalo import Zalo
from bot.clock import Clock
from bot.files import Files
from bot.loops import Loops
from bot.settings import Settings
from handlers.putting import put
from handlers.reply import Reply
from handlers.turn import Moment
from storage import outbox, talks
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import DESK, KEY
from tests.zalo.oa import FakeZalo
from tests.zalo.people import Person
from tests.zalo.road import serve, settings_for
from tests.zalo.server import Server


async def a_moment(_seconds: float) -> None:
    """In the place of a pause."""
    await asyncio.sleep(0.01)


@asynccontextmanager
async def desk(server: Server, database: Path, clock: Clock, **settings: Any) -> AsyncIterator[Loops]:
    """Its webhook is where the server brings its events."""
    async with AsyncExitStack() as open_:
        db = Database(f"sqlite:///{database}", Vault(KEY))
        open_.push_async_callback(db.close)
        loops = Loops(db, clock, DESK)
        known = Settings(_env_file=None, **settings_for(server.fake, **settings))  # type: ignore[call-arg]
        files = Files(database.parent / "files", Vault(KEY))
        adapter = Zalo(db, clock, known, files, loops.arrived, pause=a_moment)
        open_.push_async_callback(adapter.close)
        loops.channels = {"zalo": adapter}
        server.leads = await serve(adapter, db, open_)
        by_itself = asyncio.create_task(adapter.run())
        try:
            yield loops
        finally:
            by_itself.cancel()
            with suppress(asyncio.CancelledError):
                await by_itself


async def until_quiet(
    desks: Iterable[Loops], clock: SetClock, most: timedelta = timedelta(minutes=1)
) -> None:
    """All of them work side by side until nothing is left to do; where they wait, time passes, in larger and larger steps."""
    desks, end, step = list(desks), clock.at + most, timedelta(seconds=1)
    while True:
        work = [act for one in desks for act in (one.one_turn(), one.ring(), one.deliver("zalo"))]
        if any(await asyncio.gather(*work)):
            step = timedelta(seconds=1)
            continue
        if clock.at >= end or not await waiting(desks[0].db):
            return
        clock.at += step
        step = min(2 * step, timedelta(seconds=10))


async def tell(loops: Loops, to: Iterable[Person], *said: str) -> None:
    """Each of these words to each of these people, word by word."""
    chats, now = [one.id for one in to], loops.clock.machine()

    def all_of_it(tx: Any) -> None:
        for words in said:
            for chat in chats:
                put(Moment(tx, now, now, DESK), talks.open_talk(tx, "zalo", chat), Reply(words))

    await loops.db.write(all_of_it)


async def waiting(db: Database) -> int:
    """Rows of Zalo that are still to be said."""
    c = outbox.outbox.c
    return len(await db.read(lambda tx: tx.execute(select(c.id).where(c.channel == "zalo", c.done_at.is_(None))).all()))  # fmt: skip


def heard(fake: FakeZalo, name: str) -> list[str]:
    return [shown.text for shown in fake.person(name).shown]
