"""Sees to it that there is a token for Zalo before anybody needs it, and that somebody hears where there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection

from bot.channels.zalo_tokens import REPAIR, NoToken, Pause, Tokens
from bot.clock import Clock
from bot.log import event
from storage.db import Database
from storage.tokens import Token

LIVES = 0.8  # of its life a token is used before it is renewed: 20 of 25 hours
LOOK = 60.0  # seconds at most between two looks: another process may have renewed it, or failed to
log = logging.getLogger("bot.zalo")


class Renewing:
    """stopped: tells somebody that Zalo gives no more tokens; asked for once a day."""

    def __init__(
        self, tokens: Tokens, db: Database, clock: Clock, pause: Pause, stopped: Callable[[Connection], None]
    ) -> None:
        self._tokens, self._db, self._clock, self._pause, self._stopped = tokens, db, clock, pause, stopped
        self._said: tuple[str, date] | None = None

    async def run(self) -> None:
        while True:
            await self._pause(await self.look())

    async def look(self) -> float:
        """Seconds until the next look."""
        token = await self._tokens.get()
        if token is None or token.failed:
            await self._tell(token.failed or "" if token else "ZALO_REFRESH_TOKEN was never given")
            return LOOK
        rest = self._rest(token)
        if rest > 0:
            return min(rest, LOOK)
        with suppress(NoToken):  # it was said why
            await self._tokens.newer_than(token.access)
        return LOOK

    def _rest(self, token: Token) -> float:
        due = token.made_at + (token.expires_at - token.made_at) * LIVES
        return (due - self._clock.machine()).total_seconds()

    async def _tell(self, why: str) -> None:
        today = (why, self._clock.now().date())
        if today != self._said:
            await self._db.write(self._stopped)
            event(log, logging.ERROR, f"there is no token for Zalo; {REPAIR}", reason=why)
            self._said = today
