"""The three loops: inbox, outbox, deadlines; each claims, works, finishes, and stops cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from bot import chance, turns
from bot.channels import Channel, Outcome, Outgoing, Refused, Sent, TryAgain
from bot.clock import Clock
from bot.log import event
from handlers.turn import Desk
from storage import inbox, queue
from storage.db import Database

IDLE = 1.0  # seconds between looks when nobody wakes the loop: another process may have left work
SENDING = 8
log = logging.getLogger("bot.loops")


class Loops:
    """Wakes: arrived() after something was stored, rang() after the demo clock jumped."""

    def __init__(self, db: Database, clock: Clock, desk: Desk) -> None:
        self._db, self._clock, self._desk = db, clock, desk
        self.channels: Mapping[str, Channel] = {}
        self._wake = {name: asyncio.Event() for name in ("inbox", "outbox", "deadlines")}
        self._stopping = False
        self._erased: date | None = None

    def now(self) -> turns.Now:
        return turns.Now(self._clock.now(), self._clock.machine())

    def arrived(self) -> None:
        self._wake["inbox"].set()

    def rang(self) -> None:
        self._wake["deadlines"].set()

    async def run(self) -> None:
        """Runs until stop(); what is in hand is finished first."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._loop("inbox", self.one_turn))
            group.create_task(self._loop("outbox", self.deliver))
            group.create_task(self._loop("deadlines", self.ring))

    def stop(self) -> None:
        self._stopping = True
        for wake in self._wake.values():
            wake.set()

    async def _loop(self, name: str, step: Callable[[], Awaitable[bool]]) -> None:
        wake = self._wake[name]
        while not self._stopping:
            wake.clear()
            try:
                worked = await step()
            except (
                Exception
            ) as error:  # a loop must outlive any fault; what it held comes back with its lease
                event(log, logging.ERROR, f"{name} loop failed", exc_info=error)
                worked = False
            if not worked and not self._stopping:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), IDLE)

    # Inbox

    async def one_turn(self) -> bool:
        now = self.now()
        rows = await self._db.write(lambda tx: queue.claim(tx, inbox.inbox, now.machine, 4))
        await asyncio.gather(*(self._turn(row) for row in rows))
        return bool(rows)

    async def _turn(self, row: Row[Any]) -> None:
        try:
            incoming = self.channels[row.channel].parse(row.raw)
            await self._db.write(
                lambda tx: turns.take_turn(tx, row, incoming, self.now(), self._desk, chance.code)
            )
        except queue.LeaseLost:
            event(log, logging.WARNING, "a turn took longer than its lease", inbox=row.id)
        except Exception as error:
            await self._turn_failed(row, error)
        self._wake["outbox"].set()
        self._wake["deadlines"].set()

    async def _turn_failed(self, row: Row[Any], error: Exception) -> None:
        event(
            log,
            logging.ERROR,
            "a message could not be handled",
            exc_info=error,
            inbox=row.id,
            attempt=row.attempts,
        )
        now = self.now()
        if row.attempts >= turns.TRIES:
            await self._db.write(lambda tx: turns.give_up_turn(tx, row, now, self._desk))
            event(log, logging.ERROR, "a message is parked", inbox=row.id)
        else:
            again = now.machine + timedelta(seconds=row.attempts)
            await self._db.write(
                lambda tx: queue.put_back(tx, inbox.inbox, row.id, row.attempts, again, "failed")
            )

    # Outbox

    async def deliver(self) -> bool:
        now = self.now()
        rows = await self._db.write(lambda tx: turns.claim_outgoing(tx, now, SENDING))
        await asyncio.gather(*(self._deliver(row) for row in rows))
        return bool(rows)

    async def _deliver(self, row: Row[Any]) -> None:
        try:
            if row.not_after is not None and row.not_after < self._clock.machine():
                outcome: Outcome = Refused("expired")
            else:
                body = await self._db.write(lambda tx: turns.compose(tx, row, self.now(), self._desk))
                if body is None:
                    return
                outcome = await self._send(row, body)
            await self._db.write(lambda tx: turns.settle(tx, row, outcome, self.now()))
        except queue.LeaseLost:
            event(log, logging.WARNING, "a delivery took longer than its lease", outbox=row.id)

    async def _send(self, row: Row[Any], body: dict[str, Any]) -> Outcome:
        channel = self.channels.get(row.channel)
        if channel is None:
            return TryAgain("this channel is switched off", timedelta(minutes=5))
        try:
            outcome = await channel.send(Outgoing(row.id, row.chat, body, row.replaces, row.created_at))
        except Exception as error:
            event(log, logging.ERROR, "a delivery failed", exc_info=error, outbox=row.id)
            outcome = TryAgain(type(error).__name__)
        if not isinstance(outcome, Sent):
            event(log, logging.WARNING, "not delivered", outbox=row.id, channel=row.channel,
                  outcome=type(outcome).__name__, reason=getattr(outcome, "reason", ""))  # fmt: skip
        return outcome

    # Deadlines

    async def ring(self) -> bool:
        now = self.now()
        await self._erase_daily(now)
        rung = await self._db.write(lambda tx: turns.ring(tx, now, self._desk))
        self._wake["outbox"].set()
        return rung > 0

    async def _erase_daily(self, now: turns.Now) -> None:
        """Once a day, whichever process comes first."""
        if now.policy.date() == self._erased:
            return
        count = await self._db.write(lambda tx: turns.erase_once(tx, now, self._desk))
        self._erased = now.policy.date()
        if count:
            event(log, logging.INFO, "personal data erased", reports=count)
