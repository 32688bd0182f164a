"""The webhook: who may bring updates, and that they are in the inbox before the answer."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot import http
from bot.channels import Channel, telegram_arrival
from storage.inbox import inbox
from tests.channels.telegram_stub import GROUP, HOME, SECRET, Desk, desk, message, update

HEADER = "X-Telegram-Bot-Api-Secret-Token"
HOOK: dict[str, Any] = {
    "telegram_webhook_url": "https://desk.example/telegram",
    "telegram_webhook_secret": SECRET,
}


@asynccontextmanager
async def hooked(path: Path) -> AsyncIterator[tuple[Desk, str]]:
    made = desk(path, **HOOK)
    server = TestServer(http.application(made.db, made.telegram.routes()), host="127.0.0.1")
    await server.start_server()
    try:
        yield made, str(server.make_url("/telegram"))
    finally:
        await server.close()
        await made.db.close()


async def bring(address: str, body: Any, secret: str | None = SECRET, **more: str) -> tuple[int, str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = more | ({HEADER: secret} if secret is not None else {})
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=data, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def rows(made: Desk) -> list[Any]:
    return await made.db.read(lambda tx: list(tx.execute(select(inbox).order_by(inbox.c.id))))


async def test_an_update_is_stored_once_and_raw(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        one = update(7, message=message(text="xin chào"))
        assert [await bring(address, one) for _time in range(2)] == [(200, "")] * 2
        (row,) = await rows(made)
    assert (row.channel, row.event_id, row.lane, row.album) == (
        "telegram",
        "666000666:7",
        "telegram:777",
        None,
    )
    assert row.raw["update"] == one and row.received_at == made.clock.now()
    assert made.rung


async def test_nobody_else_brings_updates(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        for secret in (None, "", "wrong", SECRET + "x", "đ"):
            assert await bring(address, update(message=message(text="a")), secret) == (403, "")
        assert await rows(made) == []


async def test_an_update_may_be_longer_than_what_people_type(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        long = message(
            text="đ" * 4096, entities=[{"type": "bold", "offset": n, "length": 1} for n in range(4096)]
        )
        assert (await bring(address, update(message=long)))[0] == 200
        assert (await bring(address, b'{"a": "' + b"x" * 1_000_001 + b'"}'))[0] == 400
        assert len(await rows(made)) == 1


async def test_what_cannot_be_read_or_is_for_nobody_is_not_stored(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        assert (await bring(address, b"{"))[0] == 400
        assert (await bring(address, b"[" * 90_000))[0] == 400
        nothing: list[Any] = [[], {}, update(poll={"id": "1"}), {"message": message(text="a")}, update(message=message(GROUP, pinned_message={}))]  # fmt: skip
        for one in nothing:
            assert await bring(address, one) == (200, "")
        assert await rows(made) == []


async def test_the_same_update_three_times_at_once_is_stored_once(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        part = message(photo=[{"file_id": "a"}], media_group_id="1")
        for one in (update(7, message=message(text="xin chào")), update(8, message=part)):
            answers = await asyncio.gather(*(bring(address, one) for _time in range(3)))
            assert answers == [(200, "")] * 3
        assert len(await rows(made)) == 2


async def test_who_falls_silent_or_packs_badly_is_answered(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger is not even listened to; a body that unpacks to hundreds of megabytes is put away at the first."""
    monkeypatch.setattr(telegram_arrival, "BODY_SECONDS", 0.05)
    async with hooked(desk_file) as (made, address):
        for secret, answer in ((SECRET, b"HTTP/1.1 400"), ("wrong", b"HTTP/1.1 403")):
            assert (await _begins(address, secret)).startswith(answer)
        monkeypatch.undo()
        for body in (b"not packed", gzip.compress(b"[" + b" " * 50_000_000 + b"]")):
            assert (await bring(address, body, **{"Content-Encoding": "gzip"}))[0] == 400
        assert await rows(made) == []


async def _begins(address: str, secret: str) -> bytes:
    """Promises a hundred bytes, and sends one."""
    host, port = address.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /telegram HTTP/1.1\r\nHost: desk\r\n{HEADER}: {secret}\r\nContent-Length: 100\r\n\r\n{{"
    writer.write(head.encode())
    answer = await reader.readuntil(b"\r\n")
    writer.close()
    return answer


async def test_parts_of_an_album_wait_for_one_another(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        photo = [{"file_id": "a"}]
        await bring(address, update(1, message=message(photo=photo, media_group_id="1338")))
        (row,) = await rows(made)
    assert row.album == "1338" and row.run_at > made.clock.machine()


async def test_half_a_character_keeps_nothing_from_being_stored(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        half = json.dumps(update(message=message(text="a\ud800b"))).encode()
        assert b"\\ud800" in half and (await bring(address, half))[0] == 200
        (row,) = await rows(made)
    assert made.telegram.parse(row.raw).text == "a?b"


async def test_without_a_webhook_there_is_no_door(desk_file: Path) -> None:
    made: Channel = desk(desk_file).telegram
    assert made.routes() == ()


async def test_one_chat_is_one_lane(desk_file: Path) -> None:
    made = desk(desk_file)
    await made.telegram._arrivals.keep([update(n, message=message(chat, text="/menu")) for n, chat in enumerate((HOME, GROUP, HOME))])  # fmt: skip
    assert [row.lane for row in await rows(made)] == [
        "telegram:777",
        "telegram:-1001234567890",
        "telegram:777",
    ]
    await made.db.close()
