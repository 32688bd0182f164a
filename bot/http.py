"""The web server: security headers on everything, health, and the routes of the channels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web
from sqlalchemy import func, select

from storage import deadlines, inbox, outbox
from storage.db import Database

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


async def _secure(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def application(db: Database, routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    app = web.Application(client_max_size=64_000)
    app.on_response_prepare.append(_secure)
    app.add_routes([web.get("/healthz", _health(db)), web.get("/metrics", _metrics(db))])
    app.add_routes(list(routes))
    return app


def _health(db: Database) -> Callable[[web.Request], Any]:
    async def health(_request: web.Request) -> web.Response:
        await db.read(lambda tx: tx.execute(select(1)).scalar())
        return web.json_response({"ok": True})

    return health


def _metrics(db: Database) -> Callable[[web.Request], Any]:
    """Counts only: how much waits in each queue, what was parked, what may have been sent twice."""

    def counts(tx: Any) -> dict[str, int]:
        found = {}
        for name, table in (("inbox", inbox.inbox), ("outbox", outbox.outbox), ("rungs", deadlines.rungs)):
            waiting = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
            found[f"{name}_waiting"] = int(tx.execute(waiting).scalar_one())
        parked = select(func.count()).select_from(inbox.inbox).where(inbox.inbox.c.outcome == "parked")
        found["inbox_parked"] = int(tx.execute(parked).scalar_one())
        unknown = select(func.coalesce(func.sum(outbox.outbox.c.unknowns), 0))
        found["outbox_unknown"] = int(tx.execute(unknown).scalar_one())
        return found

    async def metrics(_request: web.Request) -> web.Response:
        lines = [f"phananh48_{name} {count}" for name, count in (await db.read(counts)).items()]
        return web.Response(text="\n".join(lines) + "\n")

    return metrics
