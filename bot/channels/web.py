"""The web chat: the page's messages come in by POST, the desk's go out over a socket; docs/web-chat.md."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from aiohttp import WSMsgType, web

from bot import chance, renders
from bot.channels import Outcome, Outgoing, Sent, TryAgain
from bot.clock import Clock
from bot.files import Files
from bot.settings import Settings
from handlers.turn import Incoming
from locales import Text, _, say
from storage import files, inbox, staff, talks
from storage import web as transcript
from storage.db import Database

PAGE = Path(__file__).parent.parent / "page"
COOKIE = "phananh48"
MAX_TEXT, MAX_BODY = 4000, 40_000
PER_MINUTE = 40
LOOK_AGAIN = 2.0  # seconds: another process may have shown something
log = logging.getLogger("bot.web")


@dataclass(frozen=True)
class Seat:
    """A phone of the demo: who sits there needs no cookie."""

    chat: str
    name: str
    role: Text
    readonly: bool = False


class Web:
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
        self._db, self._clock, self._settings, self._files = db, clock, settings, store
        self._arrived, self._seats = arrived, seats or {}
        self._waiting: dict[str, set[asyncio.Queue[dict[str, Any] | None]]] = defaultdict(set)
        self._said: dict[str, deque[float]] = defaultdict(deque)
        self._langs: dict[str, str] = {}
        self._words: dict[str, str] = json.loads((PAGE / "strings.json").read_text("utf-8"))

    def parse(self, raw: dict[str, Any]) -> Incoming:
        """`raw` is what arrive() stored."""
        shown = str(raw.get("of") or "")
        return Incoming(
            channel=self.name,
            event_id=raw["id"],
            chat=raw["chat"],
            user=raw["chat"],
            kind="choice" if raw.get("choice") else "text",
            text=raw.get("text", ""),
            choice=raw.get("choice"),
            message=int(shown[1:]) if shown[:1] == "m" and shown[1:].isdigit() else None,
        )

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        found: list[web.AbstractRouteDef] = []
        for prefix in ("/phones/{seat}/", "/chat/") if self._seats else ("/",):
            found += [
                web.get(prefix, self._index),
                web.get(prefix + "me", self._me),
                web.post(prefix + "messages", self._arrive),
                web.get(prefix + "socket", self._socket),
                web.get(prefix + "files/{name}", self._file),
                web.get(prefix + "static/{name}", static),
            ]
        return found

    async def send(self, message: Outgoing) -> Outcome:
        """Shows the message on the page; the same outbox row twice stays one message there."""
        media = []
        for spec in message.body.get("media", ()):
            try:
                content, filename, mime = await renders.render(spec, self._db.read)
            except Exception as error:
                log.warning("a render failed", exc_info=error)
                return TryAgain(type(error).__name__)
            name = await self._files.keep(content)
            made_at = self._clock.now()
            await self._db.write(
                lambda tx, name=name, filename=filename, mime=mime, at=made_at: files.add(  # type: ignore[misc]
                    tx,
                    name=name,
                    channel=self.name,
                    chat=message.chat,
                    filename=filename,
                    mime=mime,
                    made_at=at,
                )
            )
            media.append({"url": f"files/{name}", "name": filename, "type": mime, "alt": spec.get("alt", "")})
        body = {key: message.body[key] for key in ("kind", "text", "choices")} | {
            "from": "desk",
            "media": media,
        }
        shown = f"m{message.replaces or message.id}"
        await self._db.write(lambda tx: transcript.show(tx, message.chat, shown, body, message.created_at))
        self.notify(message.chat)
        lang = message.body.get("lang")
        if lang and self._langs.get(message.chat, lang) != lang:
            self._tell(message.chat, {"type": "lang", "lang": lang})
        self._langs[message.chat] = lang or "vi"
        return Sent(shown)

    # Arriving

    async def _arrive(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        if chat is None or not same_origin(request):
            return error(403, _("This page has expired. Please load it again."))
        if (request.content_length or 0) > MAX_BODY:
            return error(413, _("That is too long. Please send it in parts."))
        try:
            said = json.loads(await request.text())
            event = str(UUID(said["id"]))
            text, choice = str(said.get("text") or ""), said.get("choice")
            label = str(said.get("label") or "")[:200]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return error(400, _("I could not read that. Please load the page again."))
        if len(text) > MAX_TEXT or (
            choice is not None and (not isinstance(choice, str) or len(choice.encode()) > 64)
        ):
            return error(413, _("That is too long. Please send it in parts."))
        if not text.strip() and not choice:
            return error(400, _("Please write something first."))
        if self._too_fast(chat):
            return error(429, _("That was a little fast. Please wait a minute and send it again."))
        raw = {
            "id": event,
            "chat": chat,
            "text": text,
            "choice": choice,
            "of": str(said.get("of") or "")[:24],
        }
        shown = None if choice and said.get("quiet") is True else label or text
        seq = await self._db.write(lambda tx: self._store(tx, chat, event, raw, shown))
        self._arrived()
        self.notify(chat)
        return web.json_response({"id": event, "seq": seq})

    def _store(self, tx: Any, chat: str, event: str, raw: dict[str, Any], shown: str | None) -> int:
        """The message and its place on the page (none for a quiet press) in one transaction; the same id again
        changes nothing."""
        now, machine = self._clock.now(), self._clock.machine()
        new = inbox.store(tx, channel=self.name, event_id=f"{chat[:16]}:{event}", lane=f"{self.name}:{chat}",
                          raw=raw, received_at=now, run_at=machine)  # fmt: skip
        if new is None or shown is None:
            return transcript.seq_of(tx, chat, event) or 0
        body = {"from": "me", "kind": "text", "text": shown, "choices": [], "media": []}
        return transcript.show(tx, chat, event, body, now)

    def _too_fast(self, chat: str) -> bool:
        now, said = asyncio.get_running_loop().time(), self._said[chat]
        while said and said[0] < now - 60:
            said.popleft()
        said.append(now)
        return len(said) > PER_MINUTE

    # Showing

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        if chat is None or not same_origin(request):
            return error(403, _("This page has expired. Please load it again."))
        socket = web.WebSocketResponse(heartbeat=25, max_msg_size=1024)
        await socket.prepare(request)
        after = request.query.get("after", "0")
        news: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._waiting[chat].add(news)
        closed = asyncio.create_task(_until_closed(socket))
        try:
            await socket.send_json({"type": "now", "now": stamp(self._clock.now())})
            await self._stream(socket, chat, int(after) if after.isdigit() else 0, news)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            closed.cancel()
            self._waiting[chat].discard(news)
            if not self._waiting[chat]:
                del self._waiting[chat]
        return socket

    async def _stream(
        self, socket: web.WebSocketResponse, chat: str, seen: int, news: asyncio.Queue[dict[str, Any] | None]
    ) -> None:
        while not socket.closed:
            rows = await self._db.read(lambda tx, seen=seen: transcript.since(tx, chat, seen))  # type: ignore[misc]
            for row in rows:
                await socket.send_json(
                    {
                        "type": "message",
                        "seq": row.seq,
                        "id": row.message,
                        "at": stamp(row.at),
                        **row.body,
                        "client_id": row.message if row.body["from"] == "me" else None,
                    }
                )
            seen = max([seen, *(row.seq for row in rows)])
            if len(rows) >= transcript.AT_ONCE:
                continue
            try:
                frame = await asyncio.wait_for(news.get(), LOOK_AGAIN)
            except TimeoutError:
                continue
            if frame is not None:
                await socket.send_json(frame)

    def notify(self, chat: str) -> None:
        self._tell(chat, None)

    def _tell(self, chat: str, frame: dict[str, Any] | None) -> None:
        for news in self._waiting.get(chat, ()):
            news.put_nowait(frame)

    def tell_everybody(self, frame: dict[str, Any]) -> None:
        for chat in list(self._waiting):
            self._tell(chat, frame)

    # The page itself

    async def _index(self, request: web.Request) -> web.StreamResponse:
        if request.match_info.get("seat") not in (None, *self._seats):
            raise web.HTTPNotFound
        response = web.FileResponse(PAGE / "index.html")
        if not self._seats.get(request.match_info.get("seat", "")) and COOKIE not in request.cookies:
            response.set_cookie(COOKIE, chance.token(), httponly=True, samesite="Strict", path=request.path,
                                secure=self._settings.public_url.startswith("https"), max_age=400 * 86400)  # fmt: skip
        return response

    async def _me(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        if chat is None:
            return error(403, _("This page has expired. Please load it again."))
        seat = self._seats.get(request.match_info.get("seat", ""))

        def look(tx: Any) -> tuple[str, staff.Staff | None]:
            talk = talks.find(tx, self.name, chat)
            return (talk.lang, staff.by_talk(tx, talk.id)) if talk else ("vi", None)

        lang, member = await self._db.read(look)
        role = member.roles[0].unit if member else (say(seat.role, lang) if seat else None)
        return web.json_response(
            {
                "lang": lang,
                "title": "phananh48",
                "name": seat.name if seat else (member.name if member else None),
                "role": role,
                "demo": bool(self._seats),
                "readonly": bool(seat and seat.readonly),
                "hotline": self._settings.hotline,
                "portal": self._settings.official_portal_url,
                "strings": self.page_words(lang),
            }
        )

    def page_words(self, lang: str) -> dict[str, str]:
        return {msgid: vi if lang == "vi" else msgid for msgid, vi in self._words.items()}

    async def _file(self, request: web.Request) -> web.Response:
        chat, name = self._chat(request), request.match_info["name"]
        if chat is None:
            raise web.HTTPNotFound
        found = await self._db.read(lambda tx: files.for_chat(tx, name, self.name, chat))
        if found is None:
            raise web.HTTPNotFound
        return web.Response(
            body=await self._files.fetch(name),
            content_type=found.mime,
            headers={
                "Content-Disposition": f'inline; filename="{found.filename}"',
                "Cache-Control": "private, no-store",
            },
        )

    def _chat(self, request: web.Request) -> str | None:
        """Whose browser this is: a hash of the cookie, so that the database cannot be used to sign in."""
        seat = request.match_info.get("seat")
        if seat is not None:
            return self._seats[seat].chat if seat in self._seats else None
        token = request.cookies.get(COOKIE, "")
        return hashlib.sha256(token.encode()).hexdigest()[:40] if len(token) >= 40 else None


async def _until_closed(socket: web.WebSocketResponse) -> None:
    """Reads the socket so that pings are answered and its end is seen; the page says nothing there."""
    async for message in socket:
        if message.type == WSMsgType.ERROR:
            break


async def static(request: web.Request) -> web.StreamResponse:
    """A file of bot/page/ by its plain name."""
    path = PAGE / request.match_info["name"]
    if path.parent != PAGE or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


def same_origin(request: web.Request) -> bool:
    """A foreign page must not speak in this browser's name."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def error(status: int, words: Any) -> web.Response:
    return web.json_response({"error": say(words, "vi")}, status=status)


def stamp(instant: Any) -> str:
    return str(instant.isoformat(timespec="seconds").replace("+00:00", "Z"))
