"""The way to Telegram with real sockets: what was surely not delivered, what perhaps was, proxies, and no token anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.channels import NoMedia
from bot.channels.telegram_api import Api
from bot.channels.telegram_request import Request, Unreached
from handlers.incoming import Media
from tests.channels.telegram_stub import TOKEN, Wire, desk, no, ok, settings
from tests.running import free_port

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def bot_api(answer: Answer, **more: Any) -> AsyncIterator[Api]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    api = Api(settings(telegram_api=str(server.make_url("")).rstrip("/"), **more))
    try:
        yield api
    finally:
        await api.close()
        await server.close()


async def heard(request: web.Request) -> web.Response:
    form = await request.post()
    return web.json_response(
        {"ok": True, "result": [request.path, {k: v for k, v in form.items() if isinstance(v, str)}]}
    )


async def test_a_call_is_a_form_with_objects_as_json() -> None:
    async with bot_api(heard) as api:
        path, form = await api.call(
            "sendMessage", chat_id="777", text="Chào", reply_markup={"a": [1]}, thread=None
        )
    assert path == f"/bot{TOKEN}/sendMessage"
    assert form == {"chat_id": "777", "text": "Chào", "reply_markup": '{"a": [1]}'}


async def test_a_call_that_waits_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_request: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    async with bot_api(never) as api:
        with pytest.raises(TimedOut):
            await api.call("sendMessage", read_timeout=0.1)


async def test_a_line_that_breaks_may_have_delivered() -> None:
    async def breaks(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.close()
        return web.Response()

    async with bot_api(breaks) as api:
        with pytest.raises(NetworkError) as error:
            await api.call("sendMessage")
    assert not isinstance(error.value, Unreached | BadRequest) and TOKEN not in str(error.value)


@pytest.mark.parametrize("proxy", ["", "socks5", "http"])
async def test_nobody_there_means_surely_not_delivered(proxy: str) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    way = {"telegram_proxy": f"{proxy}://{nobody}"} if proxy else {}
    api = Api(settings(telegram_api=f"http://{nobody}", **way))
    with pytest.raises(Unreached) as error:
        await api.call("sendMessage")
    assert TOKEN not in repr(error.value)
    await api.close()


async def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 65536)

    monkeypatch.setattr("bot.channels.telegram_request.LONGEST", 500_000)
    async with bot_api(endless) as api:
        with pytest.raises(NetworkError, match="TooLong"):
            await api.download("photos/file_1.jpg")


@asynccontextmanager
async def proxy(user: bytes = b"") -> AsyncIterator[tuple[int, list[bytes]]]:
    """A SOCKS5 proxy for names; what it was asked for."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _version, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        *_head, kind = await reader.readexactly(4)
        assert kind == 3, "the name must be looked up by the proxy"
        name = await reader.readexactly((await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        asked.append(name)
        there = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await asyncio.gather(_pass_on(reader, there[1]), _pass_on(there[0], writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(65536):
        writer.write(part)
    writer.close()


async def test_through_a_proxy_that_looks_the_name_up() -> None:
    async with proxy() as (port, asked), bot_api(heard) as direct:
        there = direct._files.split("/")[2].replace("127.0.0.1", "telegram.example")
        api = Api(settings(telegram_api=f"http://{there}", telegram_proxy=f"socks5://127.0.0.1:{port}"))
        path, _form = await api.call("getMe")
        await api.close()
    assert path.endswith("/getMe") and asked == [b"telegram.example"]


FILE = ok({"file_id": "f", "file_path": "photos/file 1.jpg", "file_size": 4})


@pytest.mark.parametrize(
    "size, answers, code",
    [
        (20_000_001, {}, "too_big"),
        (None, {"getFile": [no(400, "Bad Request: file is too big")]}, "too_big"),
        (None, {"getFile": [ok({"file_path": "a", "file_size": 20_000_001})]}, "too_big"),
        (None, {"getFile": [no(400, "Bad Request: wrong file_id or the file is temporarily unavailable")]}, "gone"),
        (None, {"getFile": [ok({"file_id": "f"})]}, "gone"),
        (None, {"getFile": [FILE], "download": [no(404, "Not Found")]}, "gone"),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_be_had(desk_file: Path, size: int | None, answers: Any, code: str) -> None:
    made = desk(desk_file, Wire(answers=answers))
    with pytest.raises(NoMedia) as why:
        await made.telegram.fetch(Media("f", "photo", "image/jpeg", size))
    assert why.value.code == code
    await made.db.close()


async def test_a_file_is_fetched_by_the_address_that_holds_the_token(desk_file: Path) -> None:
    made = desk(desk_file, Wire(answers={"getFile": [FILE], "download": [(200, b"jpeg")]}))
    assert await made.telegram.fetch(Media("f", "photo")) == b"jpeg"
    assert made.wire.of("download")[0]["url"].endswith(f"/file/bot{TOKEN}/photos/file%201.jpg")
    await made.db.close()


async def test_a_file_while_telegram_cannot_be_reached_is_tried_again(desk_file: Path) -> None:
    made = desk(desk_file, Wire(answers={"getFile": [Unreached("x")]}))
    with pytest.raises(Unreached):
        await made.telegram.fetch(Media("f", "photo"))
    await made.db.close()


async def test_closing_what_was_never_opened() -> None:
    await Request("socks5://127.0.0.1:1").shutdown()
