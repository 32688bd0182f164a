"""The chat inside another page: who may hold it, and a visitor who has a key instead of a cookie."""

from __future__ import annotations

import gzip
import hashlib
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from sqlalchemy import select

from bot.channels.web_door import Seat
from bot.channels.web_static import FILES
from locales import _
from storage import talks
from storage.inbox import inbox
from tests.channels.served import Served, Visitor, serve, visitor

LISTED = "https://xa.example"
KEY = "k" * 43
ID = "7b0f0c1e-3f0a-4c52-9d0e-6a1d4f5b8c21"


@pytest.fixture
async def served(desk_file: Path) -> AsyncIterator[Served]:
    async with serve(desk_file, embed_origins=f"{LISTED},http://benhvien.example:8000") as made:
        yield made


@pytest.fixture
async def lan(served: Served) -> AsyncIterator[Visitor]:
    """Inside a commune's page: no cookie, a key."""
    async with ClientSession(headers={"Authorization": f"Bearer {KEY}"}) as session:
        yield Visitor(served, session)


def with_key(key: str) -> dict[str, Any]:
    return {"protocols": ("phananh48", f"key.{key}"), "headers": {"Authorization": ""}}


async def raws(served: Served) -> list[dict[str, Any]]:
    found = select(inbox.c.raw).order_by(inbox.c.id)
    return list(await served.db.read(lambda tx: tx.execute(found).scalars().all()))


async def test_a_key_is_a_visitor_like_a_cookie_and_only_its_hash_is_kept(
    served: Served, lan: Visitor
) -> None:
    assert (await lan.say("Xin chào")).status == 200
    raw = (await raws(served))[0]
    assert raw["chat"] == hashlib.sha256(KEY.encode()).hexdigest()[:40] and KEY not in str(raw)
    async with lan.session.ws_connect(served.base + "socket?after=0", **with_key(KEY)) as line:
        assert line.protocol == "phananh48"
        await line.receive_json(timeout=5)
        assert (await line.receive_json(timeout=5))["text"] == "Xin chào"
    async with lan.session.ws_connect(served.base + "socket?after=0", **with_key("x" * 43)) as line:
        await line.receive_json(timeout=5)
        assert (await lan.say("Còn đó không?")).status == 200
        own = {"id": ID, "text": "Tôi là người khác"}
        assert (await lan.post(own, Authorization=f"Bearer {'x' * 43}")).status == 200
        assert (await line.receive_json(timeout=5))["text"] == "Tôi là người khác"


async def test_the_key_goes_before_the_cookie_and_another_kind_of_sign_in_does_not_count(
    served: Served,
) -> None:
    async with visitor(served) as full_page:
        for how in (f"Bearer {KEY}", "Basic dXNlcjpwYXNz"):
            said = {"id": str(uuid.uuid4()), "text": "Xin chào"}
            assert (await full_page.post(said, Authorization=how)).status == 200
    chats = [raw["chat"] for raw in await raws(served)]
    assert chats[0] == hashlib.sha256(KEY.encode()).hexdigest()[:40] != chats[1]


@pytest.mark.parametrize("key", ["", "short", "k" * 39, "k" * 101, "k" * 42 + "é", "k" * 20 + " " + "k" * 22])
async def test_what_cannot_be_a_key_opens_nothing(served: Served, lan: Visitor, key: str) -> None:
    answer = await lan.get("me", Authorization=f"Bearer {key}")
    assert answer.status == 403 and "error" in await answer.json()


