"""`python -m bot run` with Telegram: killed again and again, two at once, called by webhook, and cut off from it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage import inbox, outbox
from storage.db import sqlite_engine
from storage.vault import Vault
from tests.running import PATIENCE, address, browser, desk
from tests.telegram.api import FakeTelegram
from tests.telegram.server import Server
from tests.world import KEY

PEOPLE, EACH, KILLS = 40, 2, 5
OFTEN = "import bot.channels.telegram_poll as poll; poll.NOT_OURS = 0.2"
Folder = Callable[..., Path]


def answers(fake: FakeTelegram, name: str) -> int:
    return sum(call.chat == fake.person(name).id for call in fake.said("sendMessage"))


async def until(found: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if found():
                return
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def open_desk(folder: Path, **more: Any) -> Any:
    """Opened and closed beside the loop, in which the fake lives."""
    opened = desk(folder, **more)
    process = await asyncio.to_thread(opened.__enter__)
    try:
        yield process
    finally:
        await asyncio.to_thread(opened.__exit__, None, None, None)


def a_minute_later(folder: Path) -> None:
    """What somebody dead held, is free."""
    with contextlib.closing(sqlite3.connect(folder / "var" / "phananh48.db")) as database:
        for queue in ("inbox", "outbox"):
            database.execute(f"UPDATE {queue} SET run_at = '2026-01-01 00:00:00' WHERE done_at IS NULL")
        database.execute("UPDATE leases SET until = '2026-01-01 00:00:00'")
        database.commit()


@contextlib.contextmanager
def looked_into(folder: Path) -> Iterator[Any]:
    engine = sqlite_engine(f"sqlite:///{folder}/var/phananh48.db", Vault(KEY))
    with engine.begin() as tx:
        yield tx
    engine.dispose()


async def test_forty_people_write_while_the_desk_is_killed_again_and_again(
    server: Server, folder: Folder
) -> None:
    """Everybody is answered once for each message. Who is killed between Telegram's taking a message and noting it
    leaves an Unknown, which is sent again in the same words: no more than those are heard twice."""
    fake, here = server.fake, folder("desk", TELEGRAM_API=server.url)
    server.delay = 0.01
    names = [f"p{n}" for n in range(PEOPLE)]

    async def writes(number: int, name: str) -> None:
        for said in range(EACH):
            await asyncio.sleep(0.3 + number * 0.03 + said)
            fake.person(name).says(f"/trogiup {said}")

    async with asyncio.TaskGroup() as group:
        for number, name in enumerate(names):
            group.create_task(writes(number, name))
        for kill in range(KILLS):
            async with open_desk(here) as process:
                await asyncio.sleep(0.2 + 0.23 * kill)
                process.kill()
            a_minute_later(here)
    async with open_desk(here):
        await until(lambda: all(answers(fake, name) >= EACH for name in names))
        await until(lambda: not fake.updates.waiting)
    with looked_into(here) as tx:
        came = tx.execute(select(inbox.inbox.c.lane, inbox.inbox.c.outcome)).all()
        went = tx.execute(
            select(outbox.outbox.c.chat, outbox.outbox.c.outcome, outbox.outbox.c.unknowns)
        ).all()
    assert len(came) == len(went) == PEOPLE * EACH and {row.outcome for row in came} == {"done"}
    assert fake.updates.lost == []
    for name in names:
        mine = [row for row in went if row.chat == str(fake.person(name).id)]
        assert len(mine) == EACH
        assert EACH <= answers(fake, name) <= EACH + sum(row.unknowns for row in mine)


async def test_one_process_asks_and_when_it_dies_the_other_takes_over(server: Server, folder: Folder) -> None:
    fake, one = server.fake, folder("one", TELEGRAM_API=server.url)
    two = folder("two", TELEGRAM_API=server.url, DATABASE_URL=f"sqlite:///{one}/var/phananh48.db")
    lan = fake.person("lan")
    async with open_desk(one, but=OFTEN) as first:
        await until(lambda: server.asked > 0)
        async with open_desk(two, but=OFTEN):
            lan.says("/trogiup 1")
            await until(lambda: answers(fake, "lan") == 1)
            asked = server.asked
            await asyncio.sleep(1)
            assert server.asked == asked and server.conflicts == 0  # the second only waits for the lease
            first.kill()
            first.wait()
            lan.says("/trogiup 2")
            a_minute_later(one)
            await until(lambda: answers(fake, "lan") == 2)
            lan.says("/trogiup 3")
            await until(lambda: answers(fake, "lan") == 3)
    assert server.conflicts == 0 and fake.updates.lost == []


async def test_called_by_webhook_and_called_again_where_the_desk_is_down(
    server: Server, folder: Folder
) -> None:
    fake, public = server.fake, "https://desk.example.vn/telegram"
    here = folder(
        "desk", TELEGRAM_API=server.url, TELEGRAM_WEBHOOK_URL=public, TELEGRAM_WEBHOOK_SECRET="a-B_9" * 8
    )
    server.leads[public] = address(here) + "/telegram"
    async with open_desk(here):
        await until(lambda: fake.updates.webhook == public)
        fake.person("lan").says("/trogiup")
        await until(lambda: answers(fake, "lan") == 1)
    for name in ("an", "mai"):
        fake.person(name).says("/trogiup")
    await asyncio.sleep(0.3)
    assert len(fake.updates.waiting) == 2
    async with open_desk(here):
        await until(lambda: answers(fake, "an") == 1 and answers(fake, "mai") == 1)
    assert fake.updates.waiting == [] and answers(fake, "lan") == 1


async def test_where_telegram_cannot_be_reached_the_web_chat_goes_on(folder: Folder) -> None:
    """Its door is open, and nobody ever answers: worse than a door that is shut."""
    kept: list[Any] = []

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kept.append((reader, writer))

    mute = await asyncio.start_server(silent, "127.0.0.1", 0)
    here = folder("desk", TELEGRAM_API=f"http://127.0.0.1:{mute.sockets[0].getsockname()[1]}")
    async with open_desk(here), browser(address(here)) as lan:
        await until(lambda: bool(kept))
        await lan.say("/trogiup")
        await lan.hear("Ở đây Anh/Chị có thể")
    for _reader, writer in kept:
        writer.close()
    mute.close()
