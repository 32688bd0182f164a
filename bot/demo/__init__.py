"""The demo: the real desk on SQLite with invented people, phones side by side, and a clock that jumps."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import log
from bot.app import open_app, serve
from bot.channels.web_static import page_file, static
from bot.clock import Clock
from bot.demo import people, today
from bot.demo.desk import DemoDesk, ahead
from bot.desk import desk_of
from bot.preparing import prepare
from bot.settings import Settings, WrongSetting, load
from handlers.turn import Moment
from storage.vault import new_key

HOME = Path("var/demo")


def settings(home: Path = HOME) -> Settings:
    """The demo's own settings: nothing of .env but the port, so that a trial never touches real data."""
    key = home / "key"
    if not key.exists():
        key.write_text(new_key())
        key.chmod(0o600)
    host, port = os.environ.get("WEB_HOST", "127.0.0.1"), os.environ.get("WEB_PORT", "8080")
    return load(
        _env_file=None,
        database_url=f"sqlite+aiosqlite:///{home}/demo.db",
        data_key=key.read_text().strip(),
        files_dir=home / "files",
        provinces=",".join(people.PROVINCES),
        web_host=host,
        web_port=port,
        public_url=f"http://{host}:{port}",
        sms_url=f"http://{host}:{port}/demo/sms",
        sms_method="POST",
        sms_headers="{}",
        sms_template='{"to": "{phone}", "text": "{text}"}',
        sms_success="",
        official_portal_url="https://tiemchungcovid19.gov.vn",
        hotline="1900 9095",
    )


def main(*, reset: bool = False) -> int:
    with alone(HOME):
        if reset:
            for kept in HOME.iterdir():
                shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
            print("The demo has forgotten everything. Start it again with: make demo")
            return 0
        log.start("WARNING")
        asyncio.run(run(settings()))
    return 0


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One demo at a time: another, or a reset, would pull the files away under the one that runs."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise WrongSetting(
                "The demo is running already; end it first (Ctrl+C where it was started)."
            ) from None
        yield


async def run(chosen: Settings) -> None:
    clock = Clock()
    async with open_app(chosen, clock, people.SEATS) as app:
        print("Preparing the demo…", flush=True)

        def fill(tx: Any) -> timedelta:
            prepare(tx, chosen.provinces)
            far = ahead(tx, clock.machine())
            people.settle_in(tx, clock.machine() + far)
            today.inject(Moment(tx, clock.machine() + far, clock.machine(), desk_of(chosen, demo=True)))
            return far

        clock.ahead = await app.db.write(fill)
        desk = DemoDesk(app)
        pages = [web.get("/", _page), web.get("/embed-demo", _commune)]
        routes = [*pages, web.get("/static/{name}", static), *desk.routes()]
        address = f"http://{chosen.web_host}:{chosen.web_port}/"
        await serve(
            app, routes, lambda: print(f"The desk is open at {address}  (Ctrl+C ends it)", flush=True)
        )


async def _page(request: web.Request) -> web.StreamResponse:
    return page_file(request, "demo.html")


async def _commune(request: web.Request) -> web.StreamResponse:
    """A commune's own page with the chat on it."""
    return page_file(request, "embed-demo.html")