@pytest.mark.parametrize(
    "protocols", [(f"key.{KEY}",), ("phananh48",), ("graphql-ws", f"key.{KEY}"), ("phananh48", "key.x")]
)
async def test_a_line_without_its_key_is_refused_and_no_key_is_logged(
    served: Served, protocols: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await session.ws_connect(served.base + "socket", protocols=protocols)
    assert KEY not in caplog.text


async def test_a_page_of_another_host_cannot_use_a_key_either(served: Served, lan: Visitor) -> None:
    """The frame speaks for itself, from the desk's own origin; the page around never does."""
    for origin in (LISTED, "null", "https://elsewhere.example"):
        assert (await lan.post({"id": ID, "text": "Xin chào"}, Origin=origin)).status == 403
    assert await served.stored() == 0


@pytest.mark.parametrize(
    "origin", [LISTED, "HTTPS://XA.example", "http://benhvien.example:8000", "https://desk.example"]
)
async def test_listed_pages_may_hold_the_chat(served: Served, lan: Visitor, origin: str) -> None:
    answer = await lan.session.get(served.base + "embed", params={"in": origin, "lang": "vi"})
    assert answer.status == 200 and "Set-Cookie" not in answer.headers
    around = f"frame-ancestors 'self' {LISTED} http://benhvien.example:8000;"
    assert around in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://elsewhere.example",
        LISTED + ".evil",
        LISTED + "/",
        "http://xa.example",
        "http://[",
        "xa.example",
        "*",
    ],
)
async def test_other_pages_may_not(served: Served, lan: Visitor, origin: str) -> None:
    answer = await lan.session.get(served.base + "embed", params={"in": origin})
    assert answer.status == 403
    assert "frame-ancestors 'self';" in answer.headers["Content-Security-Policy"]


async def test_the_full_page_stays_where_it_is(served: Served, lan: Visitor) -> None:
    page = await lan.get("")
    assert "frame-ancestors 'self';" in page.headers["Content-Security-Policy"]
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_whoever_opens_the_frame_by_itself_comes_to_the_full_page(served: Served, lan: Visitor) -> None:
    headers = {"Sec-Fetch-Dest": "document"}
    answer = await lan.session.get(served.base + "embed", headers=headers, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/")


async def test_any_page_may_load_the_script_and_it_is_small(served: Served, lan: Visitor) -> None:
    answer = await lan.get("embed.js", Origin="https://elsewhere.example")
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Content-Encoding"] in ("gzip", "deflate")
    assert len(gzip.compress(FILES["embed.js"].read_bytes())) < 6000


async def test_what_has_not_changed_comes_without_a_body(lan: Visitor) -> None:
    first = await lan.get("static/chat.js")
    again = await lan.get("static/chat.js", **{"If-None-Match": first.headers["ETag"]})
    assert again.status == 304 and await again.read() == b""
    plain = await lan.get("static/chat.js", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers and await plain.read() == await first.read()


@pytest.mark.parametrize(
    ("given", "begun"), [("en", "en"), ("vi", "vi"), ("xx", None), (5, None), (["en"], None), (None, None)]
)
async def test_the_language_of_the_page_around_is_that_of_the_first_message(
    served: Served, lan: Visitor, given: Any, begun: str | None
) -> None:
    assert (await lan.say("/start", lang=given)).status == 200
    assert served.web.parse((await raws(served))[0]).lang == begun


async def test_the_page_begins_in_the_language_around_it_and_then_keeps_its_own(
    served: Served, lan: Visitor
) -> None:
    assert (await (await lan.get("me?lang=en")).json())["lang"] == "en"
    assert (await (await lan.get("me?lang=xx")).json())["lang"] == "vi"
    await lan.say("Xin chào")
    chat = (await raws(served))[0]["chat"]
    await served.db.write(lambda tx: talks.open_talk(tx, "web", chat, "vi"))
    assert (await (await lan.get("me?lang=en")).json())["lang"] == "vi"


async def test_a_phone_of_the_demo_is_held_by_nobody_else(desk_file: Path) -> None:
    async with (
        serve(desk_file, {"lan": Seat("demo-lan", "Lan", _("Resident"))}) as served,
        ClientSession() as session,
    ):
        for path in ("phones/lan/embed", "phones/lan/embed.js"):
            assert (await session.get(served.base + path)).status == 404
        assert (await session.get(served.base + "chat/embed.js")).status == 200
