"""The Zalo Bot Platform, for pilots: updates come by webhook, and every choice is typed; docs/channels.md."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Sequence

from aiohttp import web
from sqlalchemy import Connection

from bot import bodies
from bot.channels import Outcome, Outgoing, Quiet, Sent
from bot.channels.cleaning import scrubbed
from bot.channels.zalo_bot_send import Sender
from bot.channels.zalo_bot_update import Json, chat_of, chosen, event_id, parse, unwrapped, words_of
from bot.channels.zalo_fetch import fetch
from bot.channels.zalo_request import Request
from bot.channels.zalo_tokens import Pause
from bot.clock import Clock
from bot.log import event
from bot.settings import Settings
from handlers.incoming import Incoming, Media
from storage import inbox, outbox
from storage.db import Database

PATH, SECRET = "/zalo-bot", "X-Bot-Api-Secret-Token"
MAX_BODY = 1_000_000  # bytes
BODY_SECONDS = 30
FIRST, LONGEST = 5.0, 600.0  # seconds between two tries to tell Zalo where the desk is
LOOK_BACK = 5  # messages: files stand in rows of their own
log = logging.getLogger("bot.zalo_bot")


class ZaloBot(Quiet):
    """request and pause: the network, and sleep, for tests to replace."""

    name = "zalo_bot"

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: Settings,
        arrived: Callable[[], None],
        request: Request | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._db, self._clock, self._settings, self._arrived = db, clock, settings, arrived
        self._request, self._pause = request or Request(settings.zalo_bot_api), pause
        self._sender = Sender(settings, self._request, clock)

    def parse(self, raw: Json) -> Incoming:
        return parse(raw)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, self._arrive)]

    async def run(self) -> None:
        """Tells Zalo where to bring updates, until it has understood."""
        url = self._settings.public_url + PATH
        if not url.startswith("https://"):
            event(log, logging.WARNING, "PUBLIC_URL is not https, so the Zalo bot hears nothing")
            return
        wait = FIRST
        while True:
            secret = self._settings.zalo_bot_secret
            outcome = await self._sender.call("setWebhook", {"url": url, "secret_token": secret})
            if isinstance(outcome, Sent):
                return
            event(log, logging.WARNING, "Zalo does not take the address of the webhook",
                  outcome=type(outcome).__name__, reason=getattr(outcome, "reason", ""))  # fmt: skip
            await self._pause(wait)
            wait = min(wait * 2, LONGEST)

    async def fetch(self, media: Media) -> bytes:
        return await fetch(self._request, media)

    async def send(self, message: Outgoing) -> Outcome:
        return await self._sender.send(message)

    async def close(self) -> None:
        await self._request.close()

    async def _arrive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._settings.zalo_bot_secret.encode()):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                update = unwrapped(json.loads(await bodies.whole(request.content, MAX_BODY)))
        except (ValueError, RecursionError, TimeoutError, web.RequestPayloadError) as error:
            event(log, logging.ERROR, "an update could not be read", reason=type(error).__name__)
            return web.Response(status=400)
        if update is not None:
            whole = scrubbed(update)
            await self._db.write(lambda tx: self._store(tx, whole))
            self._arrived()
        return web.Response()

    def _store(self, tx: Connection, update: Json) -> None:
        """A number means what stands beside it now, at the end of the chat; later something else may stand there."""
        chat = chat_of(update)
        press = chosen(words_of(update), outbox.shown(tx, self.name, chat, LOOK_BACK))
        now, lane, known = self._clock.now(), f"{self.name}:{chat}", event_id(update)
        photo = update.get("event_name") == "message.image.received"
        inbox.store(
            tx,
            channel=self.name,
            event_id=known,
            lane=lane,
            raw={"update": update, "press": press},
            received_at=now,
            run_at=self._clock.machine(),
            album=inbox.album_of_photo(tx, lane, known, now) if photo else None,
        )
