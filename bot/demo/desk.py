"""What only the demo has: its clock, its language switch, and the phone on which SMS arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.app import App
from bot.channels.web_door import clean, json_of, same_origin
from bot.channels.web_socket import stamp
from bot.channels.web_static import page_words
from bot.demo.people import SEATS
from handlers.rules.identity import mask_phone
from locales import LANGUAGES, _, say
from locales.times import ZONE
from storage import facts, talks
from storage import web as transcript

JUMPS = (1, 6, 24)
MORNING = 9  # o'clock


def ahead(tx: Connection, machine_now: datetime) -> timedelta:
    """How far the demo's clock is from the real one: its first day begins in the morning, whatever the hour, because
    reminders keep quiet at night and a trial at ten in the evening would wait for them in vain; jumps are added."""
    if facts.get(tx, "demo:began") is None:
        local = machine_now.astimezone(ZONE)
        morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        facts.keep(tx, "demo:began", str((morning - local).total_seconds()))
    began = timedelta(seconds=float(facts.get(tx, "demo:began") or 0))
    return began + timedelta(hours=jumped(tx))


def jumped(tx: Connection) -> int:
    return int(facts.get(tx, "demo:jumped") or 0)


class DemoDesk:
    def __init__(self, app: App) -> None:
        self._app = app

    def routes(self) -> Sequence[web.RouteDef]:
        return (
            web.get("/demo/state", self._state),
            web.post("/demo/jump", self._jump),
            web.post("/demo/lang", self._lang),
            web.post("/demo/sms", self._sms),
        )

    async def _state(self, _request: web.Request) -> web.Response:
        lang, hours = await self._app.db.read(lambda tx: (facts.get(tx, "demo:lang") or "vi", jumped(tx)))
        return web.json_response(
            {
                "now": stamp(self._app.clock.now()),
                "jumped_hours": hours,
                "lang": lang,
                "phones": [
                    {"path": f"phones/{path}/", "name": seat.name, "role": say(seat.role, lang)}
                    for path, seat in SEATS.items()
                ],
                "strings": page_words(lang, "demo.html"),
            }
        )

    async def _asked(self, request: web.Request) -> dict[str, Any]:
        if not same_origin(request):
            raise web.HTTPForbidden
        return await json_of(request)

    async def _jump(self, request: web.Request) -> web.Response:
        hours = (await self._asked(request)).get("hours")
        if hours not in JUMPS:
            raise web.HTTPBadRequest

        def jump(tx: Connection) -> timedelta:
            facts.keep(tx, "demo:jumped", str(jumped(tx) + hours))
            return ahead(tx, self._app.clock.machine())

        self._app.clock.ahead = await self._app.db.write(jump)
        self._app.loops.rang()
        self._app.web.sockets.tell_everybody({"type": "now", "now": stamp(self._app.clock.now())})
        return await self._state(request)

    async def _lang(self, request: web.Request) -> web.Response:
        lang = (await self._asked(request)).get("lang")
        if not isinstance(lang, str) or lang not in LANGUAGES:
            raise web.HTTPBadRequest

        def switch(tx: Any) -> None:
            facts.keep(tx, "demo:lang", lang)
            for seat in SEATS.values():
                talks.set_lang(tx, talks.open_talk(tx, "web", seat.chat).id, lang)

        await self._app.db.write(switch)
        self._app.web.sockets.tell_everybody({"type": "lang", "lang": lang})
        return await self._state(request)

    async def _sms(self, request: web.Request) -> web.Response:
        """The demo's SMS gateway: what the desk sends to any phone is shown on one."""
        said = await self._asked(request)
        if not isinstance(said.get("to"), str) or not isinstance(said.get("text"), str):
            raise web.HTTPBadRequest
        now, text = self._app.clock.now(), clean(said["text"])

        def show(tx: Any) -> None:
            lang = facts.get(tx, "demo:lang") or "vi"
            to = say(_("To {phone}:", phone=mask_phone(clean(said["to"]))), lang)
            body = {"from": "desk", "kind": "text", "text": f"{to}\n{text}", "choices": [], "media": []}
            transcript.show(tx, SEATS["sms"].chat, f"s{now.timestamp():.6f}", body, now)

        await self._app.db.write(show)
        self._app.web.sockets.ring(SEATS["sms"].chat)
        return web.json_response({"ok": True})
