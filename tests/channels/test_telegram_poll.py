"""Asking for updates: stored before they are confirmed, by one process, whatever Telegram answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from telegram.error import TimedOut

from bot.channels.telegram_request import Unreached
from storage import facts, leases
from storage.inbox import inbox
from tests.channels.telegram_stub import HOME, Desk, Enough, Wire, desk, message, no, ok, update
from tests.world import FRIDAY

DOWN = Unreached("ClientConnectorError")


def words(*numbers: int) -> Any:
    return ok([update(number, message=message(text=str(number))) for number in numbers])


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Any]:
    made: list[Desk] = []

    def a_desk(pauses: int = 99, **answers: Any) -> Desk:
        given = {"getMe": [ok({"id": 666000666, "username": "TiemChungBot"})], "deleteWebhook": [ok()],
                 "setWebhook": [ok()], "setMyCommands": [ok()]}  # fmt: skip
        how = {name: value for name, value in answers.items() if name.startswith("telegram_")}
        wire = Wire(answers=given | {name: value for name, value in answers.items() if name not in how})
        made.append(desk(desk_file, wire, pauses, **how))
        return made[-1]

    yield a_desk
    for one in made:
        await one.db.close()


async def stored(made: Desk) -> int:
    count = select(func.count()).select_from(inbox)
    return int(await made.db.read(lambda tx: tx.execute(count).scalar_one()))


async def run(made: Desk) -> None:
    with pytest.raises(Enough):
        await made.telegram.run()


async def test_what_is_confirmed_is_in_the_inbox(make: Any) -> None:
    made = make(2, getUpdates=[words(5, 6), words(7), ok([]), DOWN])
    seen: list[int] = []
    ask, wire = made.wire.do_request, made.wire

    async def watched(url: str, method: str, *rest: Any, **more: Any) -> Any:
        if url.endswith("/getUpdates"):
            seen.append(await stored(made))
        return await ask(url, method, *rest, **more)

    wire.do_request = watched
    await run(made)
    asked = wire.of("getUpdates")
    assert [one.get("offset") for one in asked] == [None, "7", "8", None, None] and seen == [0, 2, 3, 3, 3]
    assert asked[0]["timeout"] == "25"
    assert asked[0]["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_a_new_process_hears_again_what_nobody_confirmed_and_stores_it_once(make: Any) -> None:
    await run(make(1, getUpdates=[words(5, 6), DOWN]))
    again = make(1, getUpdates=[words(5, 6, 7), DOWN])
    await run(again)
    assert await stored(again) == 3


async def test_a_strange_update_keeps_no_other_from_coming(make: Any) -> None:
    strange = [update(5, message="x"), "y", {"message": message(text="a")}, update(9, poll={})]
    made = make(1, getUpdates=[ok([*strange, *words(6)[1]["result"]]), DOWN])
    await run(made)
    assert await stored(made) == 1 and made.wire.of("getUpdates")[1]["offset"] == "10"


async def test_trouble_is_waited_out_and_said_once_in_a_while(
    make: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "bot"):
        made = make(30, getUpdates=[DOWN] * 20 + [words(5), DOWN])
        await run(made)
    assert await stored(made) == 1
    first = made.pauses[:7]
    assert [round(after / before) for before, after in pairwise(first)].count(2) >= 4
    assert max(made.pauses) <= 75
    told = [record.getMessage() for record in caplog.records]
    assert 2 <= told.count("Telegram cannot be reached; all else goes on") <= 5
    assert told.count("Telegram answers again") == 1


@pytest.mark.parametrize(
    "answer, pause",
    [
        (no(401, "Unauthorized"), 300),
        (no(409, "Conflict: terminated by other getUpdates request"), 30),
        (no(429, "Too Many Requests: retry after 14", retry_after=14), 14),
        (no(502, "Bad Gateway"), 1),
        (TimedOut(), 1),
        ((200, b"<html>"), 1),
    ],
)
async def test_how_long_it_waits(make: Any, answer: Any, pause: int) -> None:
    made = make(1, getUpdates=[answer])
    await run(made)
    assert pause <= made.pauses[0] <= pause + 1.5


async def test_one_process_asks(make: Any) -> None:
    first, second = make(2, getUpdates=[ok([])]), make(2, getUpdates=[words(5)])
    assert await first.telegram._polling._is_ours()
    await run(second)
    assert second.wire.of("getUpdates") == [] and second.pauses == [15.0, 15.0]
    first.clock.at += timedelta(seconds=76)  # the first one died
    second.clock.at = first.clock.at
    second.pauses.clear()
    second.wire.answers["getUpdates"] = [words(5), DOWN]
    second.pauses.append(0)
    await run(second)
    assert await stored(second) == 1


async def test_who_stops_gives_the_lease_back(make: Any) -> None:
    made = make(1, getUpdates=[DOWN])
    await run(made)
    assert await made.db.write(lambda tx: leases.take(tx, "telegram poll", "next", FRIDAY, timedelta(1)))


async def test_what_telegram_is_told_at_the_start(make: Any) -> None:
    made = make(1, getUpdates=[DOWN])
    await run(made)
    assert made.wire.methods[:3] == ["getMe", "deleteWebhook", "setMyCommands"]
    assert made.wire.of("deleteWebhook") == [{}]  # what waits there is never dropped
    lists = {
        (one["scope"]["type"], one.get("language_code")): one["commands"]
        for one in made.wire.of("setMyCommands")
    }
    vi, en = lists["all_private_chats", "vi"], lists["all_private_chats", None]
    assert {"command": "tracuu", "description": "Tra cứu mũi tiêm"} in vi
    assert {"command": "tracuu", "description": "Look up my doses"} in en
    assert lists["all_private_chats", "en"] == en
    for phone, queue in ((None, "Hàng đợi"), ("en", "Queue")):
        of_groups = {one["command"]: one["description"] for one in lists["all_group_chats", phone]}
        assert set(of_groups) == {"gannhom", "bogan", "hangdoi"} and of_groups["hangdoi"] == queue
    assert await made.db.read(lambda tx: facts.get(tx, "telegram_bot")) == "TiemChungBot"


async def test_with_a_webhook_telegram_is_told_where_and_nobody_asks(make: Any) -> None:
    made = make(
        telegram_webhook_url="https://desk.example/telegram", telegram_webhook_secret="a-secret-of-this-test"
    )
    await made.telegram.run()
    (told,) = made.wire.of("setWebhook")
    assert told["url"] == "https://desk.example/telegram" and told["secret_token"] == "a-secret-of-this-test"
    assert "drop_pending_updates" not in told and "getUpdates" not in made.wire.methods


async def test_an_unreachable_telegram_is_asked_until_it_answers(make: Any) -> None:
    made = make(
        3, getMe=[DOWN, DOWN, ok({"id": 666000666, "username": "TiemChungBot"})], getUpdates=[words(5), DOWN]
    )
    await run(made)
    assert await stored(made) == 1


async def test_a_list_that_telegram_refuses_keeps_nothing_from_coming(make: Any) -> None:
    made = make(1, setMyCommands=[no(400, "Bad Request: can't parse commands")], getUpdates=[words(5), DOWN])
    await run(made)
    assert await stored(made) == 1


async def test_a_press_in_private_is_answered_at_once_and_in_a_group_by_the_turn(make: Any) -> None:
    made = make(answerCallbackQuery=[no(400, "Bad Request: query is too old")])
    for chat in (HOME, {"id": -5, "type": "group"}):
        of = {"message_id": 45, "chat": chat, "date": 0}
        query = {"id": "p1", "from": {"id": 777}, "message": of, "chat_instance": "1", "data": "menu"}
        raw = {"bot": "666000666", "update": update(callback_query=query)}
        await made.telegram.acknowledge(made.telegram.parse(raw))
    assert made.wire.calls == [("answerCallbackQuery", {"callback_query_id": "p1"})]
