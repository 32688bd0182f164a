"""The web server: security headers on everything, health, and the routes of the channels."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web

from bot.log import event
from locales import Words, _, say
from storage import counts
from storage.db import Database


def policy(around: str = "'self'") -> str:
    """The content security policy; around: the pages that may hold this one in a frame."""
    return (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        f"connect-src 'self'; frame-ancestors {around}; base-uri 'none'; form-action 'self'"
    )


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MAX_BODY = 40_000
log = logging.getLogger("bot.http")


class Refusal(Exception):
    """Says no to a request, in words that the page shows."""

    def __init__(self, status: int, words: Words) -> None:
        super().__init__(status)
        self.status, self.words = status, words

    def answer(self) -> web.Response:
        return web.json_response({"error": say(self.words, "vi")}, status=self.status)


async def _secure(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def _answered(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refusals in words; a fault as a line in the log that names the route, and nothing of what was said."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return refusal.answer()
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as error:
        route = request.match_info.route.resource
        event(log, logging.ERROR, "a request failed", exc_info=error, route=route.canonical if route else "")
        return Refusal(500, _("Something went wrong here. Please try again in a minute.")).answer()


def application(db: Database, routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_answered])
    app.on_response_prepare.append(_secure)
    app.add_routes([web.get("/healthz", _health(db)), web.get("/metrics", _metrics(db))])
    app.add_routes(list(routes))
    return app


def _health(db: Database) -> Callable[[web.Request], Any]:
    async def health(_request: web.Request) -> web.Response:
        await db.read(counts.alive)
        return web.json_response({"ok": True})

    return health


def _metrics(db: Database) -> Callable[[web.Request], Any]:
    async def metrics(_request: web.Request) -> web.Response:
        lines = [f"phananh48_{name} {count}" for name, count in (await db.read(counts.queues)).items()]
        return web.Response(text="\n".join(lines) + "\n")

    return metrics
