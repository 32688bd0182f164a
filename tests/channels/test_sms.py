"""The SMS channel against a gateway that does everything a gateway can do, and what the outbox makes of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
from sqlalchemy import Row, select

from bot.channels import Outcome, Outgoing, Refused, Sent, TryAgain, Unknown
from bot.channels.sms import Sms, fill
from bot.loops import Loops
from bot.settings import load
from handlers.putting import send_sms
from handlers.turn import Moment
from storage.db import Database
from storage.outbox import outbox
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import DESK, FRIDAY, KEY

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
PHONE, TEXT = "0912345678", 'Mã của Anh/Chị: "123456"\n\\'
QUICK = ClientTimeout(total=0.3)


@asynccontextmanager
async def gateway(answer: Answer, **settings: Any) -> AsyncIterator[tuple[Sms, list[Any]]]:
    """The channel, and the bodies that reached the gateway."""
    received: list[Any] = []

    async def take(request: web.Request) -> web.StreamResponse:
        received.append(await request.json() if request.method == "POST" else request.method)
        return await answer(request)

    application = web.Application()
    application.add_routes([web.route("*", "/sms", take)])
    async with TestServer(application, host="127.0.0.1") as server, ClientSession() as session:
        url = str(server.make_url("/sms"))
        yield Sms(load(_env_file=None, data_key=KEY, sms_url=url, **settings), session, QUICK), received


def answers(status: int, text: str = "", **headers: str) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=text, headers=headers)

    return answer


async def never(_request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def hangs_up(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


async def no_text(_request: web.Request) -> web.Response:
    return web.Response(body=b"\xff\xfeOK", headers={"Content-Type": "text/plain; charset=klingon"})


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        while True:
            await response.write(b"OK" * 10_000)
    return response


def one(number: int = 1) -> Outgoing:
    return Outgoing(number, "key", {"phone": PHONE, "text": TEXT}, None, FRIDAY)


TABLE: dict[str, tuple[Answer, dict[str, str], Outcome]] = {
    "accepted": (answers(200, "anything"), {}, Sent()),
    "accepted, no content": (answers(204), {}, Sent()),
    "the success text": (answers(200, '{"code": 100}'), {"sms_success": '"code": 100'}, Sent()),
    "200, but not the success text": (
        answers(200, '{"code": 99}'),
        {"sms_success": '"code": 100'},
        Refused("SMS_SUCCESS is not in the answer"),
    ),
    "refused": (answers(400), {}, Refused("status 400")),
    "wrong password": (answers(401), {}, Refused("status 401")),
    "sent elsewhere": (answers(302, Location="/sms"), {}, Refused("status 302")),
    "too fast": (answers(429), {}, TryAgain("status 429")),
    "too fast, with a time": (
        answers(429, **{"Retry-After": "30"}),
        {},
        TryAgain("status 429", timedelta(seconds=30)),
    ),
    "too fast, with nonsense": (answers(429, **{"Retry-After": "²"}), {}, TryAgain("status 429")),
    "broken": (answers(500), {}, TryAgain("status 500")),
    "no answer": (never, {}, Unknown("TimeoutError")),
    "hangs up": (hangs_up, {}, Unknown("ServerDisconnectedError")),
    "an answer that is no text": (no_text, {"sms_success": "OK"}, Sent()),
    "an answer without an end": (endless, {"sms_success": "OK"}, Sent()),
}


@pytest.mark.parametrize("name", TABLE)
async def test_what_the_gateway_does_and_what_that_means(name: str) -> None:
    answer, settings, meaning = TABLE[name]
    async with gateway(answer, **settings) as (sms, received):
        found = await sms.send(one())
    if isinstance(meaning, Unknown):
        assert isinstance(found, Unknown)
    else:
        assert found == meaning
    assert received == [{"to": PHONE, "text": TEXT}]


async def test_nobody_there_is_surely_not_sent() -> None:
    async with ClientSession() as session:
        sms = Sms(load(_env_file=None, data_key=KEY, sms_url="http://127.0.0.1:1/"), session, QUICK)
        assert await sms.send(one()) == TryAgain("the gateway cannot be reached")


async def test_without_a_gateway_nothing_is_tried() -> None:
    async with ClientSession() as session:
        assert await Sms(load(_env_file=None, data_key=KEY), session).send(one()) == Refused(
            "SMS_URL is not set"
        )


def test_the_template_is_filled_as_inside_json_quotes() -> None:
    body = fill('{"to": "{phone}", "text": "{text}"}', '09"1', 'a "b" {phone}\n')
    assert json.loads(body) == {"to": '09"1', "text": 'a "b" {phone}\n'}


async def delivered(desk_file: Path, sms: Sms, tries: int) -> Row[Any]:
    """The outbox row of one SMS after that many tries, each as soon as it is due."""
    db, clock = Database(f"sqlite:///{desk_file}", Vault(KEY)), SetClock(FRIDAY)
    loops = Loops(db, clock, DESK)
    loops.channels = {"sms": sms}
    await db.write(lambda tx: send_sms(Moment(tx, FRIDAY, FRIDAY, DESK), PHONE, TEXT, dedupe="code:1"))
    for _try in range(tries):
        await loops.deliver()
        clock.at += timedelta(hours=1)
    row = await db.read(lambda tx: tx.execute(select(outbox).where(outbox.c.channel == "sms")).one())
    await db.close()
    return row


async def test_unknown_is_sent_again_in_the_same_words_and_counted(desk_file: Path) -> None:
    turns = iter([never, hangs_up, answers(500), answers(200)])

    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(turns)(request)

    async with gateway(answer) as (sms, received):
        row = await delivered(desk_file, sms, 4)
    assert received == [{"to": PHONE, "text": TEXT}] * 4
    assert (row.outcome, row.unknowns, row.attempts) == ("sent", 2, 4)


async def test_refused_is_not_tried_again(desk_file: Path) -> None:
    async with gateway(answers(400)) as (sms, received):
        row = await delivered(desk_file, sms, 3)
    assert len(received) == 1 and row.outcome == "refused"


async def test_a_gateway_that_never_works_is_given_up_at_last(desk_file: Path) -> None:
    async with gateway(answers(500)) as (sms, received):
        row = await delivered(desk_file, sms, 12)
    assert len(received) == 8 and row.outcome == "gave_up"
