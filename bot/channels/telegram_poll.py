"""Asks Telegram for updates, where it has no way to call us: store, commit, and only then confirm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from telegram.error import TelegramError

from bot import chance
from bot.channels.telegram_api import Api
from bot.channels.telegram_arrival import ALLOWED, Arrivals
from bot.channels.telegram_patience import Patience, Pause
from bot.clock import Clock
from storage import leases
from storage.db import Database

LEASE, TIME = "telegram poll", timedelta(seconds=75)  # longer than the longest question
WAIT = 25  # seconds that Telegram keeps a question open
NOT_OURS = 15.0  # seconds before looking again whether the lease is free


class Polling:
    """Of all processes one asks; Telegram would refuse a second."""

    def __init__(self, api: Api, db: Database, clock: Clock, arrivals: Arrivals, pause: Pause) -> None:
        self._api, self._db, self._clock, self._arrivals, self._pause = api, db, clock, arrivals, pause
        self._patience = Patience(pause)
        self._holder = chance.token()[:40]
        self._offset: int | None = None

    async def run(self) -> None:
        try:
            while True:
                if await self._is_ours():
                    await self.ask()
                else:
                    await self._pause(NOT_OURS)
        finally:
            now = self._clock.machine()
            await self._db.write(lambda tx: leases.give_back(tx, LEASE, self._holder, now))

    async def _is_ours(self) -> bool:
        now = self._clock.machine()
        return await self._db.write(lambda tx: leases.take(tx, LEASE, self._holder, now, TIME))

    async def ask(self) -> None:
        """One question. Its offset confirms what the one before brought, and that is in the inbox by then.

        The offset is not kept: a new process asks without one, hears again what nobody confirmed, and the inbox knows
        it. An offset from last week could be higher than today's ids, which start anew after a quiet week.
        """
        try:
            updates: list[Any] = await self._api.call(
                "getUpdates",
                read_timeout=WAIT + 15,
                offset=self._offset,
                timeout=WAIT,
                allowed_updates=ALLOWED,
            )
        except TelegramError as error:
            await self._patience.after(error, "getUpdates")
            return
        self._patience.over()
        await self._arrivals.keep(updates)
        ids = [
            one["update_id"] for one in updates if isinstance(one, dict) and type(one.get("update_id")) is int
        ]
        self._offset = max(ids) + 1 if ids else None
