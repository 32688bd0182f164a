"""The loops: inbox, outbox of each channel, deadlines, groups; each claims, works, finishes, and stops cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from bot.channels import Channel
from bot.log import event
from bot.loops import deadlines, groups, inbox, outbox
from bot.loops.work import Work

IDLE = 1.0  # seconds between looks when nobody wakes the loop: another process may have left work
PACED_IDLE = 0.25
PATIENCE = 10.0  # seconds before a channel's own work is begun again
GRACE = 5.0  # seconds for what is in hand when the process is asked to end
Step = Callable[[], Awaitable[bool]]
log = logging.getLogger("bot.loops")


class Loops(Work):
    """Wakes: arrived() after something was stored, rang() after the demo clock jumped."""

    _erased: date | None = None
    _stopping = False

    def arrived(self) -> None:
        self.wake("inbox")

    def rang(self) -> None:
        self.wake("deadlines")

    async def one_turn(self) -> bool:
        """To its very end; the loop itself goes on while files are prepared."""
        worked = await inbox.take_turns(self)
        await asyncio.gather(*self.aside)
        return worked

    async def deliver(self, channel: str | None = None) -> bool:
        return await outbox.deliver(self, channel)

    async def ring(self) -> bool:
        today = self.clock.now().date()
        if today != self._erased:
            self._erased = today
            await deadlines.erase(self)
            await deadlines.sweep(self)
        return await deadlines.ring(self)

    async def run(self) -> None:
        """Runs until stop(). What is in hand is finished first, unless it takes longer than GRACE: then its lease
        runs out, and whoever is there takes it up again."""
        steps: dict[str, Step] = {
            "inbox": partial(inbox.take_turns, self),
            "deadlines": self.ring,
            "groups": partial(groups.tend, self),
        }
        # A channel whose provider is slow keeps only itself waiting.
        steps |= {f"outbox {name}": partial(self.deliver, name) for name in self.channels}
        steps["nowhere"] = partial(outbox.let_go, self)
        async with asyncio.TaskGroup() as group:
            loops = [group.create_task(self._loop(name, step)) for name, step in steps.items()]
            apart = [group.create_task(self._apart(name, one)) for name, one in self.channels.items()]
            await self.bells["stop"].wait()
            for one in apart:
                one.cancel()
            _done, late = await asyncio.wait([*loops, *self.aside], timeout=GRACE)
            for one in {*late, *self.aside}:
                event(log, logging.WARNING, "stopped in the middle of something")
                one.cancel()
            await asyncio.gather(*self.aside, return_exceptions=True)

    async def _apart(self, name: str, channel: Channel) -> None:
        """What a channel does by itself; where its provider cannot be reached, only that channel waits."""
        while not self._stopping:
            try:
                await channel.run()
                return
            except Exception as error:
                event(log, logging.ERROR, f"{name} failed", exc_info=error)
                await asyncio.sleep(PATIENCE)

    def stop(self) -> None:
        self._stopping = True
        self.bells["stop"].set()
        self.wake("inbox", "outbox", "nowhere", "deadlines", "groups")

    async def _loop(self, name: str, step: Step) -> None:
        bell = self.bells[name]
        while not self._stopping:
            bell.clear()
            try:
                worked = await step()
            except Exception as error:  # a loop outlives any fault; what it held comes back with its lease
                event(log, logging.ERROR, f"{name} loop failed", exc_info=error)
                worked = False
            if not worked and not self._stopping:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(bell.wait(), self._idle(name))

    def _idle(self, name: str) -> float:
        """A chat that rests for a second must not be looked at a second later still."""
        channel = self.channels.get(name.removeprefix("outbox "))
        return PACED_IDLE if channel and channel.pace else IDLE
