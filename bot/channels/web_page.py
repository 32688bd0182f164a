"""What the web chat serves beside messages: the page, and who holds the phone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import chance
from bot.channels.web_door import COOKIE, Seat, Visitors
from bot.settings import Settings
from locales import say
from storage import staff, talks
from storage.db import Database

PAGE = Path(__file__).parent.parent / "page"
FILES = {path.name: path for path in PAGE.iterdir() if path.is_file()}  # no name from outside becomes a path
WORDS: dict[str, str] = json.loads((PAGE / "strings.json").read_text("utf-8"))
MIME = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
YEAR = 365 * 86400


class Page:
    def __init__(
        self, db: Database, settings: Settings, visitors: Visitors, seats: Mapping[str, Seat]
    ) -> None:
        self._db, self._settings, self._visitors, self._seats = db, settings, visitors, seats

    def routes(self, prefix: str) -> Sequence[web.AbstractRouteDef]:
        return (
            web.get(prefix, self._index),
            web.get(prefix + "me", self._me),
            web.get(prefix + "static/{name}", static),
        )

    async def _index(self, request: web.Request) -> web.StreamResponse:
        if "seat" in request.match_info and not self._visitors.seat(request):
            raise web.HTTPNotFound
        response = page_file("index.html")
        if self._visitors.chat(request) is None:
            # Lax, not Strict: somebody who follows a link to the desk from elsewhere would otherwise come without
            # the cookie and be given a new one, and their reports would be gone.
            response.set_cookie(COOKIE, chance.token(), httponly=True, samesite="Lax", path=request.path,
                                secure=self._settings.public_url.startswith("https"), max_age=YEAR)  # fmt: skip
        return response

    async def _me(self, request: web.Request) -> web.Response:
        chat, seat = self._visitors.admit(request), self._visitors.seat(request)

        def look(tx: Any) -> tuple[str, staff.Staff | None]:
            talk = talks.find(tx, "web", chat)
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
                "strings": page_words(lang),
            },
            headers={"Cache-Control": "no-store"},
        )


async def static(request: web.Request) -> web.StreamResponse:
    """A file of bot/page/ by its plain name."""
    if request.match_info["name"] not in FILES:
        raise web.HTTPNotFound
    return page_file(request.match_info["name"])


def page_file(name: str) -> web.FileResponse:
    """A browser asks each time, and mostly hears 304."""
    headers = {"Cache-Control": "no-cache"}
    if Path(name).suffix in MIME:
        headers["Content-Type"] = MIME[Path(name).suffix]
    return web.FileResponse(FILES[name], headers=headers)


def page_words(lang: str) -> dict[str, str]:
    return {msgid: vi if lang == "vi" else msgid for msgid, vi in WORDS.items()}
