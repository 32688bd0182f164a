"""The SMS channel against a gateway that does everything a gateway can do, and what the outbox makes of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
from sqlalchemy import Row, select

from bot import deliveries, turns
from bot.channels import Outcome, Outgoing, Refused, Sent, TryAgain, Unknown
from bot.channels.sms import Sms, dialled
from bot.loops import Loops
from bot.settings import load
from handlers.putting import send_sms
from handlers.turn import Moment
from storage import counts
from storage.db import Database
from storage.outbox import outbox
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import DESK, FRIDAY, KEY

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
PHONE, TEXT = "0912345678", 'Mã của Anh/Chị: "123456"\n\\'
QUICK, PATIENT = ClientTimeout(total=0.3), ClientTimeout(total=2)
SENT = Sent(parts=1)


@asynccontextmanager
async def gateway(answer: Answer, **settings: Any) -> AsyncIterator[tuple[Sms, list[Any]]]:
    """The channel, and what reached the gateway: JSON, other bodies as they are, and of GET the values in the address."""
    received: list[Any] = []

    async def take(request: web.Request) -> web.StreamResponse:
        body = await request.text()
        if request.method == "GET":
            received.append(dict(request.query))
        else:
            received.append(json.loads(body) if request.content_type == "application/json" else body)
        return await answer(request)

    application = web.Application()
    application.add_routes([web.route("*", "/sms", take)])
    async with TestServer(application, host="127.0.0.1") as server, ClientSession() as session:
        url = str(server.make_url("/sms")) + settings.pop("query", "")
        yield (
            Sms(
                load(_env_file=None, data_key=KEY, sms_url=url, **settings),
                session,
                QUICK if answer is never else PATIENT,
            ),
            received,
        )


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


def one(text: str = TEXT, **more: Any) -> Outgoing:
    return Outgoing(1, "key", {"phone": PHONE, "text": text}, None, FRIDAY, **more)


TABLE: dict[str, tuple[Answer, dict[str, str], Outcome]] = {
    "accepted": (answers(200, "anything"), {}, SENT),
    "accepted, no content": (answers(204), {}, SENT),
    "the success text": (answers(200, '{"code": 100}'), {"sms_success": r'"code":\s*100\b'}, SENT),
    "its number there": (
        answers(200, '{"code": 100,\n"id": "d533"}'),
        {"sms_success": r'"code":\s*100\b.*"id":\s*"(\w+)"'},
        Sent("d533", parts=1),
    ),
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
    "a proxy that waited in vain": (answers(504), {}, Unknown("status 504")),
    "no answer": (never, {}, Unknown("TimeoutError")),
    "hangs up": (hangs_up, {}, Unknown("ServerDisconnectedError")),
    "an answer that is no text": (no_text, {"sms_success": "OK"}, SENT),
    "an answer without an end": (endless, {"sms_success": "OK"}, SENT),
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


FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
SOAP = {"content-type": "text/xml; charset=utf-8", "SOAPAction": ""}
REQUESTS: dict[str, tuple[dict[str, Any], Any]] = {
    "JSON, and what some gateways want besides": (
        {"sms_template": '{"to": "{phone}", "t": "{text}", "id": "{id}", "u": {unicode}}', "sms_phone": "84"},
        {"to": "84912345678", "t": TEXT + "{phone}", "id": "261120000001", "u": 1},
    ),
    "a form": (
        {"sms_headers": json.dumps(FORM), "sms_template": "to={phone}&text={text}", "sms_phone": "+84"},
        "to=%2B84912345678&text=" + quote_plus(TEXT + "{phone}"),
    ),
    "XML": (
        {"sms_headers": json.dumps(SOAP), "sms_template": "<m><to>{phone}</to><t>{text}</t></m>"},
        f"<m><to>{PHONE}</to><t>Mã của Anh/Chị: &quot;123456&quot;\n\\{{phone}}</t></m>",
    ),
    "GET": (
        {"sms_method": "get", "query": "?to={phone}&text={text}&key=a%2Bb"},
        {"to": PHONE, "text": TEXT + "{phone}", "key": "a+b"},
    ),
    "without accents": (
        {"sms_text": "plain"},
        {"to": PHONE, "text": 'Ma cua Anh/Chi: "123456"\n\\{phone}'},
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
async def test_what_the_gateway_gets(name: str) -> None:
    settings, wanted = REQUESTS[name]
    async with gateway(answers(200), **settings) as (sms, received):
        assert await sms.send(one(TEXT + "{phone}")) == SENT
    assert received == [wanted]


async def test_one_content_type_is_sent(desk_file: Path) -> None:
    seen: list[list[str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request.headers.getall("Content-Type", []))
        return web.Response()

    async with gateway(answer, sms_headers=json.dumps(SOAP), sms_template="<a>{phone}{text}</a>") as (sms, _):
        await sms.send(one())
    async with gateway(answer) as (sms, _):
        await sms.send(one())
    assert seen == [["text/xml; charset=utf-8"], ["application/json"]]


@pytest.mark.parametrize("begins, number", [("0", PHONE), ("84", "84912345678"), ("+84", "+84912345678")])
def test_how_the_number_begins(begins: str, number: str) -> None:
    assert dialled(PHONE, begins) == number


async def test_long_news_is_cut_and_a_code_is_not() -> None:
    news = "Có kết quả phản ánh. " * 30
    async with gateway(answers(200)) as (sms, received):
        assert await sms.send(one(news)) == Sent(parts=3)
        code = Outgoing(1, "key", {"phone": PHONE, "text": news, "code": True}, None, FRIDAY)
        assert await sms.send(code) == Sent(parts=10)
    cut = received[0]["text"]
    assert cut.endswith("…") and news.startswith(cut.removesuffix("…") + " ") and received[1]["text"] == news


async def test_what_is_logged_of_an_sms(caplog: pytest.LogCaptureFixture) -> None:
    async with gateway(answers(200)) as (sms, _received):
        with caplog.at_level(logging.INFO, "bot.sms"):
            await sms.send(one())
    assert [record.fields for record in caplog.records if record.name == "bot.sms"] == [  # type: ignore[attr-defined]
        {"outbox": 1, "parts": 1, "encoding": "ucs2"}
    ]


async def delivered(desk_file: Path, sms: Sms, tries: int, rank: str = "code") -> Row[Any]:
    """The outbox row of one SMS after that many tries, each as soon as it is due."""
    db, clock = Database(f"sqlite:///{desk_file}", Vault(KEY)), SetClock(FRIDAY)
    loops = Loops(db, clock, DESK)
    loops.channels = {"sms": sms}
    await db.write(
        lambda tx: send_sms(Moment(tx, FRIDAY, FRIDAY, DESK), PHONE, TEXT, rank=rank, dedupe="code:1")
    )
    for _try in range(tries):
        await loops.deliver()
        clock.at += timedelta(hours=1)
    row = await db.read(lambda tx: tx.execute(select(outbox).where(outbox.c.channel == "sms")).one())
    await db.close()
    return row


async def test_a_code_of_which_nothing_is_known_is_sent_again_in_the_same_words_and_counted(
    desk_file: Path,
) -> None:
    turns = iter([never, hangs_up, answers(500), answers(200)])

    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(turns)(request)

    async with gateway(answer) as (sms, received):
        row = await delivered(desk_file, sms, 4)
    assert received == [{"to": PHONE, "text": TEXT}] * 4
    assert (row.outcome, row.unknowns, row.attempts, row.parts) == ("sent", 2, 4, 1)


async def test_news_of_which_nothing_is_known_is_not_sent_again_but_counted(desk_file: Path) -> None:
    async with gateway(never) as (sms, received):
        row = await delivered(desk_file, sms, 4, "reply")
    assert len(received) == 1 and (row.outcome, row.unknowns, row.parts) == ("refused", 1, None)


async def test_news_that_somebody_died_over_is_not_sent_again(desk_file: Path) -> None:
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    moment = turns.Now(FRIDAY, FRIDAY)
    await db.write(lambda tx: send_sms(Moment(tx, FRIDAY, FRIDAY, DESK), PHONE, TEXT))
    await db.write(lambda tx: deliveries.claim_outgoing(tx, moment, 1, "sms"))
    loops = Loops(db, SetClock(FRIDAY + timedelta(hours=1)), DESK)
    async with gateway(answers(200)) as (sms, received):
        loops.channels = {"sms": sms}
        await loops.deliver()
    row = await db.read(lambda tx: tx.execute(select(outbox).where(outbox.c.channel == "sms")).one())
    await db.close()
    assert received == [] and (row.outcome, row.unknowns) == ("refused", 1)


async def test_news_that_surely_did_not_go_is_tried_again(desk_file: Path) -> None:
    turns = iter([answers(503), answers(429), answers(200)])

    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(turns)(request)

    async with gateway(answer) as (sms, received):
        row = await delivered(desk_file, sms, 4, "reply")
    assert len(received) == 3 and (row.outcome, row.parts) == ("sent", 1)


async def test_the_sms_that_were_paid_for_are_counted(desk_file: Path) -> None:
    async with gateway(answers(200)) as (sms, _received):
        await delivered(desk_file, sms, 1)
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    assert (await db.read(counts.queues))["sms_parts"] == 1
    await db.close()


async def test_refused_is_not_tried_again(desk_file: Path) -> None:
    async with gateway(answers(400)) as (sms, received):
        row = await delivered(desk_file, sms, 3)
    assert len(received) == 1 and row.outcome == "refused"


async def test_a_gateway_that_never_works_is_given_up_at_last(desk_file: Path) -> None:
    async with gateway(answers(500)) as (sms, received):
        row = await delivered(desk_file, sms, 12)
    assert len(received) == 8 and row.outcome == "gave_up"
