"""`python -m bot run` with Zalo: killed again and again, and between Zalo's taking a message and our noting it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import Clock
from storage import inbox, outbox
from tests.running import address, write_env
from tests.telegram.test_running import a_minute_later, looked_into, open_desk, until
from tests.zalo.desks import heard
from tests.zalo.oa import FakeZalo
from tests.zalo.road import settings_for
from tests.zalo.server import Server

PEOPLE, EACH, KILLS = 12, 2, 3
HELP = "Ở đây Anh/Chị có thể"
AGES = 20.0  # seconds: longer than the killing takes
Folder = Callable[..., Path]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Real time."""
    async with Server(FakeZalo(Clock().machine)).open() as opened:
        yield opened


@pytest.fixture
def here(prepared: Path, tmp_path: Path, server: Server) -> Path:
    """A desk's folder, and the server knows where its webhook is."""
    (tmp_path / "var").mkdir()
    shutil.copy(prepared, tmp_path / "var" / "phananh48.db")
    given = {name.upper(): value for name, value in settings_for(server.fake).items()}
    write_env(tmp_path, **given)
    server.leads = address(tmp_path) + "/zalo"
    return tmp_path


def answers(fake: FakeZalo, name: str) -> int:
    return sum(HELP in text for text in heard(fake, name))


async def test_people_write_while_the_desk_is_killed_again_and_again(server: Server, here: Path) -> None:
    """Everybody is answered once for each message, but for what Zalo took and nobody noted; that is counted."""
    fake = server.fake
    names = [f"p{n}" for n in range(PEOPLE)]

    async def writes(number: int, name: str) -> None:
        for said in range(EACH):
            await asyncio.sleep(0.05 + number * 0.05 + said)
            fake.person(name).says(f"/trogiup {said}")

    async with server.bringing():
        async with open_desk(here):
            fake.person("first").says("/trogiup")
            await until(lambda: answers(fake, "first") == 1)
        server.delay = 0.01
        async with asyncio.TaskGroup() as group:
            for number, name in enumerate(names):
                group.create_task(writes(number, name))
            for kill in range(KILLS):
                async with open_desk(here) as process:
                    await asyncio.sleep(0.2 + 0.2 * kill)
                    process.kill()
                a_minute_later(here)
        async with open_desk(here):
            await until(lambda: all(answers(fake, name) >= EACH for name in names))
            await until(lambda: not fake.hooks.waiting)
            await until(lambda: all_said(here))
    with looked_into(here) as tx:
        came = tx.execute(select(inbox.inbox.c.outcome)).scalars().all()
        went = tx.execute(
            select(outbox.outbox.c.chat, outbox.outbox.c.outcome, outbox.outbox.c.unknowns)
        ).all()
    assert len(came) == len(went) == PEOPLE * EACH + 1 and set(came) == {"done"}
    for name in names:
        mine = [row for row in went if row.chat == fake.person(name).id]
        assert len(mine) == EACH and {row.outcome for row in mine} == {"sent"}
        assert EACH <= answers(fake, name) <= EACH + sum(row.unknowns for row in mine)
    assert fake.hooks.lost == [] and fake.refused() == [] and len(fake.tokens.asked) == 1


def all_said(here: Path) -> bool:
    with looked_into(here) as tx:
        waits = select(outbox.outbox.c.id).where(outbox.outbox.c.done_at.is_(None))
        return tx.execute(waits).first() is None


async def test_killed_between_taking_and_noting(server: Server, here: Path) -> None:
    fake, lan = server.fake, server.fake.person("lan")
    async with server.bringing():
        async with open_desk(here) as process:
            lan.says("/theodoi")
            await until(lambda: len(lan.shown) == 1)
            server.delay = AGES
            lan.says("/trogiup")
            await until(lambda: answers(fake, "lan") == 1)
            process.kill()
        server.delay = 0.0
        a_minute_later(here)
        async with open_desk(here):
            await until(lambda: answers(fake, "lan") == 2)
            await until(lambda: all_said(here))
    with looked_into(here) as tx:
        rows = tx.execute(select(outbox.outbox.c.outcome, outbox.outbox.c.unknowns)).all()
    assert [tuple(row) for row in rows] == [("sent", 0), ("sent", 1)] and answers(fake, "lan") == 2
