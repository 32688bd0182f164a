"""Forty-five changes in one minute: the group hears no faster than Telegram allows, and what is overdue first."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot import turns
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.groups.making import Staffroom
from tests.staff.making import complaint
from tests.telegram.rates import GROUP, Rates, most_within
from tests.telegram.request import InProcess
from tests.telegram.test_pace import loops_on
from tests.world import KEY, World

LATE, NEARER = 5, 40


def one_look(world: World) -> None:
    """As the loop does it, without delivering anything."""
    with world.tx() as tx:
        turns.ring(tx, world.now, world.desk)
        for group_id in turns.groups_due(tx, world.now):
            turns.tend_group(tx, group_id, world.now, world.desk)


async def delivered(room: Staffroom, path: Path) -> None:
    """Until a minute goes by in which nothing is left to say; the fake now counts how fast."""
    clock = SetClock(room.world.time)
    room.fake.clock, room.fake.rates = clock.machine, Rates()
    db = Database(f"sqlite:///{path}", Vault(KEY))
    loops, quiet = loops_on(db, clock, path, request=InProcess(room.fake)), 0
    while quiet < 60:
        quiet = 0 if await loops.deliver("telegram") else quiet + 1
        clock.at += timedelta(seconds=1) if quiet else timedelta()
    await db.close()


async def test_forty_cards_change_at_once_and_five_of_them_are_overdue(room: Staffroom) -> None:
    world = room.world
    late = [complaint(world)[0] for _n in range(LATE)]
    world.jump(hours=24)
    nearer = [complaint(world)[0] for _n in range(NEARER)]
    world.jump(hours=23, minutes=59)
    world.time += timedelta(minutes=2)
    one_look(world)
    before = len(room.fake.log)
    await delivered(room, world.path)
    here = [call for call in room.fake.log[before:] if call.chat == room.chat.id]
    assert room.fake.refused() == []
    assert most_within([call.at for call in here], timedelta(minutes=1)) <= GROUP
    first = here[:LATE]
    assert {call.method for call in first} == {"sendMessage"} and late == [
        code for call in first for code in late if code in str(call.given["text"])
    ]
    assert all("QUÁ HẠN" in str(c.given["text"]) and not c.given.get("disable_notification") for c in first)
    assert {call.method for call in here[LATE:]} == {"editMessageText"}, "nothing else makes a sound"
    assert all("còn dưới 24 giờ" in room.card(code).text for code in nearer)
