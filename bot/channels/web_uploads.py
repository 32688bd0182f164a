"""Uploads: what the page sends up, kept until a message has used it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.channels import NoMedia
from bot.channels.web_door import Pace, Visitors
from bot.clock import Clock
from bot.evidence.intake import MOST
from bot.evidence.kinds import XLSX, is_old_office, may_be_sheet, type_of
from bot.files import Files
from bot.http import Refusal
from handlers.incoming import Media
from handlers.media_words import PROBLEMS
from handlers.staff import sheets
from locales import _
from storage import uploads
from storage.db import Database

PER_MINUTE = 30
UNUSED = 20  # files of a chat that no message has named
AT_ONCE = 8  # uploads in memory
CHUNK, PATIENCE = 65536, 30  # bytes, and the seconds that they may take
LONGEST = (
    600  # seconds for a whole file: who sends a byte now and then would keep everybody else from sending
)
SPARE = 500_000_000  # bytes of disk that stay free, so that messages can always be stored
BUSY = _("Something went wrong here. Please try again in a minute.")


class Uploads:
    def __init__(self, db: Database, clock: Clock, store: Files, visitors: Visitors) -> None:
        self._db, self._clock, self._files, self._visitors = db, clock, store, visitors
        self._pace, self._hands = Pace(PER_MINUTE), asyncio.Semaphore(AT_ONCE)

    def routes(self, prefix: str) -> Sequence[web.AbstractRouteDef]:
        return (
            web.post(prefix + "files", self._upload),
            web.delete(prefix + "files/{name:[a-z0-9]{8,64}}", self._drop),
        )

    async def _upload(self, request: web.Request) -> web.Response:
        """Keeps the body, encrypted, until a message names it."""
        chat = self._visitors.admit_writer(request)
        if (request.content_length or 0) > MOST:
            raise Refusal(413, PROBLEMS["too_big"])
        unused = await self._db.read(lambda tx: uploads.waiting(tx, chat))
        if unused >= UNUSED or self._pace.too_fast(chat, asyncio.get_running_loop().time()):
            raise Refusal(429, _("That was a little fast. Please wait a minute and send it again."))
        if self._files.room() < SPARE:
            raise Refusal(503, BUSY)
        async with self._hands:
            content = await _body(request)
            found = type_of(content)
            mime = found.mime if found else await self._workbook(chat, content)
            name, at = await self._files.keep(content), self._clock.machine()
        size = len(content)
        await self._db.write(lambda tx: uploads.add(tx, name=name, chat=chat, mime=mime, size=size, at=at))
        return web.json_response({"id": name, "kind": kind_of(mime)})

    async def _workbook(self, chat: str, content: bytes) -> str:
        """Taken from staff alone, and opened only once its message has come."""
        staff = await self._db.read(lambda tx: sheets.may_send(tx, "web", chat))
        if staff and may_be_sheet(content):
            return XLSX
        old = is_old_office(content)
        raise Refusal(415, PROBLEMS["wrong_type" if not staff else "sheet_old" if old else "sheet_type"])

    async def _drop(self, request: web.Request) -> web.Response:
        chat, name = self._visitors.admit_writer(request), request.match_info["name"]
        if await self._db.write(lambda tx: uploads.drop(tx, name, chat)):
            await self._files.remove([name])
        return web.Response(status=204)

    async def fetch(self, media: Media) -> bytes:
        try:
            return await self._files.fetch(media.ref)
        except FileNotFoundError:
            raise NoMedia("gone") from None

    async def let_go(self, media: Media) -> None:
        await self._db.write(lambda tx: uploads.used(tx, media.ref))
        await self._files.remove([media.ref])


def kind_of(mime: str) -> str:
    """photo · pdf · voice · sheet, as handlers call them."""
    if mime == XLSX:
        return "sheet"
    return {"image": "photo", "audio": "voice"}.get(mime.partition("/")[0], "pdf")


def media_of(name: str, mime: str, size: int) -> dict[str, Any]:
    """A Media, as the inbox stores it."""
    kind = kind_of(mime)
    return {"ref": name, "kind": "file" if kind in ("pdf", "sheet") else kind, "mime": mime, "size": size}


async def _body(request: web.Request) -> bytes:
    """All of it, and not a byte more than is taken; a sender who falls silent is not waited for."""
    try:
        async with asyncio.timeout(LONGEST):
            return await _parts(request)
    except TimeoutError:
        raise Refusal(503, BUSY) from None


async def _parts(request: web.Request) -> bytes:
    content = bytearray()
    while True:
        async with asyncio.timeout(PATIENCE):
            part = await request.content.read(CHUNK)
        if not part:
            return bytes(content)
        content += part
        if len(content) > MOST:
            raise Refusal(413, PROBLEMS["too_big"])
