"""The webhook of a Zalo Official Account: believes what is signed, stores what a person did, and answers 200."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot import bodies
from bot.channels.cleaning import scrubbed
from bot.channels.zalo_event import account_of, event_id, user_of
from bot.channels.zalo_signature import matching
from bot.clock import Clock
from bot.log import event
from bot.settings import Settings
from storage import inbox
from storage.db import Database

MAX_BODY = 1_000_000  # bytes
BODY_SECONDS = 30
QUIET = timedelta(minutes=10)  # between two lines about requests that are not Zalo's: anybody can send those
log = logging.getLogger("bot.zalo")


class Webhook:
    """Whatever is signed gets 200, even where it holds nothing for the desk: after a few refusals Zalo sends no more."""

    def __init__(self, db: Database, clock: Clock, settings: Settings, arrived: Callable[[], None]) -> None:
        self._db, self._clock, self._settings, self._arrived = db, clock, settings, arrived
        self._seen: set[str] = set()
        self._complained: dict[str, datetime] = {}

    async def arrive(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await bodies.whole(request.content, MAX_BODY)
            found = json.loads(body)
        except (ValueError, RecursionError, TimeoutError, web.RequestPayloadError) as error:
            self._complain("an event of Zalo could not be read", type(error).__name__)
            return web.Response(status=400)
        if found == {}:  # what Zalo's console sends, unsigned, when the address is saved there
            return web.Response()
        if not isinstance(found, dict) or not self._is_zalos(body, found, request):
            return web.Response(status=403)
        if self._is_ours(found) and await self._db.write(lambda tx: self._store(tx, found)):
            self._arrived()
        return web.Response()

    def _is_zalos(self, body: bytes, found: dict[str, Any], request: web.Request) -> bool:
        app, secret = self._settings.zalo_app_id, self._settings.zalo_oa_secret
        signed = matching(app, secret, body, found, request.headers)
        if signed is None:
            self._complain("an event came that is not signed with ZALO_OA_SECRET")
        elif signed not in self._seen:
            self._seen.add(signed)
            event(log, logging.INFO, "Zalo signs its events", reading=signed)
        return signed is not None

    def _is_ours(self, found: dict[str, Any]) -> bool:
        ours = self._settings.zalo_oa_id
        if user_of(found) is None:
            return False
        if not ours or account_of(found) in (ours, None):
            return True
        event(log, logging.WARNING, "an event of another Official Account; ZALO_OA_ID names ours")
        return False

    def _store(self, tx: Connection, found: dict[str, Any]) -> bool:
        """False where it is a retry of what is stored already."""
        now, lane, known = self._clock.now(), f"zalo:{user_of(found)}", event_id(found)
        photo = found["event_name"] == "user_send_image"
        return bool(
            inbox.store(
                tx,
                channel="zalo",
                event_id=known,
                lane=lane,
                raw=scrubbed(found),
                received_at=now,
                run_at=self._clock.machine(),
                album=inbox.album_of_photo(tx, lane, known, now) if photo else None,
            )
        )

    def _complain(self, what: str, reason: str = "") -> None:
        now, last = self._clock.machine(), self._complained.get(what)
        if last is None or now - last >= QUIET:
            self._complained[what] = now
            event(log, logging.WARNING, what, reason=reason)
