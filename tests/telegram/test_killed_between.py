"""Killed (-9) between two calls that belong together: said again in the same words, and what was to go is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.clock import Clock
from handlers.putting import body_of
from handlers.reply import Reply
from storage import outbox
from tests.telegram.people import Person
from tests.telegram.server import Server
from tests.telegram.test_running import a_minute_later, looked_into, open_desk, until

Folder = Callable[..., Path]
AGES = 20.0  # seconds: longer than the killing takes
QUESTION, NEXT = "Họ và tên đầy đủ", "Ngày sinh là ngày nào"


def standing(who: Person, words: str) -> int:
    return sum(words in one.text for one in who.chat.newest())


async def test_between_the_two_parts_of_a_long_text(server: Server, folder: Folder) -> None:
    here, an = folder("desk", TELEGRAM_API=server.url), server.fake.person("an")
    an.chat.started, chat = True, str(an.id)
    long = "\n\n".join(f"Đoạn {n} " + "chữ " * 200 for n in range(8))
    now = Clock().machine()
    with looked_into(here) as tx:
        outbox.put(tx, channel="telegram", chat=chat, lane=f"telegram:{chat}", body=body_of(Reply(long), "vi"),
                   created_at=now, run_at=now)  # fmt: skip
    server.delays["sendMessage"] = AGES
    async with open_desk(here) as process:
        await until(lambda: standing(an, "Đoạn 0") == 1)
        process.kill()
    assert standing(an, "Đoạn 7") == 0
    server.delays.clear()
    a_minute_later(here)
    async with open_desk(here):
        await until(lambda: standing(an, "Đoạn 7") == 1)
        await asyncio.sleep(0.5)
    assert standing(an, "Đoạn 0") == 2 and standing(an, "Đoạn 7") == 1  # the first part is counted as unknown
    with looked_into(here) as tx:
        assert [(row.outcome, row.unknowns) for row in tx.execute(outbox.outbox.select())] == [("sent", 1)]


async def test_between_the_new_message_of_a_form_and_the_old_one_s_going(
    server: Server, folder: Folder
) -> None:
    """The question may stand there twice; a button of either says the same, and the older question is gone."""
    here, an = folder("desk", TELEGRAM_API=server.url), server.fake.person("an")

    async def then(words: str, times: int = 1) -> None:
        await until(lambda: standing(an, words) == times)

    async with open_desk(here) as process:
        an.says("/phananh")
        for words, label in (
            ("phản ánh điều gì", "Thiếu mũi tiêm"),
            ("Trước khi", "Tôi đồng ý"),
            ("công dân", "Công dân"),
        ):
            await then(words)
            an.presses(label)
        await then(QUESTION)
        server.delays["sendMessage"] = AGES
        an.says("Nguyễn Văn An")
        await then(NEXT)
        process.kill()
    assert standing(an, QUESTION) == 1
    server.delays.clear()
    a_minute_later(here)
    async with open_desk(here):
        await then(NEXT, 2)
        await then(QUESTION, 0)
        orphan = next(one for one in reversed(an.chat.newest()) if NEXT in one.text)
        an.forges("f::back", orphan)
        await then(QUESTION)
        an.forges("f:birth:year", orphan)  # of a question that is not asked now
        await then("Nút đó là của câu hỏi trước")
        await then(QUESTION)  # the one before goes a moment after the new one came
