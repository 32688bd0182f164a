"""The web chat: the page's messages come in by POST, the desk's go out over a socket; docs/web-chat.md."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.channels import Outcome, Outgoing, Quiet, Refused, Sent, TryAgain
from bot.channels.web_door import Pace, Said, Seat, Visitors, json_of, understood
from bot.channels.web_embed import Embed
from bot.channels.web_files import Shown
from bot.channels.web_page import Page
from bot.channels.web_socket import Sockets
from bot.channels.web_uploads import Uploads, kind_of, media_of
from bot.clock import Clock
from bot.files import Files
from bot.http import Refusal
from bot.log import event
from bot.settings import Settings
from handlers import papers
from handlers.incoming import Incoming, Media
from handlers.media_words import PROBLEMS
from locales import _, say
from storage import inbox, talks, uploads
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
        self._db, self._clock, self._arrived = db, clock, arrived
        self._seats = seats or {}
        self._visitors, self._pace = Visitors(self._seats, settings.public_url), Pace()
        self._page = Page(db, settings, self._visitors, self._seats)
        self._embed = Embed(settings)
        self._shown = Shown(db, clock, store, self._visitors)
        self._uploads = Uploads(db, clock, store, self._visitors)
        self.sockets = Sockets(db, clock)

    def parse(self, raw: dict[str, Any]) -> Incoming:
        """`raw` is what _store() kept."""
        sent = raw.get("files") or ()
        return Incoming(
            channel=self.name,
            event_id=raw["id"],
            chat=raw["chat"],
            user=raw["chat"],
            kind="media" if sent else "choice" if raw["choice"] else "text",
            text=raw["text"],
            choice=raw["choice"],
            message=raw["of"],
            lang=raw.get("lang"),
            media=tuple(Media(one["ref"], one["kind"], one["mime"], one["size"]) for one in sent),
            can=frozenset({"photo"}),
        )

    async def fetch(self, media: Media) -> bytes:
        return await self._uploads.fetch(media)

    async def let_go(self, media: Media) -> None:
        await self._uploads.let_go(media)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        found: list[web.AbstractRouteDef] = []
        for prefix in ("/phones/{seat}/", "/chat/") if self._seats else ("/",):
            found += [
                *self._page.routes(prefix),
                *self._shown.routes(prefix),
                *self._uploads.routes(prefix),
                web.post(prefix + "messages", self._arrive),
                web.get(prefix + "socket", self._listen),
            ]
            found += self._embed.routes(prefix) if "{" not in prefix else ()
        return found

    async def send(self, message: Outgoing) -> Outcome:
        """Shows the message on the page; the same outbox row twice stays one message there."""
        lang = message.body.get("lang", "vi")
        try:
            media = [
                await self._shown.show(item, message.chat, lang) for item in message.body.get("media", ())
            ]
        except Exception as error:
            event(log, logging.ERROR, "a file could not be shown", exc_info=error, outbox=message.id)
            return TryAgain(type(error).__name__)
        if None in media:
            return Refused("the file is gone")
        body = {key: message.body[key] for key in ("kind", "text", "choices")}
        body |= {"from": "desk", "media": media, "lang": lang}
        # A form is a conversation here: each of its questions stays where it was asked.
        edits = message.replaces if "place" not in message.body else None
        shown = f"m{edits or message.id}"
        await self._db.write(lambda tx: transcript.show(tx, message.chat, shown, body, message.created_at))
        self.sockets.ring(message.chat)
        return Sent(shown)

    async def _arrive(self, request: web.Request) -> web.Response:
        """Stores the message and answers; nothing else happens inside the request."""
        chat = self._visitors.admit_writer(request)
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
        sent = uploads.take(tx, said.files, chat) if said.files else []
        if len(sent) < len(said.files):
            if seq := transcript.seq_of(tx, chat, said.id):
                return seq  # they were taken when this message came first
            raise Refusal(410, PROBLEMS["gone"])
        raw = {"id": said.id, "chat": chat, "text": said.text, "choice": said.choice, "of": said.of, "lang": said.lang,
               "files": [media_of(*one) for one in sent]}  # fmt: skip
        new = inbox.store(tx, channel=self.name, event_id=f"{chat[:16]}:{said.id}", lane=f"{self.name}:{chat}",
                          raw=raw, received_at=now, run_at=machine)  # fmt: skip
        if new is None or said.shown is None:
            return transcript.seq_of(tx, chat, said.id) or 0
        text = "\n".join(filter(None, (self._counted(tx, chat, sent), said.shown)))
        body = {"from": "me", "kind": "text", "text": text, "choices": [], "media": []}
        return transcript.show(tx, chat, said.id, body, now)

    def _counted(self, tx: Connection, chat: str, sent: list[tuple[str, str, int]]) -> str:
        """«2 ảnh»: what the person sees of files that are not kept as they came."""
        talk = talks.find(tx, self.name, chat)
        kinds = Counter(kind_of(mime) for _name, mime, _size in sent)
        return say(papers.counted_kinds(kinds), talk.lang if talk else "vi")

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        return await self.sockets.serve(request, self._visitors.admit(request))
