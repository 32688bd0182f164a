"""One thing that cannot be done must not keep the others waiting, and a process that is asked to end does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import deliveries, turns
from bot import loops as bot_loops
from bot.channels import Outcome, Outgoing, TryAgain
from bot.loops import Loops
from bot.loops.outbox import let_go
from handlers import desk as tell_desk
from handlers.putting import send_sms
from handlers.turn import Moment
from storage import deadlines, inbox, outbox, reports, talks, tickets, unreached
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import Paper, SetClock, sent
from tests.supervisors import filing
from tests.world import DESK, FRIDAY, KEY, World


@pytest.fixture
async def loops(world: World, desk_file: Path, tmp_path: Path) -> AsyncIterator[Loops]:
    """A clerk, a supervisor, and two reports at the station; their deadlines are all ahead."""
    world.joins("tram", filing.STATION, "clerk")
    world.joins("xa", filing.COMMITTEE, "supervisor")
    for by in ("lan", "mai"):
        filing.files(world, by=by)
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    made = Loops(db, SetClock(FRIDAY), DESK)
    made.channels = {"web": Paper(tmp_path / "paper")}
    yield made
    await db.close()


async def rows(loops: Loops, statement: Any) -> list[Any]:
    return await loops.db.read(lambda tx: list(tx.execute(statement).all()))


def jump(loops: Loops, **hours: float) -> None:
    assert isinstance(loops.clock, SetClock)
    loops.clock.at += timedelta(**hours)


async def test_a_deadline_that_cannot_be_rung_leaves_the_others_alone(
    loops: Loops, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, broken = turns.ladder.ring, True

    def fails_for_the_first(moment: Any, round_id: int, rung: str) -> None:
        ring(moment, round_id, rung)
        if broken and round_id == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(turns.ladder, "ring", fails_for_the_first)
    jump(loops, hours=49)
    while await loops.ring():
        pass
    overdue = select(deadlines.alerts.c.round_id).where(deadlines.alerts.c.rung == "overdue")
    assert {row.round_id for row in await rows(loops, overdue)} == {2}
    broken = False
    jump(loops, hours=1)
    while await loops.ring():
        pass
    assert {row.round_id for row in await rows(loops, overdue)} == {1, 2}


async def test_an_erasing_that_fails_keeps_no_deadline_from_ringing(
    loops: Loops, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "erase_once", lambda *_given: 1 / 0)
    jump(loops, hours=25)
    assert await loops.ring()


async def test_a_message_that_cannot_be_composed_frees_its_lane_at_last(
    loops: Loops, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries.alerts, "compose", lambda *_given: 1 / 0)
    jump(loops, hours=49)
    for _try in range(turns.TRIES * 2 + 1):
        while await loops.ring() or await loops.deliver():
            pass
        jump(loops, hours=1)
    composed = select(outbox.outbox.c.outcome, outbox.outbox.c.done_at).where(
        outbox.outbox.c.compose.isnot(None)
    )
    ended = [row for row in await rows(loops, composed) if row.outcome == "gave_up"]
    assert ended and all(row.done_at for row in ended)


async def test_a_message_that_kills_the_process_is_parked_at_last(loops: Loops, tmp_path: Path) -> None:
    """Nobody was left to count its failures; its leases were."""
    raw = {"id": "1", "chat": "lan", "kind": "text", "text": "/trogiup"}
    await loops.db.write(
        lambda tx: inbox.store(
            tx, channel="web", event_id="1", lane="web:lan", raw=raw, received_at=FRIDAY, run_at=FRIDAY
        )
    )
    table = inbox.inbox
    await loops.db.write(
        lambda tx: tx.execute(update(table).where(table.c.event_id == "1").values(attempts=turns.TRIES * 2))
    )
    await loops.one_turn()
    (row,) = await rows(loops, select(table.c.outcome).where(table.c.event_id == "1"))
    assert row.outcome == "parked"
    while await loops.deliver():
        pass
    assert any("chưa xử lý được tin" in letter["text"] for letter in sent(tmp_path / "paper"))


class Slow(Paper):
    """A provider that does not answer until it is let go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def send(self, message: Outgoing) -> Outcome:
        self.asked.set()
        await self.answers.wait()
        return await super().send(message)


