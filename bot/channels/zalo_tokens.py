"""The token of a Zalo Official Account: renewed early, by one process of all, and both halves committed before use."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import aiohttp

from bot.channels.zalo_answer import HttpError, ZaloError
from bot.channels.zalo_kept import Kept
from bot.channels.zalo_oauth import Pair, exchange
from bot.channels.zalo_request import Request
from bot.clock import Clock
from bot.log import event
from bot.settings import Settings
from storage.db import Database
from storage.tokens import Token

Pause = Callable[[float], Awaitable[None]]

LOOK = 1.0  # seconds between two looks at what another process is doing
LOOKS = 15
YOUNG = timedelta(minutes=5)  # refused so soon again, the token is not the trouble
PACED = -32  # not a word about the token
SAVES = 6  # tries
REPAIR = "an administrator of the account must agree anew: python -m bot zalo-consent, or set ZALO_REFRESH_TOKEN and restart"
log = logging.getLogger("bot.zalo")


class NoToken(Exception):
    """There is no usable token now; nothing was sent."""


class Tokens:
    def __init__(
        self, db: Database, clock: Clock, settings: Settings, request: Request, pause: Pause
    ) -> None:
        self._db, self._clock, self._settings, self._request = db, clock, settings, request
        self._pause, self._kept = pause, Kept(clock, settings)
        self._seeded = False
        self._refused_at: datetime | None = None
        self._exchange: asyncio.Task[str] | None = None

    async def access(self) -> str:
        """Raises NoToken. While Zalo gives no new one, the old one is used to its end."""
        token = await self.get()
        if token and self._kept.lives(token):
            return token.access
        return await self.newer_than(token.access if token else "")

    async def renew(self, refused: str) -> str | None:
        """In the place of one that Zalo does not take; None where the last was renewed for the same reason a moment ago,
        so that a newer one would not help. Raises NoToken."""
        now = self._clock.machine()
        if self._refused_at and now - self._refused_at < YOUNG:
            token = await self.get()
            if token and token.access == refused:
                return None
        self._refused_at = now
        try:
            return await self.newer_than(refused)
        except NoToken:
            await self._db.write(lambda tx: self._kept.drop(tx, refused))
            raise

    async def newer_than(self, old: str) -> str:
        """Another token than this, from whichever process gets it first. Whoever waits here may be cancelled; the
        exchange is not, because its answer comes once."""
        if self._exchange is None or self._exchange.done():
            self._exchange = asyncio.create_task(self._newer_than(old))
        return await asyncio.shield(self._exchange)

    async def get(self) -> Token | None:
        """As it stands in SQL. The operator's own is put there once in a process: otherwise two that were started with
        different settings would go on undoing each other."""
        if not self._seeded:
            await self._db.write(self._kept.seed)
            self._seeded = True
        return await self._db.read(self._kept.get)

    async def close(self) -> None:
        if self._exchange is not None:
            await asyncio.gather(self._exchange, return_exceptions=True)

    async def _newer_than(self, old: str) -> str:
        await self.get()
        for _look in range(LOOKS):
            token, ours = await self._db.write(lambda tx: self._kept.turn(tx, old))
            if token is None:
                raise NoToken("ZALO_REFRESH_TOKEN was never given")
            if token.access != old and self._kept.lives(token):
                return token.access
            if token.failed:
                raise NoToken(token.failed)
            if ours:
                return await self._renewed(token)
            await self._pause(LOOK)
        raise NoToken("another process is renewing the token")

    async def _renewed(self, token: Token) -> str:
        try:
            pair = await exchange(self._settings, self._request, token.refresh)
        except ZaloError as error:
            if error.code == PACED:
                raise await self._not_now("Zalo is asked too often") from None
            raise await self._never(token, error) from None
        except HttpError as error:
            raise await self._not_now(str(error)) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise await self._not_now(type(error).__name__) from None
        return await self._saved(token, pair)

    async def _saved(self, old: Token, pair: Pair) -> str:
        """Until this is committed the pair exists in this process only, and the old one is worth nothing."""
        for attempt in range(1, SAVES + 1):
            try:
                await self._db.write(lambda tx: self._kept.keep(tx, old, pair))
            except Exception as error:
                told = "a new token of Zalo could not be kept yet"
                event(log, logging.ERROR, told, exc_info=error, attempt=attempt)
                await self._pause(attempt * LOOK)
            else:
                event(log, logging.INFO, "Zalo gave a new token", seconds=pair.seconds)
                return pair.access
        event(log, logging.ERROR, f"a new token of Zalo is lost; {REPAIR}")
        raise NoToken("the new token could not be kept")

    async def _not_now(self, reason: str) -> NoToken:
        event(log, logging.WARNING, "the token of Zalo could not be renewed; tried again soon", reason=reason)
        await self._db.write(self._kept.give_back)
        return NoToken(reason)

    async def _never(self, token: Token, error: ZaloError) -> NoToken:
        """Only the consent of an administrator of the account repairs this."""
        if await self._db.write(lambda tx: self._kept.fail(tx, token, str(error))):
            told = f"Zalo gives no new token; {REPAIR}"
            event(log, logging.ERROR, told, code=error.code, reason=error.message)
        return NoToken(str(error))
