"""`python -m bot run` with an Official Account: from the webhook to the answer, and a token that outlives its process."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from storage import tokens
from storage.db import sqlite_engine
from storage.vault import Vault
from tests.running import PATIENCE, address, desk, write_env
from tests.world import KEY
from tests.zalo.hooks import OA_ID, OA_SECRET
from tests.zalo.oa import FakeZalo
from tests.zalo.people import Person
from tests.zalo.server import Server
from tests.zalo.tokens import APP_ID, APP_SECRET


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    shutil.copy(prepared, tmp_path / "var" / "phananh48.db")
    return tmp_path


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server(FakeZalo(Clock().machine)).open() as opened:
        yield opened


def write(folder: Path, server: Server) -> None:
    write_env(
        folder, ZALO_APP_ID=APP_ID, ZALO_APP_SECRET=APP_SECRET, ZALO_OA_SECRET=OA_SECRET, ZALO_OA_ID=OA_ID,
        ZALO_API=server.url, ZALO_OAUTH=server.url, ZALO_REFRESH_TOKEN=server.fake.tokens.pairs[-1].refresh,
    )  # fmt: skip
    server.leads = f"{address(folder)}/zalo"


@contextlib.asynccontextmanager
async def open_desk(folder: Path) -> AsyncIterator[Any]:
    """Opened and closed beside the loop, in which the fake lives."""
    opened = desk(folder)
    process = await asyncio.to_thread(opened.__enter__)
    try:
        yield process
    finally:
        await asyncio.to_thread(opened.__exit__, None, None, None)


async def until(found: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not found():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def heard(person: Person, times: int) -> bool:
    return len(person.shown) >= times


def kept(folder: Path) -> tokens.Token:
    engine = sqlite_engine(f"sqlite:///{folder}/var/phananh48.db", Vault(KEY))
    with engine.begin() as tx:
        found = tokens.get(tx, f"zalo:{APP_ID}")
    engine.dispose()
    assert found
    return found


async def test_who_writes_is_answered_after_a_restart_too(server: Server, folder: Path) -> None:
    write(folder, server)
    lan = server.fake.person("lan")
    for time in (1, 2):
        async with open_desk(folder) as process:
            lan.says("/menu")
            await server.bring()
            await until(partial(heard, lan, time))
            process.terminate()
            await asyncio.to_thread(process.wait, PATIENCE)
    assert len(server.fake.tokens.asked) == 1, "the second process read what the first one kept"
    assert kept(folder).access == server.fake.tokens.pairs[-1].access


async def test_a_token_that_is_under_way_is_waited_for_at_the_end(server: Server, folder: Path) -> None:
    """Zalo has given a new pair, and its answer takes a second: ending now would lose both for good."""
    write(folder, server)
    server.delay = 1.0
    async with open_desk(folder) as process:
        await until(lambda: server.fake.tokens.asked)
        process.terminate()
        assert await asyncio.to_thread(process.wait, PATIENCE) == 0
    assert kept(folder).refresh == server.fake.tokens.pairs[-1].refresh


async def test_whoever_is_killed_with_the_token_in_hand_leaves_a_line_and_loses_no_message(
    server: Server, folder: Path
) -> None:
    write(folder, server)
    server.delay = 1.0
    async with open_desk(folder) as process:
        await until(lambda: server.fake.tokens.asked)
        process.kill()
    with contextlib.closing(sqlite3.connect(folder / "var" / "phananh48.db")) as database:
        database.execute("UPDATE leases SET until = '2026-01-01 00:00:00'")
        database.commit()
    server.delay, lan = 0.0, server.fake.person("lan")
    async with open_desk(folder):
        lan.says("/menu")
        await server.bring()
        await until(lambda: kept(folder).failed)
    assert "set ZALO_REFRESH_TOKEN" in (folder / "log").read_text() and not lan.shown
    server.fake.tokens.consent()
    write(folder, server)
    with contextlib.closing(sqlite3.connect(folder / "var" / "phananh48.db")) as database:
        database.execute("UPDATE outbox SET run_at = '2026-01-01 00:00:00' WHERE done_at IS NULL")
        database.execute("DELETE FROM pace")
        database.commit()
    async with open_desk(folder):
        await until(lambda: lan.shown)
