"""The open pages of the web chat: each hears what its transcript shows, from this process or another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict, deque
from datetime import datetime
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web
from sqlalchemy import Connection, Row

from bot.channels.web_embed import PROTOCOL
from bot.clock import Clock
from bot.log import event
from storage import talks, unreached
from storage import web as transcript
from storage.db import Database

LOOK_AGAIN = 2.0  # seconds: another process may have shown something
log = logging.getLogger("bot.web")


class Line:
    """One open page: the bell says that its transcript grew, that frames wait, or that it is over."""

    def __init__(self, seen: int, *, aside: bool = False) -> None:
        """aside: the page is open in a panel that is closed; what it hears is not seen."""
        self.socket = web.WebSocketResponse(heartbeat=25, max_msg_size=1024, timeout=1, protocols=(PROTOCOL,))
        self.bell = asyncio.Event()
        self.frames: deque[dict[str, Any]] = deque(maxlen=20)
        self.seen = seen
        self.aside = aside
        self.lang = "vi"


class Sockets:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._lines: dict[str, set[Line]] = defaultdict(set)
        self._shown: dict[str, int] = {}  # as far as an open page has heard, and SQL does not know yet
        self._closing = False
        self._watching: asyncio.Task[None] | None = None

    async def serve(self, request: web.Request, chat: str) -> web.WebSocketResponse:
        line = Line(number(request.query.get("after", "")), aside="aside" in request.query)
        await line.socket.prepare(request)
        self._lines[chat].add(line)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        reading = asyncio.create_task(_until_closed(line))
        try:
            await self._stream(line, chat)
        except ConnectionError:
            pass  # the page is gone; it comes back by itself
        except Exception as error:
            event(log, logging.ERROR, "a page's line broke", exc_info=error)
        finally:
            reading.cancel()
            self._lines[chat].discard(line)
            if not self._lines[chat]:
                del self._lines[chat]
        with contextlib.suppress(ConnectionError):
            await line.socket.close(code=WSCloseCode.GOING_AWAY)
        return line.socket

    async def _stream(self, line: Line, chat: str) -> None:
        talk = await self._db.read(lambda tx: talks.find(tx, "web", chat))
        line.lang = talk.lang if talk else "vi"
        await line.socket.send_json({"type": "now", "now": stamp(self._clock.now())})
        while not (line.socket.closed or self._closing):
            line.bell.clear()
            rows = await self._db.read(lambda tx: transcript.since(tx, chat, line.seen))
            newest = max([line.seen, *(row.seq for row in rows)])
            for frame in frames(rows, line.seen):
                await line.socket.send_json(frame)
            line.seen = newest
            if not line.aside:
                self._shown[chat] = max(newest, self._shown.get(chat, 0))
            spoken = [row.body["lang"] for row in rows if "lang" in row.body][-1:]
            if spoken and spoken != [line.lang]:
                line.lang = spoken[0]
                line.frames.append({"type": "lang", "lang": line.lang})
            while line.frames:
                await line.socket.send_json(line.frames.popleft())
            if len(rows) < transcript.AT_ONCE:
                await line.bell.wait()

    async def _watch(self) -> None:
        """One question for all open pages, however many: has another process shown something?"""
        while (self._lines or self._shown) and not self._closing:
            await asyncio.sleep(LOOK_AGAIN)
            chats = list(self._lines)
            await self._note_seen()
            try:
                newest = await self._db.read(lambda tx, chats=chats: _newest(tx, chats))  # type: ignore[misc]
            except Exception as error:
                event(log, logging.ERROR, "open pages could not be looked after", exc_info=error)
                continue
            for chat, seq in newest.items():
                for line in self._lines.get(chat, ()):
                    if line.seen < seq:
                        line.bell.set()

    async def _note_seen(self) -> None:
        """What pages have shown since the last look, in one transaction; whoever reads that need not be called."""
        shown, self._shown = self._shown, {}
        if not shown:
            return
        try:
            await self._db.write(lambda tx: _note_seen(tx, shown))
        except Exception as error:
            event(log, logging.ERROR, "what was seen could not be noted", exc_info=error)
            self._shown = {**shown, **self._shown}

    def ring(self, chat: str) -> None:
        for line in self._lines.get(chat, ()):
            line.bell.set()

    def tell_everybody(self, frame: dict[str, Any]) -> None:
        for chat, lines in self._lines.items():
            for line in lines:
                line.frames.append(frame)
            self.ring(chat)

    async def close(self) -> None:
        """Lets every page go, so that the server can end; they come back when it is there again."""
        self._closing = True
        for chat in list(self._lines):
            self.ring(chat)
        if self._watching:
            self._watching.cancel()


def _note_seen(tx: Connection, shown: dict[str, int]) -> None:
    for chat, seq in shown.items():
        if transcript.note_seen(tx, chat, seq):
            unreached.shown_in(tx, "web", chat)


def _newest(tx: Connection, chats: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(chats), 500):
        found |= transcript.newest(tx, chats[start : start + 500])
    return found


async def _until_closed(line: Line) -> None:
    """Reads the socket so that pings are answered and its end is seen; the page says nothing there."""
    try:
        async for heard in line.socket:
            if heard.type == WSMsgType.ERROR:
                break
    finally:
        line.bell.set()


def frames(rows: list[Row[Any]], seen: int) -> list[dict[str, Any]]:
    """The first batch comes in page order, where an edited card has a high seq early: only its last frame says how
    far the page has heard, so that a line that breaks in between is heard again from the start."""
    made = [message(row) for row in rows]
    if not seen:
        newest = max((frame["seq"] for frame in made), default=0)
        for frame in made:
            frame["seq"] = newest if frame is made[-1] else 0
    return made


def message(row: Row[Any]) -> dict[str, Any]:
    shown = {key: value for key, value in row.body.items() if key != "lang"}
    mine = row.message if row.body["from"] == "me" else None
    at = stamp(row.at)
    return {"type": "message", "seq": row.seq, "id": row.message, "at": at, **shown, "client_id": mine}


def number(text: str) -> int:
    """`after` as the page sends it; anything else is the beginning."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def stamp(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
