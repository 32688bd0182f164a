"""What the web chat serves beside messages: the page, and who holds the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot import chance
from bot.channels.web_door import COOKIE, Seat, Visitors
from bot.channels.web_static import as_json, page_file, page_words, static
from bot.settings import Settings
from locales import LANGUAGES, say
from storage import staff, talks
from storage.db import Database

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
        response = page_file(request, "index.html")
        if self._visitors.chat(request) is None:
            # Lax, not Strict: somebody who follows a link to the desk from elsewhere would otherwise come without
            # the cookie and be given a new one, and their reports would be gone.
            response.set_cookie(COOKIE, chance.token(), httponly=True, samesite="Lax", path=request.path,
                                secure=self._settings.public_url.startswith("https"), max_age=YEAR)  # fmt: skip
        return response

    async def _me(self, request: web.Request) -> web.Response:
        chat, seat = self._visitors.admit(request), self._visitors.seat(request)
        asked = request.query.get("lang", "")  # by a page that holds this one
        begun = asked if asked in LANGUAGES else "vi"

        def look(tx: Any) -> tuple[str, staff.Staff | None]:
            talk = talks.find(tx, "web", chat)
            return (talk.lang, staff.by_talk(tx, talk.id)) if talk else (begun, None)

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
                "strings": page_words(lang, "index.html"),
            },
            headers={"Cache-Control": "no-store"},
            dumps=as_json,
        )