@pytest.mark.parametrize("patient", [True, False])
async def test_what_is_in_hand_is_finished_unless_it_takes_too_long(
    loops: Loops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patient: bool
) -> None:
    slow = Slow(tmp_path / "paper")
    loops.channels = {"web": slow}
    jump(loops, hours=25)
    running = asyncio.create_task(loops.run())
    async with asyncio.timeout(10):
        await slow.asked.wait()
        monkeypatch.setattr(bot_loops, "GRACE", 5 if patient else 0.01)
        loops.stop()
        if patient:
            slow.answers.set()
        await running
    table = outbox.outbox
    outcomes = {
        row.outcome for row in await rows(loops, select(table.c.outcome).where(table.c.run_at >= FRIDAY))
    }
    assert ("claimed" in outcomes) is not patient  # its lease runs out, and it is sent again and counted


async def test_a_slow_channel_keeps_only_itself_waiting(loops: Loops, tmp_path: Path) -> None:
    slow = Slow(tmp_path / "slow")
    quick = Slow(tmp_path / "paper")
    quick.answers.set()
    loops.channels = {"web": quick, "sms": slow}
    await loops.db.write(lambda tx: send_sms(Moment(tx, FRIDAY, FRIDAY, DESK), "0912345678", "Mã"))
    jump(loops, hours=25)
    running = asyncio.create_task(loops.run())
    async with asyncio.timeout(10):
        await slow.asked.wait()
        await quick.asked.wait()
        assert not sent(tmp_path / "slow")
        slow.answers.set()
        loops.stop()
        await running


async def test_a_channel_that_raises_is_tried_again(loops: Loops, tmp_path: Path) -> None:
    class Broken(Paper):
        async def send(self, message: Outgoing) -> Outcome:
            raise RuntimeError("the provider's library has a fault")

    loops.channels = {"web": Broken(tmp_path / "paper")}
    jump(loops, hours=25)
    while await loops.ring():
        pass
    await loops.deliver()
    table = outbox.outbox
    again = await rows(loops, select(table.c.outcome, table.c.unknowns).where(table.c.done_at.is_(None)))
    assert again and {tuple(row) for row in again} == {("again", 0)}
    assert TryAgain("").after < timedelta(minutes=1)


async def test_what_is_to_be_said_on_a_channel_that_was_switched_off_takes_another_road(
    loops: Loops, world: World, tmp_path: Path
) -> None:
    """Telegram's token was taken away: an answer goes another way, here onto the call list, and is kept for their next word."""
    with world.tx() as tx:
        zalo = talks.open_talk(tx, "zalo", "lan")
        ticket = tickets.get(tx, 1)
        mine = reports.reports.c.id == ticket.report_id
        tx.execute(reports.reports.update().where(mine).values(talk_id=zalo.id))
        tx.execute(reports.watchers.update().values(talk_id=zalo.id).where(reports.watchers.c.report_id == 1))
        tell_desk.answer(filing.turn_of(world, tx, "tram"), ticket, "Đã nhập.")
    loops.channels = {"web": Paper(tmp_path / "paper"), "sms": Paper(tmp_path / "sms")}
    jump(loops, hours=0.9)
    assert not await let_go(loops)
    jump(loops, hours=0.2)
    assert await let_go(loops)
    while await loops.ring() or await loops.deliver("sms") or await let_go(loops):
        pass
    assert await rows(loops, select(unreached.unreached.c.ways)) == [("zalo=outside,phone=none",)]
    left = await rows(
        loops, select(outbox.outbox.c.outcome, outbox.outbox.c.how).where(outbox.outbox.c.channel == "zalo")
    )
    assert [tuple(one) for one in left] == [("outside", "waits")]
