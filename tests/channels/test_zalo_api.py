"""Calls to Zalo's OpenAPI: what goes out, which errors are what, and a token that is not taken."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.zalo_api import HttpError, NoToken, ZaloError
from bot.channels.zalo_request import Request
from tests.channels.zalo_desk import CALL, Desk, Wire, desk, no

WELL = {"data": {"message_id": "63ecf43f"}, "error": 0, "message": "Success"}
BODY = {"recipient": {"user_id": "2512"}, "message": {"text": "xin chào"}}
Make = Callable[..., Desk]


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Make]:
    made: list[Desk] = []

    def a_desk(*answers: Any, **more: Any) -> Desk:
        made.append(desk(desk_file, Wire(answers={CALL: list(answers), **more})))
        return made[-1]

    yield a_desk
    for one in made:
        await one.close()


def used(made: Desk) -> list[str]:
    return [headers["access_token"] for headers, _body in made.wire.of(CALL)]


async def test_a_call(make: Make) -> None:
    made = make(WELL)
    assert await made.api.post(CALL, BODY) == {"message_id": "63ecf43f"}
    assert made.wire.of(CALL) == [({"access_token": "access-1"}, BODY)]


@pytest.mark.parametrize("answer", [{"error": 0}, {"error": "0", "data": None}, {"data": []}, {}])
async def test_an_answer_without_data_is_one_all_the_same(make: Make, answer: Any) -> None:
    assert await make(answer).api.post(CALL, BODY) == {}


@pytest.mark.parametrize(("answer", "error"), [
    (no(-230, "out of window"), ZaloError(-230, "out of window")),
    (no("-32"), ZaloError(-32, "no")),
    ((400, no(-201)), ZaloError(-201, "no")),
    (no("?"), ZaloError(-1, "no")),
    (no(-201, "x" * 999), ZaloError(-201, "x" * 300)),
    ((500, no(-201)), HttpError(500)),
    ((429, b""), HttpError(429)),
    ((404, b"not here"), HttpError(404)),
    ((302, {}), HttpError(302)),
    ((200, b"<html>"), HttpError(200)),
    ((200, b"[]"), HttpError(200)),
])  # fmt: skip
async def test_errors(make: Make, answer: Any, error: Exception) -> None:
    made = make(answer)
    with pytest.raises(type(error)) as raised:
        await made.api.post(CALL, BODY)
    assert vars(raised.value) == vars(error)
    assert len(used(made)) == 1


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), TimeoutError()])
async def test_what_the_network_does_is_left_to_the_sender(make: Make, error: Exception) -> None:
    with pytest.raises(type(error)):
        await make(error).api.post(CALL, BODY)


@pytest.mark.parametrize("code", [-216, -220, "-216"])
async def test_a_token_that_is_not_taken_is_renewed_once(make: Make, code: Any) -> None:
    made = make(no(code), WELL)
    assert await made.api.post(CALL, BODY) == {"message_id": "63ecf43f"}
    assert used(made) == ["access-1", "access-2"]
    assert len(made.wire.exchanges) == 2


async def test_an_upload_is_sent_whole_again(make: Make) -> None:
    made = make(no(-216), WELL)
    await made.api.upload(CALL, "giay.pdf", b"%PDF-", "application/pdf")
    first, second = (body for _headers, body in made.wire.of(CALL))
    assert first is not second and isinstance(second, aiohttp.FormData)


async def test_where_the_new_one_is_not_taken_either_the_token_is_not_the_trouble(make: Make) -> None:
    """«-216» is also said for a missing right: every message would otherwise cost a refresh token."""
    made = make(*[no(-216)] * 9)
    for _message in range(3):
        with pytest.raises(ZaloError):
            await made.api.post(CALL, BODY)
    assert len(made.wire.exchanges) == 2
    made.clock.at += timedelta(minutes=6)
    with pytest.raises(ZaloError):
        await made.api.post(CALL, BODY)
    assert len(made.wire.exchanges) == 3


async def test_a_token_that_another_process_renewed_is_simply_read(make: Make, desk_file: Path) -> None:
    made = make(no(-216), WELL)
    await made.tokens.access()
    other = desk(desk_file, made.wire, made.clock)
    await other.tokens.newer_than("access-1")
    made.wire.answers[CALL] = [no(-216), WELL]
    old, made.tokens.access = made.tokens.access, stale  # type: ignore[method-assign]
    await made.api.post(CALL, BODY)
    made.tokens.access = old  # type: ignore[method-assign]
    assert used(made) == ["access-1", "access-2"] and len(made.wire.exchanges) == 2
    await other.db.close()


async def stale() -> str:
    return "access-1"


async def test_without_a_token_nothing_is_sent(make: Make) -> None:
    made = make(**{"/v4/oa/access_token": [no(-14014)]})
    with pytest.raises(NoToken):
        await made.api.post(CALL, BODY)
    assert used(made) == []


async def test_one_that_is_refused_while_zalo_gives_no_other_is_not_tried_again(make: Make) -> None:
    made = make(no(-216))
    await made.tokens.access()
    made.wire.answers["/v4/oa/access_token"] = [no(-14014)]
    for _message in range(3):
        with pytest.raises(NoToken):
            await made.api.post(CALL, BODY)
    assert used(made) == ["access-1"]


async def test_over_the_wire() -> None:
    """As a server reads it: the token in a header, JSON, a form with the file; and no redirect is followed."""
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/away":
            raise web.HTTPFound("/call")
        part = (await request.post()).get("file") if "multipart" in request.content_type else None
        if isinstance(part, web.FileField):
            seen.append((part.filename, part.content_type, part.file.read()))
        else:
            seen.append((request.headers["access_token"], await request.text()))
        return web.json_response(WELL)

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server:
        request, base = Request(str(server.make_url("/"))), str(server.make_url("/"))
        form = aiohttp.FormData()
        form.add_field("file", b"%PDF-", filename="giay.pdf", content_type="application/pdf")
        await request.post(base + "call", {"access_token": "a"}, json={"text": "ờ"})
        await request.post(base + "call", {"access_token": "a"}, data=form)
        status, _content = await request.post(base + "away", {"access_token": "a"}, json={})
        await request.close()
    assert seen == [("a", '{"text": "\\u1edd"}'), ("giay.pdf", "application/pdf", b"%PDF-")]
    assert status == 302
