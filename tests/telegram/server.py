"""The fake over HTTP on loopback, for processes: calls, long polling, files, and webhooks until a 2xx confirms them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web

from tests.telegram.api import TOKEN, FakeTelegram
from tests.telegram.chats import Upload
from tests.telegram.refusal import Refusal

TERMINATED = Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")  # fmt: skip


class Server:
    """delay: seconds that each call takes after it was accepted; silent: methods that are accepted and never answered;
    leads: a public address, and where it leads on this machine.
    """

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake, self.delay = fake, 0.0
        self.delays: dict[str, float] = {}  # of some methods
        self.silent: set[str] = set()
        self.leads: dict[str, str] = {}
        self.asked = 0  # how often somebody asked for updates
        self.conflicts = 0
        self._polls = 0
        self._came = asyncio.Event()
        self.url = ""
        fake.updates.came = self._came.set

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Server]:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        hooks = asyncio.create_task(self._hooks())
        try:
            yield self
        finally:
            hooks.cancel()
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        token, method = request.match_info["token"], request.match_info["method"]
        given = await _given(request)
        if method == "getUpdates" and token == TOKEN:
            answer = await self._poll(request, given)
        else:
            answer = self.fake.call(token, method, given)
            await asyncio.sleep(self.delays.get(method, self.delay))
        if method in self.silent and request.transport:
            request.transport.close()
        return web.json_response(answer, status=answer.get("error_code", 200))

    async def _poll(self, request: web.Request, given: dict[str, Any]) -> dict[str, Any]:
        """Waits for something to bring; a second one who asks ends the first one's waiting."""
        self.asked += 1
        self._polls += 1
        mine, end = self._polls, asyncio.get_running_loop().time() + int(given.get("timeout", 0))
        while True:
            self._came.clear()
            if mine != self._polls:
                alive = request.transport is not None and not request.transport.is_closing()
                self.conflicts += (
                    alive  # whoever was killed in the middle of his question hears nothing any more
                )
                return TERMINATED.body()
            answer = self.fake.call(TOKEN, "getUpdates", given)
            left = end - asyncio.get_running_loop().time()
            if not answer["ok"] or answer["result"] or left <= 0:
                return answer
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._came.wait(), min(left, 0.2))

    async def _download(self, request: web.Request) -> web.Response:
        content = self.fake.files.get(request.match_info["path"].partition("/")[2])
        if request.match_info["token"] != TOKEN or content is None:
            return web.json_response(Refusal(404, "Not Found").body(), status=404)
        return web.Response(body=content)

    async def _hooks(self) -> None:
        """One update after the other, each again until it is confirmed with a 2xx."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            while True:
                updates = self.fake.updates
                if updates.webhook and updates.here():
                    where = self.leads.get(updates.webhook, updates.webhook)
                    confirmed = await _delivered(session, where, updates.secret, updates.waiting[0])
                    if confirmed:
                        updates.waiting.pop(0)
                    await asyncio.sleep(0 if confirmed else 0.1)
                else:
                    await asyncio.sleep(0.02)


async def _delivered(
    session: aiohttp.ClientSession, url: str, secret: str | None, update: dict[str, Any]
) -> bool:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        async with session.post(url, json=update, headers=headers) as answer:
            return 200 <= answer.status < 300
    return False


async def _given(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        return with_files({k: Upload(v.filename, v.file.read()) if isinstance(v, web.FileField) else v for k, v in form.items()})  # fmt: skip
    return {**request.query, **(await request.post())}


def with_files(given: dict[str, Any]) -> dict[str, Any]:
    """«attach://name» stands for the part of the form with that name."""
    attached = {value for value in given.values() if isinstance(value, str) and value.startswith("attach://")}
    names = {value.removeprefix("attach://") for value in attached}
    return {
        key: given[value.removeprefix("attach://")] if isinstance(value, str) and value in attached else value
        for key, value in given.items()
        if key not in names
    }
