"""How far an open page has heard is noted for all processes, soon and in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels import web_socket
from storage import web as transcript
from tests.channels.served import Served, Visitor, serve, visitor


@pytest.fixture
async def served(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    monkeypatch.setattr(web_socket, "LOOK_AGAIN", 0.05)
    async with serve(desk_file) as found:
        yield found


@pytest.fixture
async def lan(served: Served) -> AsyncIterator[Visitor]:
    async with visitor(served) as found:
        await found.say("Chào")
        yield found


async def chat_of(served: Served) -> str:
    found = transcript.web_chats.select()
    return str(await served.db.read(lambda tx: tx.execute(found).one().chat))


async def unseen(served: Served, chat: str, row_id: int) -> bool:
    return await served.db.read(lambda tx: transcript.unseen(tx, "web", chat, row_id))


async def until_seen(served: Served, chat: str, row_id: int) -> None:
    async with asyncio.timeout(5):
        while await unseen(served, chat, row_id):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def heard(line: Any, text: str) -> None:
    while (await line.receive_json(timeout=5)).get("text") != text:
        pass


async def test_it_is_seen_when_a_page_hears_it(served: Served, lan: Visitor) -> None:
    chat = await chat_of(served)
    await served.says_to(chat, "Đã có câu trả lời", 7)
    assert await unseen(served, chat, 7) and not await unseen(served, chat, 8)
    async with lan.line():
        await until_seen(served, chat, 7)
        await served.says_to(chat, "Thêm một tin", 8)
        await until_seen(served, chat, 8)
    await served.says_to(chat, "Trang đã đóng", 9)
    await served.web.sockets._note_seen()
    assert await unseen(served, chat, 9)


async def test_a_page_that_says_it_has_heard_more_is_not_believed(served: Served, lan: Visitor) -> None:
    chat = await chat_of(served)
    async with lan.line(after="999999") as line:
        await line.receive_json(timeout=5)
    await served.web.sockets._note_seen()
    await served.says_to(chat, "Đã có câu trả lời", 7)
    assert await unseen(served, chat, 7)


async def test_a_closed_panel_hears_and_nobody_has_seen(served: Served, lan: Visitor) -> None:
    chat = await chat_of(served)
    await served.says_to(chat, "Đã có câu trả lời", 7)
    async with lan.line(after="0&aside=1") as line:
        await heard(line, "Đã có câu trả lời")
    await served.web.sockets._note_seen()
    assert await unseen(served, chat, 7)
