"""The fake over HTTP: one who asks at a time, files both ways, webhooks until they are confirmed, and silence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import select

from storage import outbox
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.telegram.api import TOKEN
from tests.telegram.server import Server
from tests.telegram.test_pace import loops_on, tell
from tests.telegram.test_running import until
from tests.world import FRIDAY, KEY, World


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def ask(
    server: Server, session: aiohttp.ClientSession, method: str, token: str = TOKEN, **given: Any
) -> Any:
    async with session.post(f"{server.url}/bot{token}/{method}", json=given) as answer:
        found = await answer.json()
        assert answer.status == found.get("error_code", 200)
        return found


async def test_a_second_who_asks_ends_the_first_ones_waiting(
    server: Server, session: aiohttp.ClientSession
) -> None:
    first = asyncio.create_task(ask(server, session, "getUpdates", timeout=20))
    await until(lambda: server.asked == 1)
    second = asyncio.create_task(ask(server, session, "getUpdates", timeout=20))
    assert "other getUpdates" in (await first)["description"] and server.conflicts == 1
    server.fake.person("lan").says("Chào")
    assert [one["message"]["text"] for one in (await second)["result"]] == ["Chào"]
    assert (await ask(server, session, "getMe", token="1:a"))["error_code"] == 401


async def test_files_go_both_ways(server: Server, session: aiohttp.ClientSession) -> None:
    lan = server.fake.person("lan")
    sent = lan.sends_photo(b"a slip").media["photo"][-1]
    found = (await ask(server, session, "getFile", file_id=sent["file_id"]))["result"]
    async with session.get(f"{server.url}/file/bot{TOKEN}/{found['file_path']}") as answer:
        assert await answer.read() == b"a slip"
    form = aiohttp.FormData({"chat_id": str(lan.id)})
    form.add_field("document", b"a workbook", filename="bang.xlsx")
    async with session.post(f"{server.url}/bot{TOKEN}/sendDocument", data=form) as answer:
        document = (await answer.json())["result"]["document"]
    assert document["file_name"] == "bang.xlsx" and server.fake.files[document["file_id"]] == b"a workbook"


async def test_a_webhook_is_called_until_it_confirms(server: Server, session: aiohttp.ClientSession) -> None:
    heard: list[tuple[str, int]] = []

    async def hear(request: web.Request) -> web.Response:
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        heard.append((secret, (await request.json())["update_id"]))
        return web.Response(status=200 if len(heard) > 2 else 503)

    app = web.Application()
    app.router.add_post("/", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.leads["https://desk.example.vn"] = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await ask(server, session, "setWebhook", url="https://desk.example.vn", secret_token="s")
    for said in ("1", "2"):
        server.fake.person("lan").says(said)
    await until(lambda: len(heard) == 4)
    await runner.cleanup()
    assert heard == [("s", 731), ("s", 731), ("s", 731), ("s", 732)]
    assert "webhook is active" in (await ask(server, session, "getUpdates"))["description"]


async def test_what_is_accepted_and_never_answered_is_sent_again_and_counted(
    server: Server, world: World, desk_file: Path
) -> None:
    lan, clock = server.fake.person("lan"), SetClock(FRIDAY)
    lan.chat.started = True
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    loops = loops_on(db, clock, desk_file, telegram_api=server.url)
    await db.write(lambda tx: tell(tx, [str(lan.id)], "reply", FRIDAY))
    server.silent = {"sendMessage"}
    assert await loops.deliver("telegram")
    server.silent = set()
    clock.at += timedelta(seconds=30)
    assert await loops.deliver("telegram")
    row = await db.read(
        lambda tx: tx.execute(select(outbox.outbox.c.outcome, outbox.outbox.c.unknowns)).one()
    )
    assert tuple(row) == ("sent", 1) and len(lan.chat.newest()) == 2
    await loops.channels["telegram"].close()  # type: ignore[attr-defined]
    await db.close()
