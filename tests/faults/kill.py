"""Runs the real loops in a forked process that kills itself (-9) at the n-th step of the database."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels import Outcome, Outgoing, Quiet, Sent
from bot.clock import Clock
from bot.loops import Loops
from handlers.incoming import Incoming, Sheet
from storage import db as storage_db
from storage.db import Database
from storage.vault import Vault
from tests.world import DESK, KEY


class SetClock(Clock):
    """Both clocks stand where the test put them."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def machine(self) -> datetime:
        return self.at


class Paper(Quiet):
    """A channel that writes what it sends to a file, the way a provider would keep it: also beyond our death."""

    name = "web"

    def __init__(self, path: Path) -> None:
        self._path = path

    def parse(self, raw: dict[str, Any]) -> Incoming:
        if raw.get("poison"):
            raise ValueError("poison")
        return Incoming(channel=self.name, event_id=raw["id"], chat=raw["chat"], user=raw["chat"], kind=raw["kind"],
                        text=raw.get("text", ""), choice=raw.get("choice"),
                        sheet=Sheet.of(raw["sheet"]) if raw.get("sheet") else None)  # fmt: skip

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return ()

    async def send(self, message: Outgoing) -> Outcome:
        line = json.dumps({"id": message.id, "chat": message.chat, "text": message.body["text"]})
        with self._path.open("a") as file:
            file.write(line + "\n")
        return Sent(str(message.id))


def sent(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def run(database: Path, paper: Path, at: datetime, die_at: int | None = None) -> int:
    """Drains all three loops in a child process; how it ended: 0, or 9 where it was killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            asyncio.run(_drain(database, paper, at, die_at))
            code = 0
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


async def _drain(database: Path, paper: Path, at: datetime, die_at: int | None) -> None:
    if die_at is not None:
        _set_trap(die_at)
    db, clock = Database(f"sqlite:///{database}", Vault(KEY)), SetClock(at)
    loops = Loops(db, clock, DESK)
    loops.channels = {"web": Paper(paper)}
    for _ in range(500):
        worked = [await loops.one_turn(), await loops.ring(), await loops.deliver()]
        if not any(worked):
            return
        clock.at += timedelta(seconds=2)
    raise AssertionError("the loops never came to rest")


def _set_trap(die_at: int) -> None:
    """Dies before, inside (all done, nothing committed) and after each transaction, whichever is the n-th."""
    steps, begin = iter(range(1, 1_000_000)), storage_db._begin

    def step() -> None:
        if next(steps) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def trapped(engine: Any, fn: Any) -> Any:
        def inside(tx: Any) -> Any:
            result = fn(tx)
            step()
            return result

        step()
        result = begin(engine, inside)
        step()
        return result

    storage_db._begin = trapped


LATER = timedelta(minutes=10)
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
