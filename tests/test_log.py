"""Log lines carry ids and kinds of errors, never what people wrote."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from bot import log, turns
from bot.loops import Loops
from storage import inbox
from storage.db import Database
from storage.facts import facts
from storage.vault import Vault
from tests.faults.kill import Paper, SetClock
from tests.world import DESK, FRIDAY, KEY

PHONE, NAME = "0912345678", "Nguyễn Thị Lan"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the process would have written, at the chattiest level."""
    found: list[str] = []
    root, bot = logging.getLogger(), logging.getLogger("bot")
    before = root.level, bot.level, root.handlers[:]
    log.start("DEBUG")
    monkeypatch.setattr(
        root.handlers[0], "emit", lambda record: found.append(root.handlers[0].format(record))
    )
    yield found
    root.setLevel(before[0])
    bot.setLevel(before[1])
    root.handlers[:] = before[2]


async def test_a_handler_that_fails_does_not_tell_the_log_what_was_said(
    desk_file: Path, tmp_path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(turn: Any) -> None:
        raise ValueError(f"{turn.incoming.text} of {NAME}")

    monkeypatch.setattr(turns.handlers, "answer", fails)
    db, clock = Database(f"sqlite:///{desk_file}", Vault(KEY)), SetClock(FRIDAY)
    loops = Loops(db, clock, DESK)
    loops.channels = {"web": Paper(tmp_path / "paper")}
    raw = {"id": "1", "chat": "lan", "kind": "text", "text": f"số của tôi là {PHONE}"}
    await db.write(
        lambda tx: inbox.store(
            tx, channel="web", event_id="1", lane="web:lan", raw=raw, received_at=FRIDAY, run_at=FRIDAY
        )
    )
    for _try in range(turns.TRIES):
        await loops.one_turn()
        clock.at += timedelta(minutes=2)
    await db.close()
    assert [json.loads(line)["event"] for line in lines].count(
        "a message could not be handled"
    ) == turns.TRIES
    assert json.loads(lines[0])["error"] == "ValueError" and json.loads(lines[0])["inbox"] == 1
    for secret in (PHONE, NAME, "số của tôi"):
        assert secret not in "\n".join(lines)


async def test_what_a_library_says_about_a_lost_task_is_cut_short(lines: list[str]) -> None:
    context = {"message": "Task exception was never retrieved", "exception": ValueError(f"{NAME} {PHONE}")}
    asyncio.get_running_loop().call_exception_handler(context)
    logging.getLogger("aiohttp.server").error("Error handling request from %s", "203.0.113.7")
    assert [json.loads(line)["event"] for line in lines] == [
        "asyncio: Task exception was never retrieved",
        "aiohttp.server: Error handling request from %s",
    ]
    assert NAME not in "".join(lines) and "203.0.113.7" not in "".join(lines)


def test_numbers_in_the_fields_of_an_event_are_masked(lines: list[str]) -> None:
    log.event(
        logging.getLogger("bot.test"), logging.INFO, "not delivered", reason=f"to {PHONE}", outbox=912345678
    )
    assert json.loads(lines[0])["reason"] == "to 09…78" and json.loads(lines[0])["outbox"] == 912345678


def test_no_line_holds_the_token_of_a_bot(lines: list[str]) -> None:
    """It stands in every address that the bot calls, and so in what libraries complain about."""
    secret = "AAE-this_is_no_real_token_0123456789"
    where = f"https://api.telegram.org/bot666000666:{secret}/sendMessage"
    error, ours = ValueError(where), logging.getLogger("bot.test")
    log.event(
        ours, logging.ERROR, f"no way to {where}", exc_info=error, reason=where, cause=error, all=[where]
    )
    logging.getLogger("telegram.Bot").warning("Set Bot API URL: %s", where)
    assert len(lines) == 2 and not any(secret in line for line in lines)
    assert json.loads(lines[0])["reason"] == "https://api.telegram.org/bot…/sendMessage"


async def test_libraries_at_debug_stay_silent(desk_file: Path, lines: list[str]) -> None:
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    await db.read(lambda tx: tx.execute(text("SELECT :said"), {"said": NAME}).scalar())
    await db.close()
    assert lines == []


async def test_an_error_of_the_database_does_not_quote_values(desk_file: Path) -> None:
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    row = {"name": "twice", "value": NAME}
    with pytest.raises(IntegrityError) as error:
        await db.write(lambda tx: tx.execute(insert(facts), [row, row]))
    await db.close()
    assert NAME not in str(error.value)
