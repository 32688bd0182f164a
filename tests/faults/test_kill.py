"""Killed (-9) at every step of a turn, a sweep and a delivery: nothing is lost, nothing is enqueued twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage import deadlines, inbox, outbox, reports, tickets
from tests.faults.kill import LATER, START, run, sent
from tests.world import World

STATION = "station:2025:04585"


@pytest.fixture
def ready(make_world: Any, tmp_path: Path) -> Path:
    """Lan has filled in everything; her «Gửi phản ánh» is stored and not yet handled."""
    world = make_world(now=START)
    world.joins("tram", STATION, "clerk")
    world.joins("xa", "committee:2025:04585", "supervisor")
    lan = world.person("lan")
    for said in ("/phananh", "[Thiếu mũi tiêm", "[Tôi đồng ý", "[Công dân", "Nguyễn Văn An", "1968", "[Nam", "[Tôi không có",
                 "0912345678", "[Mũi cơ bản 1", "[Comirnaty", "12/08/2021", "ban cong", "[Trạm Y tế xã Bản Công", "[Bỏ qua",
                 "[Tôi không còn giấy"):  # fmt: skip
        lan.presses(said[1:]) if said.startswith("[") else lan.says(said)
    assert "Gửi phản ánh" in lan.buttons
    with world.tx() as tx:
        inbox.store(tx, channel="web", event_id="send", lane="web:lan", received_at=START, run_at=START,
                    raw={"id": "send", "chat": "lan", "kind": "choice", "choice": "f::send"})  # fmt: skip
    world.engine.dispose()
    return tmp_path / "desk0.db"


def count(world: World, table: Any, *where: Any) -> int:
    with world.tx() as tx:
        return int(tx.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def test_killed_at_every_step_from_gửi_to_the_last_alert(ready: Path, tmp_path: Path) -> None:
    step, later = 0, START + LATER
    while True:
        step += 1
        database, paper = tmp_path / f"k{step}.db", tmp_path / f"k{step}.sent"
        for suffix in ("", "-wal", "-shm"):
            if Path(f"{ready}{suffix}").exists():
                shutil.copy(f"{ready}{suffix}", f"{database}{suffix}")
        ended = run(database, paper, START, die_at=step)
        assert ended in (0, 9)
        assert run(database, paper, later) == 0
        check(database, paper)
        for old in tmp_path.glob(f"k{step}.*"):
            old.unlink()
        if ended == 0:
            break
    assert step > 20  # there were many places to die


def check(database: Path, paper: Path) -> None:
    world = World(database, now=START + LATER)
    assert count(world, reports.reports) == 1
    assert count(world, tickets.rounds) == 1
    assert count(world, deadlines.alerts) == 1  # (round, "new", the clerk)
    for table in (inbox.inbox, outbox.outbox):
        assert count(world, table, table.c.done_at.is_(None)) == 0
    assert count(world, deadlines.rungs, deadlines.rungs.c.done_at.is_(None)) == 4
    letters = sent(paper)
    receipts = {letter["text"] for letter in letters if letter["chat"] == "lan"}
    assert len(receipts) == 1 and "PA-" in receipts.pop()
    assert len({letter["text"] for letter in letters if letter["chat"] == "tram"}) == 1
    assert len(letters) <= 4  # the two that were on their way may have gone out twice, in the same words
    with world.tx() as tx:
        unknown = tx.execute(select(func.sum(outbox.outbox.c.unknowns))).scalar_one()
    assert unknown >= len(letters) - 2  # each that went out again was counted
    world.engine.dispose()


def test_killed_during_the_ringing_of_many_deadlines(ready: Path, tmp_path: Path) -> None:
    """All four rungs at once after three days of silence: one message per person, each alert once."""
    quiet = tmp_path / "first.sent"
    assert run(ready, quiet, START) == 0
    late = START + LATER * 6 * 80
    for step in range(1, 30):
        database, paper = tmp_path / f"r{step}.db", tmp_path / f"r{step}.sent"
        for suffix in ("", "-wal", "-shm"):
            if Path(f"{ready}{suffix}").exists():
                shutil.copy(f"{ready}{suffix}", f"{database}{suffix}")
        ended = run(database, paper, late, die_at=step)
        assert run(database, paper, late + LATER) == 0
        world = World(database, now=late)
        with world.tx() as tx:
            rows = tx.execute(select(deadlines.alerts)).all()
        keys = [(row.round_id, row.rung, row.recipient_id) for row in rows]
        assert len(keys) == len(set(keys)) and {"overdue", "supervisors"} <= {row.rung for row in rows}
        texts = [letter["text"] for letter in sent(paper) if letter["chat"] == "xa"]
        assert 1 <= len(texts) <= 2 and len(set(texts)) == 1
        world.engine.dispose()
        if ended == 0:
            break


def test_a_poison_message_is_parked_and_its_lane_goes_on(make_world: Any, tmp_path: Path) -> None:
    world = make_world(now=START)
    with world.tx() as tx:
        for event, raw in (("bad", {"poison": True}), ("good", {"text": "/trogiup"})):
            inbox.store(tx, channel="web", event_id=event, lane="web:lan", received_at=START, run_at=START,
                        raw={"id": event, "chat": "lan", "kind": "text", **raw})  # fmt: skip
    world.engine.dispose()
    paper = tmp_path / "poison.sent"
    for hour in range(4):
        assert run(tmp_path / "desk0.db", paper, START + LATER * 6 * hour) == 0
    world = World(tmp_path / "desk0.db")
    with world.tx() as tx:
        assert [row.lane for row in inbox.parked(tx)] == ["web:lan"]
    told = [letter["text"] for letter in sent(paper)]
    assert len(told) == 2 and "chưa xử lý được tin" in told[0] and "Ở đây Anh/Chị có thể" in told[1]
    world.engine.dispose()
