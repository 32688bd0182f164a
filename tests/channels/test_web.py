"""What may come in through the web chat: wrong, huge, repeated, hostile; each gets its answer and nothing breaks."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSCloseCode, WSServerHandshakeError
from sqlalchemy import select

from bot.channels.web_door import PER_MINUTE, Seat
from bot.clock import Clock
from bot.loops import Loops
from locales import _
from storage import files, talks
from storage import web as transcript
from storage.inbox import inbox
from tests.channels.served import Served, Visitor, serve, visitor
from tests.world import DESK, FRIDAY

ID = "7b0f0c1e-3f0a-4c52-9d0e-6a1d4f5b8c21"


@pytest.fixture
async def served(desk_file: Path) -> AsyncIterator[Served]:
    async with serve(desk_file) as made:
        yield made


@pytest.fixture
async def lan(served: Served) -> AsyncIterator[Visitor]:
    async with visitor(served) as made:
        yield made


WRONG: dict[str, tuple[int, Any]] = {
    "not JSON": (400, b"{"),
    "not UTF-8": (400, b'{"id": "\xff"}'),
    "a list": (400, []),
    "a word": (400, "hello"),
    "deeper than any message": (400, b'{"a":' * 6000 + b"1" + b"}" * 6000),
    "a number of five thousand digits": (400, b'{"id": ' + b"9" * 5000 + b"}"),
    "no id": (400, {"text": "Xin chào"}),
    "an id that is none": (400, {"id": "abc", "text": "Xin chào"}),
    "an id that is a number": (400, {"id": 5, "text": "Xin chào"}),
    "text that is a list": (400, {"id": ID, "text": ["Xin chào"]}),
    "nothing": (400, {"id": ID, "text": " \n "}),
    "nothing that can be seen": (400, {"id": ID, "text": "\x00\u202e"}),
    "a choice that is an object": (400, {"id": ID, "choice": {"t": 1}}),
    "a choice with half a letter": (400, b'{"id": "%s", "choice": "t:\\ud800"}' % ID.encode()),
    "a choice with NUL": (400, {"id": ID, "choice": "t:\x00"}),
    "a choice with a number that no database holds": (400, {"id": ID, "choice": "t:" + "9" * 30}),
    "a choice that is too long": (413, {"id": ID, "choice": "t" * 65}),
    "text that is too long": (413, {"id": ID, "text": "x" * 4001}),
    "a body that is too long": (413, b'{"id": "%s", "text": "%s"}' % (ID.encode(), b"x" * 50_000)),
}


@pytest.mark.parametrize("name", WRONG)
async def test_wrong_input_is_refused_in_words_and_stored_nowhere(
    served: Served, lan: Visitor, name: str
) -> None:
    status, body = WRONG[name]
    answer = await lan.post(body)
    assert answer.status == status
    assert len((await answer.json())["error"]) > 10
    assert await served.stored() == 0


async def test_an_unknown_charset_is_no_obstacle(lan: Visitor) -> None:
    said = json.dumps({"id": ID, "text": "Xin chào"}).encode()
    assert (await lan.post(said, **{"Content-Type": "application/json; charset=klingon"})).status == 200


async def test_four_gigabytes_are_refused_before_they_come(served: Served, lan: Visitor) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
    writer.write(
        b"POST /messages HTTP/1.1\r\nHost: a\r\nContent-Length: 4294967296\r\nCookie: %s\r\n\r\n{"
        % lan.session.headers["Cookie"].encode()
    )
    assert b" 413 " in await reader.readline()
    writer.close()


async def test_a_body_without_an_end_is_refused_when_it_is_too_long(served: Served, lan: Visitor) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _part in range(100):
            yield b"x" * 1000

    answer = await lan.session.post(served.base + "messages", data=endless())
    assert answer.status == 413 and "error" in await answer.json()


async def test_what_nobody_can_see_is_left_out_and_the_rest_is_kept(served: Served, lan: Visitor) -> None:
    odd = b'{"id": "%s", "text": "Xin\\u0000 ch\\ud800\\u00e0o\\r\\nAnh \\u202e\\ud83d\\ude42"}' % ID.encode()
    assert (await lan.post(odd)).status == 200
    raw = await served.db.read(lambda tx: tx.execute(select(inbox.c.raw)).scalar_one())
    assert raw["text"] == "Xin chào\nAnh 🙂"


async def test_the_same_message_again_is_stored_once(served: Served, lan: Visitor) -> None:
    said = {"id": ID, "text": "Xin chào"}
    answers = await asyncio.gather(*(lan.post(said) for _time in range(8)))
    assert {(a.status, (await a.json())["seq"]) for a in answers} == {(200, 1)}
    assert await served.stored() == 1


async def test_somebody_who_writes_too_fast_is_asked_to_wait_and_nobody_else(
    served: Served, lan: Visitor
) -> None:
    answers = await asyncio.gather(*(lan.say(f"tin {n}") for n in range(PER_MINUTE * 3)))
    assert {a.status for a in answers} == {200, 429}
    assert await served.stored() <= PER_MINUTE * 2  # the minute of the clock may have turned
    async with visitor(served) as other:
        assert (await other.say("Xin chào")).status == 200


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://[", "https://desk.example.evil"]
)
async def test_a_foreign_page_can_neither_speak_nor_listen(served: Served, lan: Visitor, origin: str) -> None:
    assert (await lan.post({"id": ID, "text": "Xin chào"}, Origin=origin)).status == 403
    assert (await lan.get("me", Origin=origin)).status == 403
    with pytest.raises(WSServerHandshakeError, match="403"):
        await lan.line(Origin=origin)
    assert await served.stored() == 0


async def test_the_page_itself_may_speak_also_behind_a_proxy(served: Served, lan: Visitor) -> None:
    for origin in (served.base.rstrip("/"), "https://desk.example"):
        assert (await lan.post({"id": str(uuid.uuid4()), "text": "Xin chào"}, Origin=origin)).status == 200


@pytest.mark.parametrize("cookie", ["", "phananh48=short", "phananh48=" + "é" * 10, "other=1"])
async def test_without_a_cookie_of_ours_nothing_is_heard_and_a_new_one_is_given(
    served: Served, cookie: str
) -> None:
    async with visitor(served) as stranger:
        stranger.session.headers["Cookie"] = cookie
        assert (await stranger.say("Xin chào")).status == 403
        assert (await stranger.get("me")).status == 403
        with pytest.raises(WSServerHandshakeError, match="403"):
            await stranger.line()
        given = (await stranger.get("")).cookies["phananh48"]
        assert len(given.value) >= 40 and given["httponly"] and given["secure"] and given["samesite"] == "Lax"


async def test_who_has_a_cookie_keeps_it(lan: Visitor) -> None:
    assert "phananh48" not in (await lan.get("")).cookies


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fsettings.py",
        "..%2fweb.py",
        "%00",
        "x" * 3000,
        "chat.js%00",
        "__init__.py",
        "C:\\x",
    ],
)
async def test_no_name_leads_out_of_the_page_s_folder(lan: Visitor, name: str) -> None:
    for folder in ("static/", "files/"):
        assert (await lan.get(folder + name)).status in (400, 404)


async def test_scripts_are_served_as_scripts_and_asked_for_anew(lan: Visitor) -> None:
    first = await lan.get("static/chat.js")
    assert first.headers["Content-Type"].startswith("text/javascript")
    assert first.headers["Cache-Control"] == "no-cache"
    assert (await lan.get("static/chat.js", **{"If-None-Match": first.headers["ETag"]})).status == 304
    assert "script-src 'self'" in first.headers["Content-Security-Policy"]


async def test_a_file_is_there_for_its_own_chat_only(served: Served, lan: Visitor) -> None:
    await lan.say("Xin chào")
    name, chat = await served.files.keep(b"picture"), await chat_of(served)
    await served.db.write(
        lambda tx: files.add(
            tx, name=name, channel="web", chat=chat, filename='b"\r\n.png', mime="image/png", made_at=FRIDAY
        )
    )
    answer = await lan.get(f"files/{name}")
    assert answer.status == 200 and await answer.read() == b"picture"
    assert answer.headers["Content-Disposition"] == r'inline; filename="b\"\r\n.png"'
    async with visitor(served) as other:
        assert (await other.get(f"files/{name}")).status == 404


async def test_a_file_that_is_gone_is_not_there(served: Served, lan: Visitor) -> None:
    await lan.say("Xin chào")
    chat = await chat_of(served)
    await served.db.write(
        lambda tx: files.add(
            tx, name="a" * 32, channel="web", chat=chat, filename="a.png", mime="image/png", made_at=FRIDAY
        )
    )
    assert (await lan.get("files/" + "a" * 32)).status == 404


async def chat_of(served: Served) -> str:
    raws = await served.db.read(lambda tx: tx.execute(select(inbox.c.raw)).scalars().all())
    return str(raws[0]["chat"])


@pytest.mark.parametrize("after", ["", "-1", "²", "9" * 30, "x", "1e9"])
async def test_a_line_from_nowhere_begins_at_the_beginning(lan: Visitor, after: str) -> None:
    await lan.say("Xin chào")
    async with lan.line(after) as line:
        assert (await line.receive_json(timeout=5))["type"] == "now"
        assert (await line.receive_json(timeout=5))["text"] == "Xin chào"


async def test_what_was_written_comes_back_as_it_was(lan: Visitor) -> None:
    """The page shows it with textContent; here nothing may be changed, escaped or left out."""
    attack = "<img src=x onerror=alert(1)> **PA-7K2MX** javascript:alert(1) {{7*7}} </script>"
    await lan.say(attack)
    async with lan.line() as line:
        await line.receive_json(timeout=5)
        assert (await line.receive_json(timeout=5))["text"] == attack


async def test_five_hundred_lines_hear_the_same(served: Served, lan: Visitor) -> None:
    await lan.say("Xin chào")
    chat = await chat_of(served)
    lines = await asyncio.gather(*(lan.line("1") for _line in range(500)))
    await served.says_to(chat, "Chào Anh/Chị")
    for line in lines:
        heard = [await line.receive_json(timeout=10) for _frame in range(2)]
        assert [frame["type"] for frame in heard] == ["now", "message"] and heard[1]["text"] == "Chào Anh/Chị"
    await served.server.close()  # with all of them open
    assert {(await line.receive(timeout=5)).data for line in lines} == {WSCloseCode.GOING_AWAY}


async def test_what_another_process_shows_is_heard_too(served: Served, lan: Visitor) -> None:
    await lan.say("Xin chào")
    chat = await chat_of(served)
    body = {"from": "desk", "kind": "text", "text": "Chào Anh/Chị", "choices": [], "media": [], "lang": "vi"}
    async with lan.line("1") as line:
        assert (await line.receive_json(timeout=5))["type"] == "now"
        await served.db.write(lambda tx: transcript.show(tx, chat, "m9", body, FRIDAY))
        assert (await line.receive_json(timeout=10))["text"] == "Chào Anh/Chị"


async def test_a_change_of_language_reaches_the_page_also_after_a_restart(
    served: Served, lan: Visitor
) -> None:
    await lan.say("/ngonngu")
    chat = await chat_of(served)
    async with lan.line("1") as line:
        assert (await line.receive_json(timeout=5))["type"] == "now"
        await served.db.write(lambda tx: talks.set_lang(tx, talks.open_talk(tx, "web", chat).id, "en"))
        await served.says_to(chat, "From now on in English.", lang="en")
        said = await line.receive_json(timeout=5)
        assert said["type"] == "message" and "lang" not in said
        assert await line.receive_json(timeout=5) == {"type": "lang", "lang": "en"}


async def test_a_page_that_talks_on_its_line_is_hung_up_on(served: Served, lan: Visitor) -> None:
    line = await lan.line()
    await line.send_str("x" * 5000)
    while not line.closed:
        await line.receive(timeout=5)
    assert line.close_code == 1009
    assert (await lan.say("Xin chào")).status == 200


async def test_half_open_connections_hold_nobody_up(served: Served, lan: Visitor) -> None:
    idle = [await asyncio.open_connection("127.0.0.1", served.server.port) for _connection in range(100)]
    for _reader, writer in idle:
        writer.write(b"POST /messages HTTP/1.1\r\nHost: a\r\nContent-Le")
    assert (await lan.say("Xin chào")).status == 200


async def test_a_phone_that_only_receives_cannot_speak(desk_file: Path) -> None:
    seats = {"sms": Seat("demo-sms", "SMS", _("Phone that receives codes"), readonly=True)}
    async with serve(desk_file, seats) as served, visitor(served, "phones/sms/") as phone:
        assert (await phone.say("Xin chào")).status == 403
        assert (await phone.get("../nobody/")).status == 404
        assert await served.stored() == 0


async def test_a_fault_is_logged_without_what_was_said(
    served: Served, lan: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await lan.get("broken")
    assert answer.status == 500 and "error" in await answer.json()
    assert "a request failed" in caplog.text


NASTY = ("t:abc", "t:-1", "q:9:9:9", "r:0:words:0", "f::", "f:site:pick:x", "a:ack:zz", "b:🙂", "consent:", ":", "code:again:1",
         "join:x", "w:1", "language:xx", "record:7", "lookup:zz", "report:nothing", "staff:zz", "t:999999999999999999:take:1",
         "f:vaccine:Gam-COVID-Vac (SPUTNIK V)")  # fmt: skip


async def test_no_forged_press_is_too_odd_to_be_answered(served: Served, lan: Visitor) -> None:
    """Every press ends in a sentence, not in the list of parked messages."""
    for token in NASTY:
        answer = await lan.say("", choice=token, label="?", of="m999999999999999999")
        assert answer.status == 200, token
    loops = Loops(served.db, Clock(), DESK)
    loops.channels = {"web": served.web}
    while await loops.one_turn():
        pass
    rows = await served.db.read(lambda tx: tx.execute(select(inbox.c.raw, inbox.c.outcome)).all())
    assert [row.raw["choice"] for row in rows if row.outcome != "done"] == []
