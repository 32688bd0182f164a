"""What every loop works with: the database, both clocks, the channels, and a bell for whoever has work next."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any

from bot.channels import Channel
from bot.clock import Clock
from bot.turns import Now
from handlers.incoming import Incoming
from handlers.turn import Desk
from storage.db import Database

Prepare = Callable[[Incoming], Awaitable[Incoming]]


class Work:
    def __init__(self, db: Database, clock: Clock, desk: Desk) -> None:
        self.db, self.clock, self.desk = db, clock, desk
        self.channels: Mapping[str, Channel] = {}
        self.prepare: Prepare | None = None  # what becomes of files, before the turn
        self.aside: set[asyncio.Task[None]] = set()  # turns whose files are being prepared
        self.tidy: Callable[[Incoming], Awaitable[None]] | None = (
            None  # files that a turn did not come to need
        )
        self.sweep: Callable[[], Awaitable[object]] | None = None  # files that nobody needs any more
        self.groups_rest = 0.0  # until then (the loop's own clock) groups of staff are not looked at again
        self.bells: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def now(self) -> Now:
        return Now(self.clock.now(), self.clock.machine())

    def wake(self, *names: str) -> None:
        """inbox, deadlines, or outbox (of every channel)."""
        for name, bell in self.bells.items():
            if name.partition(" ")[0] in names:
                bell.set()


async def all_of(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Each to its end, whatever becomes of the others; the first fault is raised afterwards."""
    for ended in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended
