"""The web chat on a real port, without the loops: what arrives is stored, and a test may show something."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar, TCPConnector, web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot import http
from bot.channels import Outgoing
from bot.channels.web import Web
from bot.channels.web_door import Seat
from bot.clock import Clock
from bot.files import Files
from bot.settings import load
from storage.db import Database
from storage.inbox import inbox
from storage.vault import Vault
from tests.world import FRIDAY, KEY


@dataclass
class Served:
    db: Database
    web: Web
    files: Files
    server: TestServer

    @property
    def base(self) -> str:
        return str(self.server.make_url("/"))

    async def stored(self) -> int:
        count = select(func.count()).select_from(inbox)
        return int(await self.db.read(lambda tx: tx.execute(count).scalar_one()))

    async def says_to(self, chat: str, text: str, number: int = 1, **more: Any) -> None:
        body = {"kind": "text", "text": text, "choices": [], "media": [], "lang": "vi", **more}
        await self.web.send(Outgoing(number, chat, body, None, FRIDAY))


class Visitor:
    """A browser that has loaded the page."""

    def __init__(self, served: Served, session: ClientSession, prefix: str = "") -> None:
        self.served, self.session, self.prefix = served, session, prefix

    async def post(self, body: Any, **headers: str) -> ClientResponse:
        """body: a dict, or bytes as they are."""
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        return await self.session.post(f"{self.served.base}{self.prefix}messages", headers=headers, **given)

    async def say(self, text: str, **more: Any) -> ClientResponse:
        return await self.post({"id": str(uuid.uuid4()), "text": text, **more})

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.session.get(f"{self.served.base}{self.prefix}{path}", headers=headers)

    def line(self, after: str = "0", **headers: str) -> Any:
        return self.session.ws_connect(
            f"{self.served.base}{self.prefix}socket?after={after}", headers=headers
        )


@asynccontextmanager
async def serve(
    database: Path, seats: dict[str, Seat] | None = None, **more: object
) -> AsyncIterator[Served]:
    db = Database(f"sqlite:///{database}", Vault(KEY))
    store = Files(database.parent / "files", Vault(KEY))
    settings = load(_env_file=None, data_key=KEY, public_url="https://desk.example", **more)
    chat = Web(db, Clock(), settings, store, lambda: None, seats)
    application = http.application(db, [*chat.routes(), web.get("/broken", _broken)])
    application.on_shutdown.append(lambda _application: chat.sockets.close())
    server = TestServer(application, host="127.0.0.1")
    await server.start_server(shutdown_timeout=2)
    try:
        yield Served(db, chat, store, server)
    finally:
        async with asyncio.timeout(8):
            await server.close()
        await db.close()


async def _broken(_request: web.Request) -> web.Response:
    raise ValueError("0912345678 Nguyễn Văn An")


@asynccontextmanager
async def visitor(served: Served, prefix: str = "") -> AsyncIterator[Visitor]:
    async with ClientSession(connector=TCPConnector(limit=0), cookie_jar=CookieJar(unsafe=True)) as session:
        made = Visitor(served, session, prefix)
        page = await made.get("")
        assert page.status == 200
        cookie = page.cookies.get("phananh48")
        if cookie:  # the page is served as behind HTTPS, the test reads it without
            session.headers["Cookie"] = f"phananh48={cookie.value}"
        yield made
