"""A Zalo Official Account: events come by webhook, messages go out through its OpenAPI; docs/channels.md."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.channels import Outcome, Outgoing, Pace, Quiet
from bot.channels.zalo_api import Api
from bot.channels.zalo_arrival import Webhook
from bot.channels.zalo_fetch import fetch
from bot.channels.zalo_parse import parse
from bot.channels.zalo_renewing import Renewing
from bot.channels.zalo_request import Request
from bot.channels.zalo_send import Sender
from bot.channels.zalo_tokens import Pause, Tokens
from bot.clock import Clock
from bot.desk import desk_of
from bot.files import Files
from bot.settings import Settings
from handlers import operator
from handlers.incoming import Incoming, Media
from handlers.turn import Moment
from storage.db import Database

PER_SECOND = 50.0  # of all chats together; Zalo allows an app 4,000 calls a minute
PATH = "/zalo"


class Zalo(Quiet):
    """request and pause: the network, and sleep, for tests to replace."""

    name = "zalo"
    pace: Pace | None = Pace(PER_SECOND, lambda _chat: timedelta())

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: Settings,
        store: Files,
        arrived: Callable[[], None],
        request: Request | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._clock, self._settings = clock, settings
        self._request = request or Request(settings.zalo_api)
        self._tokens = Tokens(db, clock, settings, self._request, pause)
        self._renewing = Renewing(self._tokens, db, clock, pause, self._stopped)
        self._api = Api(settings.zalo_api, self._request, self._tokens)
        self._webhook = Webhook(db, clock, settings, arrived)
        self._sender = Sender(self._api, clock, store, db, settings)

    def parse(self, raw: dict[str, Any]) -> Incoming:
        return parse(raw)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, self._webhook.arrive)]

    async def run(self) -> None:
        await self._renewing.run()

    async def fetch(self, media: Media) -> bytes:
        return await fetch(self._request, media)

    async def send(self, message: Outgoing) -> Outcome:
        return await self._sender.send(message)

    async def close(self) -> None:
        """A new token that is under way arrives first."""
        await self._tokens.close()
        await self._request.close()

    def _stopped(self, tx: Connection) -> None:
        moment = Moment(tx, self._clock.now(), self._clock.machine(), desk_of(self._settings))
        operator.stopped(moment, self.name)
