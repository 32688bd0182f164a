"""The door of the web chat: whose browser a request comes from, and what of its body is believed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from aiohttp import web

from bot.channels.cleaning import TOKEN_BYTES, clean, is_token
from bot.channels.web_embed import key_of
from bot.http import MAX_BODY, Refusal
from locales import LANGUAGES, Text, _

COOKIE = "phananh48"
MAX_TEXT = 4000
PER_MINUTE = 40
BODY_SECONDS = 30  # the page itself gives up after 20 and tries again
FILES = 10  # with one message
_SHOWN = re.compile(r"m([0-9]{1,18})")
_FILE = re.compile(r"[a-z0-9]{8,64}")


@dataclass(frozen=True)
class Seat:
    """A phone of the demo: who sits there needs no cookie."""

    chat: str
    name: str
    role: Text
    readonly: bool = False


@dataclass(frozen=True)
class Said:
    """A message of the page: `shown` is what its person sees as said, None for a quiet press; files: uploads."""

    id: str
    text: str
    choice: str | None
    of: int | None
    shown: str | None
    files: tuple[str, ...] = ()
    lang: str | None = None  # in which the page began; the desk's own word decides later


class Visitors:
    """public_url counts as this host too: a proxy in front may not pass the Host header on."""

    def __init__(self, seats: Mapping[str, Seat], public_url: str) -> None:
        self._seats, self._public_host = seats, urlsplit(public_url).netloc

    def seat(self, request: web.Request) -> Seat | None:
        return self._seats.get(request.match_info.get("seat", ""))

    def chat(self, request: web.Request) -> str | None:
        """A hash of the cookie, or of the key of a page inside another one, so that the database cannot be used to
        sign in; None for a stranger."""
        if "seat" in request.match_info:
            seat = self.seat(request)
            return seat.chat if seat else None
        key = key_of(request)
        token = request.cookies.get(COOKIE, "") if key is None else key
        if len(token) < 40:
            return None
        return hashlib.sha256(token.encode(errors="replace")).hexdigest()[:40]

    def admit(self, request: web.Request) -> str:
        """The chat that may speak and listen here; refuses strangers, and pages of other hosts."""
        chat = self.chat(request)
        if chat is None or not same_origin(request, self._public_host):
            raise Refusal(403, _("This page has expired. Please load it again."))
        return chat

    def admit_writer(self, request: web.Request) -> str:
        chat, seat = self.admit(request), self.seat(request)
        if seat and seat.readonly:
            raise Refusal(403, _("This phone only receives messages."))
        return chat


class Pace:
    """At most so many of one chat in a minute of the clock; remembers that minute only."""

    def __init__(self, most: int = PER_MINUTE) -> None:
        self._minute, self._said, self._most = 0, Counter[str](), most

    def too_fast(self, chat: str, seconds: float) -> bool:
        if self._minute != (minute := int(seconds // 60)):
            self._minute = minute
            self._said.clear()
        self._said[chat] += 1
        return self._said[chat] > self._most


def same_origin(request: web.Request, *also: str) -> bool:
    """A foreign page must not speak in this browser's name."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(host) and host.lower() in {name.lower() for name in (request.host, *also)}


async def json_of(request: web.Request) -> dict[str, Any]:
    """The JSON object that the request holds; Refusal where it holds none, too much, or never ends."""
    unread = Refusal(400, _("I could not read that. Please load the page again."))
    if (request.content_length or 0) > MAX_BODY:
        raise Refusal(413, _("That is too long. Please send it in parts."))
    try:
        async with asyncio.timeout(BODY_SECONDS):
            said = json.loads(await request.read())
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, _("That is too long. Please send it in parts.")) from None
    except (ValueError, RecursionError, TimeoutError):
        raise unread from None
    if not isinstance(said, dict):
        raise unread
    return said


def understood(said: dict[str, Any]) -> Said:
    """The message, cleaned of what nobody can see; Refusal where it is none."""
    unread = Refusal(400, _("I could not read that. Please load the page again."))
    words = [said.get(name) or "" for name in ("id", "text", "choice", "label", "of")]
    if not all(isinstance(value, str) for value in words):
        raise unread
    event, text, choice, label, of = words
    lang = said.get("lang")
    if len(text) > MAX_TEXT or len(choice.encode(errors="replace")) > TOKEN_BYTES:
        raise Refusal(413, _("That is too long. Please send it in parts."))
    try:
        event = str(UUID(event))
    except ValueError:
        raise unread from None
    if choice and not is_token(choice):
        raise unread
    text, label, shown = clean(text), clean(label)[:200], _SHOWN.fullmatch(of)
    files = _files(said.get("files") or [])
    if files is None or (files and choice):
        raise unread
    if not text.strip() and not choice and not files:
        raise Refusal(400, _("Please write something first."))
    quiet = choice and said.get("quiet") is True
    return Said(
        id=event,
        text=text,
        choice=choice or None,
        of=int(shown[1]) if shown and quiet else None,  # a press with a bubble is answered below it
        shown=None if quiet else label or text or ("" if files else "…"),
        files=files,
        lang=lang if isinstance(lang, str) and lang in LANGUAGES else None,
    )


def _files(names: Any) -> tuple[str, ...] | None:
    """The ids that uploads were given; None where they are no such list."""
    if not isinstance(names, list) or len(names) > FILES or len(set(map(str, names))) < len(names):
        return None
    return tuple(names) if all(isinstance(name, str) and _FILE.fullmatch(name) for name in names) else None
