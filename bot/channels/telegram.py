"""Telegram: updates come by webhook or by asking, messages go out through the Bot API; docs/channels.md."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from aiohttp import web
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.channels import Outcome, Outgoing, Pace, Quiet
from bot.channels.telegram_api import Api
from bot.channels.telegram_arrival import Arrivals, Webhook
from bot.channels.telegram_media import Attachments
from bot.channels.telegram_parse import parse
from bot.channels.telegram_patience import Pause
from bot.channels.telegram_poll import Polling
from bot.channels.telegram_send import Sender, is_private
from bot.channels.telegram_setup import Setup
from bot.clock import Clock
from bot.files import Files
from bot.settings import Settings
from handlers.incoming import Incoming, Media
from storage import facts
from storage.db import Database

PER_SECOND = 22.0  # of all chats together; Telegram allows about 30
IN_PRIVATE, IN_GROUP = timedelta(seconds=1), timedelta(seconds=60 / 18)  # Telegram allows a group 20 a minute
AT_ONCE = 2.0  # seconds that a turn waits for a pressed button to stop spinning
NAME = "telegram_bot"  # the fact: the bot's user name, for links of the form t.me/NAME?start=…


def gap(chat: str) -> timedelta:
    return IN_PRIVATE if is_private(chat) else IN_GROUP


class Telegram(Quiet):
    """request and pause: the network, and sleep, for tests to replace."""

    name = "telegram"
    pace: Pace | None = Pace(PER_SECOND, gap)

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: Settings,
        store: Files,
        arrived: Callable[[], None],
        request: BaseRequest | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._db, self._settings = db, settings
        self._api = Api(settings, request)
        self._arrivals = Arrivals(db, clock, self._api.bot, arrived)
        self._attachments = Attachments(self._api, db, store)
        self._sender = Sender(self._api, clock, self._attachments)
        self._setup = Setup(self._api, settings, pause)
        self._polling = Polling(self._api, db, clock, self._arrivals, pause)

    def parse(self, raw: dict[str, Any]) -> Incoming:
        return parse(raw)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        if not self._settings.telegram_webhook_url:
            return ()
        return [web.post("/telegram", Webhook(self._settings.telegram_webhook_secret, self._arrivals).arrive)]

    async def run(self) -> None:
        """Until Telegram can be reached this waits, and nothing else does."""
        name = await self._setup.introduce()
        if name:
            self._arrivals.name = name
            await self._db.write(lambda tx: facts.keep(tx, NAME, name))
        await self._setup.tell()
        if not self._settings.telegram_webhook_url:
            await self._polling.run()

    async def acknowledge(self, incoming: Incoming) -> None:
        """In private the button stops spinning before the turn. In a group the turn answers, with a word to the one
        who pressed: a press can be answered once."""
        if incoming.press is None or not incoming.private:
            return
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(AT_ONCE):
                await self._api.call("answerCallbackQuery", callback_query_id=incoming.press)

    async def fetch(self, media: Media) -> bytes:
        return await self._attachments.fetch(media)

    async def send(self, message: Outgoing) -> Outcome:
        return await self._sender.send(message)

    async def close(self) -> None:
        await self._api.close()
