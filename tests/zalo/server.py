"""The fake over HTTP on loopback: requests, tokens, files, and events that are brought until they are taken."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
from aiohttp import web

from tests.zalo import hooks
from tests.zalo.oa import REFRESH, FakeZalo
from tests.zalo.refusal import bad
from tests.zalo.uploads import Upload


class Server:
    """delay: seconds that each request takes after it was accepted; silent: paths that are accepted and never answered;
    broken: paths that answer 502, and nothing happens; leads: where the desk's webhook is, for bring()."""

    def __init__(self, fake: FakeZalo) -> None:
        self.fake, self.delay, self.url, self.leads = fake, 0.0, "", ""
        self.silent: set[str] = set()
        self.broken: set[str] = set()
        self._session: aiohttp.ClientSession | None = None

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Server]:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_post(REFRESH, self._renew)
        app.router.add_get("/media/{path}", self._download)
        app.router.add_post("/{path:.+}", self._call)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = self.fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=hooks.SECONDS)) as session:
            self._session = session
            try:
                yield self
            finally:
                await runner.cleanup()

    async def bring(self) -> None:
        """Every event that is due, once."""
        await self.fake.hooks.bring(self.post)

    @contextlib.asynccontextmanager
    async def bringing(self) -> AsyncIterator[None]:
        """For a desk that is a process of its own: events are brought by themselves, again and again where nobody takes
        them."""
        self.fake.hooks.again = (timedelta(seconds=0.2),) * 1000
        going = asyncio.create_task(self._go_on_bringing())
        try:
            yield
        finally:
            going.cancel()

    async def _go_on_bringing(self) -> None:
        while True:
            await self.bring()
            await asyncio.sleep(0.02)

    async def post(self, raw: bytes, headers: dict[str, str]) -> int:
        assert self._session
        try:
            async with self._session.post(self.leads, data=raw, headers=headers) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0

    async def _renew(self, request: web.Request) -> web.Response:
        if request.content_type != "application/x-www-form-urlencoded":
            return web.json_response(bad("content type").body())
        form = {str(key): value for key, value in (await request.post()).items()}
        return await self._answered(request, lambda: self.fake.renew(request.headers.get("secret_key"), form))

    async def _call(self, request: web.Request) -> web.Response:
        given = await _given(request)
        return await self._answered(
            request, lambda: self.fake.call(request.path, request.headers.get("access_token"), given)
        )

    async def _answered(self, request: web.Request, ask: Any) -> web.Response:
        if request.path in self.broken:
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        answer = ask()
        await asyncio.sleep(self.delay)
        if request.path in self.silent and request.transport:
            request.transport.close()
        return web.json_response(answer)

    async def _download(self, request: web.Request) -> web.Response:
        content = self.fake.fetch(request.match_info["path"])
        return web.Response(status=404) if content is None else web.Response(body=content)


async def _given(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post()
    return {
        key: Upload(value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for key, value in form.items()
    }
