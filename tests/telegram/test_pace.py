"""Ninety messages at once, over two processes: never faster than Telegram allows, and a code overtakes the rest."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.request import BaseRequest

from bot.channels.telegram import Telegram
from bot.clock import Clock
from bot.files import Files
from bot.loops import Loops
from bot.settings import Settings
from handlers.putting import put
from handlers.reply import Reply
from handlers.turn import Moment
from storage import talks
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.running import bot, write_env
from tests.telegram.api import TOKEN, FakeTelegram
from tests.telegram.rates import BOT, GROUP, Rates, most_within
from tests.telegram.request import InProcess
from tests.telegram.server import Server
from tests.telegram.test_running import Folder, open_desk, until
from tests.test_run import emptied
from tests.world import DESK, FRIDAY, KEY, World

PEOPLE, EACH = 30, 3
now = Clock().machine
SECOND = timedelta(seconds=1)
FEW = 8  # may stand between a code and its telling: what two processes had claimed, and what one of them claims next


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
async def test_ninety_at_once_and_a_code(
    server: Server, folder: Folder, request: pytest.FixtureRequest, tmp_path: Path, backend: str
) -> None:
    one, url = folder("one", TELEGRAM_API=server.url), f"sqlite:///{tmp_path}/one/var/phananh48.db"
    if backend == "postgresql":
        url = await emptied(request.getfixturevalue("postgres"))
        write_env(one, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=server.url, DATABASE_URL=url)
        assert bot(one, "migrate").returncode == 0
    two = folder("two", TELEGRAM_API=server.url, DATABASE_URL=url)
    chats = [server.fake.person(f"p{n}") for n in range(PEOPLE)]
    for person in chats:
        person.chat.started = True
    db = Database(url, Vault(KEY))
    await db.write(lambda tx: tell(tx, [str(person.id) for person in chats] * EACH, "card", now()))
    async with open_desk(one), open_desk(two):
        await until(lambda: len(told(server)) >= PEOPLE)
        code_for = server.fake.person("lan")
        code_for.chat.started = True
        before = len(told(server))
        await db.write(lambda tx: tell(tx, [str(code_for.id)], "code", now()))
        await until(lambda: len(told(server)) == PEOPLE * EACH + 1)
    await db.close()
    order = [chat for chat, _at in told(server)]
    assert order.index(code_for.id) - before <= FEW
    assert most_within([at for _chat, at in told(server)], SECOND) <= BOT
    by_chat: dict[int, list[datetime]] = defaultdict(list)
    for chat, at in told(server):
        by_chat[chat].append(at)
    assert all(most_within(times, SECOND) == 1 for times in by_chat.values())
    assert {len(times) for chat, times in by_chat.items() if chat != code_for.id} == {EACH}
    assert server.fake.refused() == []


async def test_a_group_and_a_person_hear_no_faster_than_telegram_allows(
    world: World, desk_file: Path
) -> None:
    """The same loop with a clock that is set; Telegram would refuse the twenty-first message of a minute."""
    clock = SetClock(FRIDAY)
    fake = FakeTelegram(clock.machine, Rates())
    group, lan = fake.group("Trạm").chat, fake.person("lan").chat
    lan.started = True
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    loops = loops_on(db, clock, desk_file, request=InProcess(fake))
    await db.write(lambda tx: tell(tx, [str(group.id)] * 25 + [str(lan.id)] * 5, "card", FRIDAY))
    for _step in range(1000):
        if not await loops.deliver("telegram"):
            clock.at += timedelta(seconds=0.25)
        if len(fake.said("sendMessage")) == 30:
            break
    await db.close()
    assert fake.refused() == [] and len(fake.log) == 30
    in_group = [call.at for call in fake.said("sendMessage") if call.chat == group.id]
    assert most_within(in_group, timedelta(minutes=1)) <= GROUP
    assert most_within([call.at for call in fake.said("sendMessage") if call.chat == lan.id], SECOND) == 1


def loops_on(
    db: Database, clock: Clock, desk_file: Path, request: BaseRequest | None = None, **settings: str
) -> Loops:
    """The loops with Telegram alone; request: in the place of the network."""
    loops = Loops(db, clock, DESK)
    given = Settings(_env_file=None, data_key=KEY, telegram_token=TOKEN, **settings)  # type: ignore
    files = Files(desk_file.parent / "files", Vault(KEY))
    loops.channels = {"telegram": Telegram(db, clock, given, files, lambda: None, request)}
    return loops


def told(server: Server) -> list[tuple[int, datetime]]:
    return [(call.chat or 0, call.at) for call in server.fake.said("sendMessage")]


def tell(tx: Any, chats: list[str], rank: Any, now: datetime) -> None:
    for chat in chats:
        talk = talks.open_talk(tx, "telegram", chat)
        put(Moment(tx, now, now, DESK), talk, Reply("Phiếu PA-7K2MX", rank=rank))
