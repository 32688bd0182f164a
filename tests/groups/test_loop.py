"""The loop that looks at groups: one group that cannot be tended keeps no other one waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import turns
from bot.loops import groups as tending
from bot.loops.work import Work
from storage import groups, outbox
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.staff.making import complaint, unit_id
from tests.world import DESK, KEY, World


async def test_one_broken_group(world: World, desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint(world)
    for chat, ref in (("-1001", "station:2025:04585"), ("-1002", "site:demo-2")):
        unit = unit_id(world, ref)
        with world.tx() as tx:
            groups.bind(tx, "telegram", chat, unit, False, world.time)
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    work = Work(db, SetClock(world.time), DESK)
    tend = turns.tending.tend
    monkeypatch.setattr(turns.tending, "tend", lambda moment, id_: tend(moment, id_) if id_ != 1 else 1 / 0)
    assert await tending.tend(work)
    assert await chats(db) == {"-1002"}
    monkeypatch.setattr(turns.tending, "tend", tend)
    work.groups_rest = 0.0
    assert await tending.tend(work)
    assert await chats(db) == {"-1001", "-1002"}
    work.groups_rest = 0.0
    assert not await tending.tend(work)
    await db.close()


async def chats(db: Database) -> set[Any]:
    rows = await db.read(lambda tx: tx.execute(outbox.outbox.select()).all())
    return {row.chat for row in rows if row.channel == "telegram"}


async def test_it_rests_after_a_look_in_proportion_to_its_length(world: World, desk_file: Path) -> None:
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    work = Work(db, SetClock(world.time), DESK)
    work.groups_rest = float("inf")
    unit = unit_id(world, "site:demo-2")
    with world.tx() as tx:
        groups.bind(tx, "telegram", "-1002", unit, False, world.time)
    assert not await tending.tend(work) and await chats(db) == set()
    work.groups_rest = 0.0
    assert await tending.tend(work) and work.groups_rest > 0
    await db.close()
