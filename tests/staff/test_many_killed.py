"""Eighty chosen, and the process killed (-9) in the middle: eighty approvals and eighty messages, however often."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.loops.outbox import SENDING
from handlers import desk
from storage import approvals, history, inbox, outbox, tickets
from tests.faults.kill import LATER, START, run, sent
from tests.staff.making import STATION, complaint, dose_of
from tests.world import World

MANY = 80


@pytest.fixture(scope="module")
def pressed(peopled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """«Tôi đã sửa tất cả trên Nền tảng» for eighty tickets of eighty residents is stored and not yet handled."""
    path = tmp_path_factory.mktemp("pressed") / "desk.db"
    shutil.copy(peopled, path)
    world = World(path, now=START)
    mai = world.joins("mai", STATION, "clerk")
    for n in range(MANY):
        complaint(world, by=f"dan{n}", faults=[dose_of(world)])
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses(f"Chọn tất cả ({MANY})")
    mai.presses("Phê duyệt tất cả")
    sure = mai.heard[-1]["choices"][0]
    assert sure["label"] == "Tôi đã sửa tất cả trên Nền tảng"
    with world.tx() as tx:
        inbox.store(tx, channel="web", event_id="sure", lane="web:mai", received_at=START, run_at=START,
                    raw={"id": "sure", "chat": "mai", "kind": "choice", "choice": sure["token"]})  # fmt: skip
    world.engine.dispose()
    return path


@pytest.fixture
def copy(pressed: Path, tmp_path: Path) -> Path:
    for suffix in ("", "-wal", "-shm"):
        if Path(f"{pressed}{suffix}").exists():
            shutil.copy(f"{pressed}{suffix}", f"{tmp_path / 'desk.db'}{suffix}")
    return tmp_path / "desk.db"


def count(world: World, table: Any, *where: Any) -> int:
    with world.tx() as tx:
        return int(tx.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def check(database: Path, paper: Path, *, kills: int) -> None:
    """Everything happened once; what was on its way when somebody died may have come twice, and was counted."""
    world = World(database, now=START)
    assert count(world, history.events, history.events.c.what == "approved") == MANY
    assert count(world, approvals.approvals) == MANY
    assert count(world, tickets.rounds, tickets.rounds.c.outcome == "approved") == MANY
    assert count(world, inbox.inbox, inbox.inbox.c.done_at.is_(None)) == 0
    assert count(world, outbox.outbox, outbox.outbox.c.done_at.is_(None)) == 0
    letters = sent(paper)
    rows = {letter["id"]: letter for letter in letters}
    told = [one for one in rows.values() if "báo đã sửa" in one["text"]]
    assert len(told) == MANY and {one["chat"] for one in told} == {f"dan{n}" for n in range(MANY)}
    assert len([one for one in rows.values() if one["chat"] == "mai"]) == 1
    twice = len(letters) - len(rows)
    assert twice <= SENDING * kills
    with world.tx() as tx:
        assert tx.execute(select(func.sum(outbox.outbox.c.unknowns))).scalar_one() >= twice
    world.engine.dispose()


def test_killed_after_37_of_80_and_run_again(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve, done = desk.approve, iter(range(MANY))

    def dies_after_37(*given: Any) -> Any:
        if next(done) == 37:
            os.kill(os.getpid(), signal.SIGKILL)
        return approve(*given)

    monkeypatch.setattr(desk, "approve", dies_after_37)
    paper = tmp_path / "paper"
    assert run(copy, paper, START) == 9
    monkeypatch.setattr(desk, "approve", approve)
    world = World(copy, now=START)
    assert count(world, approvals.approvals) == 0 and sent(paper) == []  # all of it or nothing
    world.engine.dispose()
    assert run(copy, paper, START + LATER) == 0
    check(copy, paper, kills=0)


def test_killed_again_and_again_until_all_are_told(copy: Path, tmp_path: Path) -> None:
    """Before, inside and after the turn's transaction, and in the middle of the deliveries."""
    paper, at, kills, ended = tmp_path / "paper", START, 0, 9
    for die_at in (1, 2, 4, 5, 6, 7, 11, 29, 52, 83, 97, 113, 131, 10_000):
        ended = run(copy, paper, at, die_at)
        kills += ended == 9
        at += LATER
    assert ended == 0 and kills >= 9
    check(copy, paper, kills=kills)
