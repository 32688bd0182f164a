"""The webhook of Zalo: who may bring events, which of them are kept, and that all of Zalo's are answered with 200."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot import http
from bot.channels import zalo_arrival
from storage.inbox import inbox
from tests.channels.zalo_desk import APP, LAN, OA, Desk, desk, dumps, event, files, follow, signature, text

HEADER, TIME = "X-ZEvent-Signature", "X-ZEvent-Timestamp"
BODY_TIME, HEADER_TIME = "1543908534740", "1543908539999"


@asynccontextmanager
async def hooked(path: Path, **settings: Any) -> AsyncIterator[tuple[Desk, str]]:
    made = desk(path, **settings)
    server = TestServer(http.application(made.db, made.zalo.routes()), host="127.0.0.1")
    await server.start_server()
    try:
        yield made, str(server.make_url("/zalo"))
    finally:
        await server.close()
        await made.close()


async def post(address: str, body: bytes, **headers: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def bring(address: str, one: dict[str, Any], **headers: str) -> int:
    body = dumps(one)
    signed = {HEADER: "mac=" + signature(body, time=str(one.get("timestamp")))}
    return (await post(address, body, **signed | headers))[0]


async def rows(made: Desk) -> list[Any]:
    return await made.db.read(lambda tx: list(tx.execute(select(inbox).order_by(inbox.c.id))))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "bot.zalo"]


async def test_an_event_is_stored_once_and_raw(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        one = text("tra cứu")
        retries: list[dict[str, str]] = [{}, {}, {"num_retry": "1"}, {"num_retry": "2"}]
        assert [await bring(address, one, **more) for more in retries] == [200] * 4
        (row,) = await rows(made)
    assert (row.channel, row.event_id, row.lane) == ("zalo", "96d3cdf3af150460909", f"zalo:{LAN}")
    assert row.raw == one and row.received_at == made.clock.now()
    assert made.rung == [None], "a retry wakes nobody"


@pytest.mark.parametrize("mark", ["", "mac=", "MAC="])
@pytest.mark.parametrize(("first", "time", "reading"), [
    (APP, BODY_TIME, "app_id, time of the body"),
    (APP, HEADER_TIME, "app_id, time of the header"),
    (OA, BODY_TIME, "oa_id, time of the body"),
    (OA, HEADER_TIME, "oa_id, time of the header"),
])  # fmt: skip
async def test_every_reading_of_the_signature(
    desk_file: Path, caplog: pytest.LogCaptureFixture, mark: str, first: str, time: str, reading: str
) -> None:
    caplog.set_level(logging.INFO, "bot.zalo")
    async with hooked(desk_file) as (made, address):
        for msg_id in ("1", "2"):
            body = dumps(text("a", msg_id))
            given = {HEADER: mark + signature(body, first, time), TIME: HEADER_TIME}
            assert await post(address, body, **given) == (200, "")
        assert len(await rows(made)) == 2
    (told,) = [record for record in caplog.records if record.message == "Zalo signs its events"]
    assert told.fields["reading"] == reading + (", mac=" if mark else "")  # type: ignore[attr-defined]


def _wrong() -> dict[str, tuple[bytes, dict[str, str]]]:
    body, other = dumps(text("a")), dumps(text("b"))
    return {
        "none": (body, {}),
        "empty": (body, {HEADER: ""}),
        "only the mark": (body, {HEADER: "mac="}),
        "letters": (body, {HEADER: "mac=đ"}),
        "another body": (body, {HEADER: "mac=" + signature(other)}),
        "another secret": (body, {HEADER: "mac=" + signature(body, secret="app-secret-0")}),
        "another app": (body, {HEADER: "mac=" + signature(body, "111111")}),
        "another time": (body, {HEADER: "mac=" + signature(body, time="1543908534741")}),
        "no time": (body, {HEADER: "mac=" + signature(body, time="")}),
        # The same bytes were signed, cut elsewhere: what is left of the body poses as the time.
        "the time is no number": (body[:-1] + b"}", {HEADER: signature(body, time="}1"), TIME: "}1"}),
        "a list": (b"[]", {HEADER: signature(b"[]")}),
        "nearly the probe": (b'{"a":1}', {}),
    }


@pytest.mark.parametrize("case", _wrong())
async def test_nobody_else_brings_events(desk_file: Path, case: str) -> None:
    body, headers = _wrong()[case]
    async with hooked(desk_file) as (made, address):
        assert (await post(address, body, **headers))[0] == 403
        assert await rows(made) == []


async def test_the_probe_of_the_console_needs_no_signature(desk_file: Path) -> None:
    async with hooked(desk_file) as (made, address):
        for body in (b"{}", b" {}\n"):
            assert await post(address, body) == (200, "")
        assert await rows(made) == [] and not made.rung


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": "' + b"x" * 1_000_001 + b'"}']
)
async def test_what_cannot_be_read_is_noted_without_its_content(
    desk_file: Path, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    async with hooked(desk_file) as (made, address):
        assert (await post(address, body))[0] == 400
        assert await rows(made) == []
    assert "an event of Zalo could not be read" in lines(caplog)


IGNORED: dict[str, dict[str, Any]] = {
    "an echo": {"event_name": "oa_send_text", "sender": {"id": OA}, "recipient": {"id": LAN}},
    "an echo of a person's": {"event_name": "oa_send_text", "sender": {"id": OA, "admin_id": "77"},
                              "recipient": {"id": LAN}},
    "an echo of an image": {"event_name": "oa_send_image", "sender": {"id": OA}, "recipient": {"id": LAN}},
    "seen": {"event_name": "user_seen_message"},
    "received": {"event_name": "user_received_message"},
    "a tag": {"event_name": "add_user_to_tag"},
    "words in a group": {"event_name": "user_send_group_text"},
    "a group": {"event_name": "create_group"},
    "unheard of": {"event_name": "something_new"},
    "without a sender": {"sender": None},
    "a sender that is a number": {"sender": {"id": 246845883529197922}},
    "a sender that is no id": {"sender": {"id": "a b\x00"}},
    "a name that is none": {"event_name": "user_send_\x00"},
    "no name": {"event_name": None},
}  # fmt: skip


@pytest.mark.parametrize("case", IGNORED)
async def test_what_nobody_said_to_us_is_answered_and_not_kept(desk_file: Path, case: str) -> None:
    async with hooked(desk_file) as (made, address):
        assert await bring(address, text("a", **IGNORED[case])) == 200
        assert await rows(made) == [] and not made.rung


async def test_following_and_forms_have_no_id_of_their_own(desk_file: Path) -> None:
    form = event("user_submit_info", info={"phone": "84912345678"})
    later = follow() | {"timestamp": "1543979999999"}
    async with hooked(desk_file) as (made, address):
        for one in (follow(), follow(), follow("unfollow"), later, form, form):
            assert await bring(address, one) == 200
        kept = await rows(made)
    assert [row.raw for row in kept] == [follow(), follow("unfollow"), later, form]
    assert {row.lane for row in kept} == {f"zalo:{LAN}"}
    assert all(len(row.event_id) <= 80 and LAN not in row.event_id for row in kept)


@pytest.mark.parametrize("msg_id", [None, 5, "", "x" * 500, "a b\x00"])
async def test_a_strange_message_id_is_one_all_the_same(desk_file: Path, msg_id: Any) -> None:
    one = text("a", msg_id)
    other = text("b", msg_id) | {"timestamp": "1543908534799"}
    async with hooked(desk_file) as (made, address):
        assert [await bring(address, each) for each in (one, one, other)] == [200] * 3
        assert [row.raw["message"]["text"] for row in await rows(made)] == ["a", "b"]


async def test_another_account_of_the_same_app_is_not_ours(
    desk_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    theirs = [text("a", recipient={"id": "999"}), follow() | {"oa_id": "999"}]
    async with hooked(desk_file, zalo_oa_id=OA) as (made, address):
        for one in [*theirs, text("b"), follow()]:
            assert await bring(address, one) == 200
        assert [row.raw for row in await rows(made)] == [text("b"), follow()]
    assert "an event of another Official Account; ZALO_OA_ID names ours" in lines(caplog)
    async with hooked(desk_file) as (made, address):
        assert await bring(address, text("c", "3", recipient={"id": "999"})) == 200
        assert (await rows(made))[-1].raw["message"]["text"] == "c", "nobody said which one is ours"


async def test_what_no_database_takes_is_left_out(desk_file: Path) -> None:
    body = json.dumps(text("x\ud800y\x00")).encode()  # escaped, as JSON allows
    async with hooked(desk_file) as (made, address):
        assert (await post(address, body, **{HEADER: signature(body)}))[0] == 200
        (row,) = await rows(made)
    assert row.raw["message"]["text"] == "x?y\x00"
    assert made.zalo.parse(row.raw).text == "x?y"


async def test_strangers_do_not_fill_the_log(desk_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    unsigned = "an event came that is not signed with ZALO_OA_SECRET"
    async with hooked(desk_file) as (made, address):
        for _time in range(3):
            assert (await post(address, dumps(text("a"))))[0] == 403
        assert lines(caplog) == [unsigned]
        made.clock.at += timedelta(minutes=11)
        await post(address, dumps(text("a")))
        assert lines(caplog) == [unsigned] * 2


async def test_a_long_event_is_taken(desk_file: Path) -> None:
    many = [{"type": "image", "payload": {"url": "https://files.example/" + "x" * 5000}}] * 20
    async with hooked(desk_file) as (made, address):
        assert await bring(address, files("user_send_image", *many)) == 200
        assert len(await rows(made)) == 1


async def test_a_body_that_does_not_end_is_given_up(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zalo_arrival, "BODY_SECONDS", 0.05)
    async with hooked(desk_file) as (_made, address):
        host, port = address.split("/")[2].split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /zalo HTTP/1.1\r\nHost: desk\r\nContent-Length: 100\r\n\r\n{")
        assert await reader.readuntil(b"\r\n") == b"HTTP/1.1 400 Bad Request\r\n"
        writer.close()
