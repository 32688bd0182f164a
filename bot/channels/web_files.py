"""Files that the web chat shows: what this chat may fetch, and how the page is told of it."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot import renders
from bot.channels.web_door import Visitors
from bot.clock import Clock
from bot.files import Files
from locales import Text, _, say
from storage import evidence, files
from storage.db import Database

NAMES: dict[str, Text] = {"photo": _("Photo"), "pdf": _("Document (PDF)"), "voice": _("Voice message")}


class Shown:
    def __init__(self, db: Database, clock: Clock, store: Files, visitors: Visitors) -> None:
        self._db, self._clock, self._files, self._visitors = db, clock, store, visitors

    def routes(self, prefix: str) -> Sequence[web.AbstractRouteDef]:
        return (web.get(prefix + "files/{name:[a-z0-9]{8,64}}", self._serve),)

    async def show(self, item: dict[str, Any], chat: str, lang: str) -> dict[str, Any] | None:
        """What the page is told of an outgoing file, which from now on this chat may fetch; None where it is gone."""
        if "render" in item:
            return await self._made(item, chat)

        def share(tx: Connection) -> evidence.Piece | None:
            found = evidence.get(tx, [item["file"]])
            if found:
                evidence.share(tx, item["file"], "web", chat)
            return found[0] if found else None

        piece = await self._db.write(share)
        if piece is None:
            return None
        name = say(NAMES[piece.kind], lang)
        return {
            "url": f"files/{piece.name}",
            "name": name,
            "type": piece.mime,
            "alt": item.get("alt") or name,
        }

    async def _made(self, item: dict[str, Any], chat: str) -> dict[str, Any]:
        """A chart or workbook, drawn by a process of its own and kept for this chat only."""
        content, filename, mime = await renders.render(item, self._db.read)
        name, at = await self._files.keep(content), self._clock.now()

        def note(tx: Connection) -> None:
            files.add(tx, name=name, channel="web", chat=chat, filename=filename, mime=mime, made_at=at)

        await self._db.write(note)
        return {"url": f"files/{name}", "name": filename, "type": mime, "alt": item.get("alt", "")}

    async def _serve(self, request: web.Request) -> web.Response:
        """A file that was made for this chat or shown in it; for anybody else there is no such file."""
        chat, name = self._visitors.chat(request), request.match_info["name"]
        if chat is None:
            raise web.HTTPNotFound
        found = await self._db.read(lambda tx: _meant_for(tx, name, chat, self._clock.now()))
        if found is None:
            raise web.HTTPNotFound
        try:
            content = await self._files.fetch(name)
        except FileNotFoundError:
            raise web.HTTPNotFound from None
        return _answer(request, content, *found)


def _meant_for(tx: Connection, name: str, chat: str, now: datetime) -> tuple[str, str] | None:
    """(type, file name)"""
    if made := files.for_chat(tx, name, "web", chat, now):
        return made.mime, made.filename
    piece = evidence.shared_with(tx, name, "web", chat)
    return (piece.mime, f"phananh48{mimetypes.guess_extension(piece.mime) or ''}") if piece else None


def _answer(request: web.Request, content: bytes, mime: str, filename: str) -> web.Response:
    """Pictures and voice stand on the page, anything else is saved; Safari plays only what it can fetch in parts."""
    how = "inline" if mime.startswith(("image/", "audio/")) else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename={json.dumps(filename)}",  # quoted as a header wants it
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
    }
    try:
        asked = request.http_range
    except ValueError:
        raise web.HTTPRequestRangeNotSatisfiable from None
    whole = asked == slice(None, None, 1)
    start, end, _step = asked.indices(len(content))
    if start >= end and not whole:
        raise web.HTTPRequestRangeNotSatisfiable
    if not whole:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    status = 200 if whole else 206
    return web.Response(body=content[start:end], status=status, content_type=mime, headers=headers)
