"""`python -m bot run` with a token: what Telegram does or does not do is nobody else's trouble."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.channels.telegram_stub import TOKEN, message, update
from tests.running import address, browser, desk, free_port, write_env

SECRET = TOKEN.partition(":")[2]


@pytest.fixture
def ready(prepared: Path, tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    shutil.copy(prepared, tmp_path / "var" / "phananh48.db")
    return tmp_path


@asynccontextmanager
async def bot_api() -> AsyncIterator[tuple[str, list[tuple[str, dict[str, Any]]], asyncio.Event]]:
    """One update, /menu by 777; the calls; and a bell that rings when something was said."""
    calls: list[tuple[str, dict[str, Any]]] = []
    said = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        method, form = request.path.rsplit("/", 1)[1], dict(await request.post())
        calls.append((method, form))
        result: Any = True
        if method == "getMe":
            result = {"id": 666000666, "is_bot": True, "first_name": "b", "username": "TiemChungBot"}
        elif method == "getUpdates":
            asked = [params.get("offset") for name, params in calls if name == "getUpdates"]
            result = [update(5, message=message(text="/menu"))] if len(asked) == 1 else []
            if len(asked) > 1:
                await asyncio.sleep(0.05)
        elif method == "sendMessage":
            result = {"message_id": 45}
            said.set()
        return web.json_response({"ok": True, "result": result})

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/"), calls, said
    finally:
        await server.close()


async def end(process: Any) -> None:
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(process.wait, 8) == 0


async def test_a_message_is_answered(ready: Path) -> None:
    async with bot_api() as (api, calls, said):
        write_env(ready, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api)
        with desk(ready) as process:
            async with asyncio.timeout(30):
                await said.wait()
            await end(process)
    sent = next(params for method, params in calls if method == "sendMessage")
    assert sent["chat_id"] == "777" and json.loads(str(sent["reply_markup"]))["is_persistent"]
    assert "6" in [params.get("offset") for method, params in calls if method == "getUpdates"]
    assert SECRET not in (ready / "log").read_text()


async def test_the_web_chat_works_while_telegram_cannot_be_reached(ready: Path) -> None:
    write_env(ready, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=f"http://127.0.0.1:{free_port()}")
    with desk(ready) as process:
        async with browser(address(ready), "/") as lan:
            await lan.talk("/menu")
            await lan.hear("Anh/Chị")
        await end(process)
    log = (ready / "log").read_text()
    assert "Telegram cannot be reached; all else goes on" in log and SECRET not in log
