"""How updates of Telegram come into the inbox, raw as they are; and the webhook that brings them."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot import bodies
from bot.channels.cleaning import scrubbed
from bot.channels.telegram_update import album_of, chat_of
from bot.clock import Clock
from bot.log import event
from storage import inbox
from storage.db import Database

# Named, because without a list Telegram remembers the last one.
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
MAX_BODY = 1_000_000  # bytes; the server's own limit is made for what people type, and would refuse an album's captions
BODY_SECONDS = 30
SECRET = "X-Telegram-Bot-Api-Secret-Token"
log = logging.getLogger("bot.telegram")


class Arrivals:
    """name: the bot's user name, as soon as Telegram has told it."""

    def __init__(self, db: Database, clock: Clock, bot: str, arrived: Callable[[], None]) -> None:
        self._db, self._clock, self._bot, self._arrived = db, clock, bot, arrived
        self.name: str | None = None

    async def keep(self, updates: list[Any]) -> None:
        """All of them in one transaction; what is known already is stored once."""
        if updates:
            await self._db.write(lambda tx: self._store_all(tx, updates))
            self._arrived()

    def _store_all(self, tx: Connection, updates: list[Any]) -> None:
        for update in updates:
            self._store(tx, update)

    def _store(self, tx: Connection, update: Any) -> None:
        chat = chat_of(update)
        number = update.get("update_id") if isinstance(update, dict) else None
        if chat is None or type(number) is not int:
            event(log, logging.DEBUG, "an update that holds nothing for the desk", update=number)
            return
        inbox.store(
            tx,
            channel="telegram",
            event_id=f"{self._bot}:{number}"[:80],
            lane=f"telegram:{chat}",
            raw=scrubbed({"bot": self._bot, "name": self.name, "update": update}),
            received_at=self._clock.now(),
            run_at=self._clock.machine(),
            album=album_of(update),
        )


class Webhook:
    """Believes whoever knows the secret, stores, and answers 200; nothing else happens inside the request."""

    def __init__(self, secret: str, arrivals: Arrivals) -> None:
        self._secret, self._arrivals = secret.encode(), arrivals

    async def arrive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                update = json.loads(await bodies.whole(request.content, MAX_BODY))
        except (ValueError, RecursionError, TimeoutError, web.RequestPayloadError) as error:
            event(log, logging.ERROR, "an update could not be read", reason=type(error).__name__)
            return web.Response(status=400)
        await self._arrivals.keep([update])
        return web.Response()
