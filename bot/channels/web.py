"""The web chat: the page's messages come in by POST, the desk's go out over a socket; docs/web-chat.md."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot import renders
from bot.channels import Outcome, Outgoing, Quiet, Sent, TryAgain
from bot.channels.web_door import Pace, Said, Seat, Visitors, json_of, understood
from bot.channels.web_page import Page
from bot.channels.web_socket import Sockets
from bot.clock import Clock
from bot.files import Files
from bot.http import Refusal
from bot.log import event
from bot.settings import Settings
from handlers.turn import Incoming
from locales import _
from storage import files, inbox
from storage import web as transcript
from storage.db import Database

log = logging.getLogger("bot.web")


class Web(Quiet):
    name = "web"

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: Settings,
        store: Files,
        arrived: Callable[[], None],
        seats: Mapping[str, Seat] | None = None,
    ) -> None:
        self._db, self._clock, self._files, self._arrived = db, clock, store, arrived
        self._seats = seats or {}
        self._visitors, self._pace = Visitors(self._seats, settings.public_url), Pace()
        self._page = Page(db, settings, store, self._visitors, self._seats)
        self.sockets = Sockets(db, clock)

    def parse(self, raw: dict[str, Any]) -> Incoming:
        """`raw` is what _store() kept."""
        return Incoming(
            channel=self.name,
            event_id=raw["id"],
            chat=raw["chat"],
            user=raw["chat"],
            kind="choice" if raw["choice"] else "text",
            text=raw["text"],
            choice=raw["choice"],
            message=raw["of"],
        )

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        found: list[web.AbstractRouteDef] = []
        for prefix in ("/phones/{seat}/", "/chat/") if self._seats else ("/",):
            found += [
                *self._page.routes(prefix),
                web.post(prefix + "messages", self._arrive),
                web.get(prefix + "socket", self._listen),
            ]
        return found

    async def send(self, message: Outgoing) -> Outcome:
        """Shows the message on the page; the same outbox row twice stays one message there."""
        try:
            media = [await self._made(spec, message.chat) for spec in message.body.get("media", ())]
        except Exception as error:
            event(log, logging.ERROR, "a render failed", exc_info=error, outbox=message.id)
            return TryAgain(type(error).__name__)
        body = {key: message.body[key] for key in ("kind", "text", "choices")}
        body |= {"from": "desk", "media": media, "lang": message.body.get("lang", "vi")}
        # A form is a conversation here: each of its questions stays where it was asked.
        edits = message.replaces if "place" not in message.body else None
        shown = f"m{edits or message.id}"
        await self._db.write(lambda tx: transcript.show(tx, message.chat, shown, body, message.created_at))
        self.sockets.ring(message.chat)
        return Sent(shown)

    async def _made(self, spec: dict[str, Any], chat: str) -> dict[str, Any]:
        """A chart or workbook, drawn by a process of its own and kept for this chat only."""
        content, filename, mime = await renders.render(spec, self._db.read)
        name, at = await self._files.keep(content), self._clock.now()

        def note(tx: Connection) -> None:
            files.add(tx, name=name, channel=self.name, chat=chat, filename=filename, mime=mime, made_at=at)

        await self._db.write(note)
        return {"url": f"files/{name}", "name": filename, "type": mime, "alt": spec.get("alt", "")}

    async def _arrive(self, request: web.Request) -> web.Response:
        """Stores the message and answers; nothing else happens inside the request."""
        chat, seat = self._visitors.admit(request), self._visitors.seat(request)
        if seat and seat.readonly:
            raise Refusal(403, _("This phone only receives messages."))
        said = understood(await json_of(request))
        if self._pace.too_fast(chat, asyncio.get_running_loop().time()):
            raise Refusal(429, _("That was a little fast. Please wait a minute and send it again."))
        seq = await self._db.write(lambda tx: self._store(tx, chat, said))
        self._arrived()
        self.sockets.ring(chat)
        return web.json_response({"id": said.id, "seq": seq})

    def _store(self, tx: Connection, chat: str, said: Said) -> int:
        """The message and its place on the page (none for a quiet press) in one transaction; the same id again
        changes nothing."""
        now, machine = self._clock.now(), self._clock.machine()
        raw = {"id": said.id, "chat": chat, "text": said.text, "choice": said.choice, "of": said.of}
        new = inbox.store(tx, channel=self.name, event_id=f"{chat[:16]}:{said.id}", lane=f"{self.name}:{chat}",
                          raw=raw, received_at=now, run_at=machine)  # fmt: skip
        if new is None or said.shown is None:
            return transcript.seq_of(tx, chat, said.id) or 0
        body = {"from": "me", "kind": "text", "text": said.shown, "choices": [], "media": []}
        return transcript.show(tx, chat, said.id, body, now)

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        return await self.sockets.serve(request, self._visitors.admit(request))
