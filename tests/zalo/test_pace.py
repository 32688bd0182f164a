"""Zalo wants silence in the middle of much to say, is away, or takes a message and does not say so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.loops import Loops
from storage import outbox
from tests.faults.kill import SetClock
from tests.zalo.desks import desk, heard, tell, until_quiet
from tests.zalo.oa import FakeZalo
from tests.zalo.people import Person
from tests.zalo.rates import Rates
from tests.zalo.server import Server

CS = "/v3.0/oa/message/cs"
NAMES = ["lan", "an", "mai"]
WORDS = [f"Tin số {n}" for n in range(10)]
MINUTES = timedelta(minutes=10)


def everybody(fake: FakeZalo) -> list[Person]:
    people = [fake.person(name) for name in NAMES]
    for one in people:
        one.interacts()
    return people


async def rows(loops: Loops) -> list[tuple[str | None, int]]:
    """Outcome and how often nobody knew."""
    c = outbox.outbox.c
    found = await loops.db.read(lambda tx: tx.execute(select(c.outcome, c.unknowns).order_by(c.id)).all())
    return [(row.outcome, row.unknowns) for row in found]


async def test_silence_wanted_in_the_middle_of_thirty(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path
) -> None:
    """Two processes; whoever is refused keeps both quiet, and nothing overtakes what was said before it."""
    fake.rates = Rates(13)
    async with desk(server, desk_file, clock) as one, desk(server, desk_file, clock) as two:
        await tell(one, everybody(fake), *WORDS)
        await until_quiet([one, two], clock, MINUTES)
        assert await rows(one) == [("sent", 0)] * 30
    assert all(heard(fake, name) == WORDS for name in NAMES)
    codes = [call.answer["error"] for call in fake.refused()]
    assert codes and set(codes) == {-32} and len(codes) <= 8  # what was under way when the silence began


async def test_away_for_minutes_and_back(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path
) -> None:
    async with desk(server, desk_file, clock) as one:
        await tell(one, everybody(fake), WORDS[0])
        await until_quiet([one], clock)
        server.broken.add(CS)
        await tell(one, everybody(fake), *WORDS[1:])
        await until_quiet([one], clock, timedelta(seconds=30))
        server.broken.clear()
        await until_quiet([one], clock, MINUTES)
        assert await rows(one) == [("sent", 0)] * 30
    assert all(heard(fake, name) == WORDS for name in NAMES) and fake.refused() == []


async def test_taken_and_not_said_is_said_again_and_counted(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path
) -> None:
    async with desk(server, desk_file, clock) as one:
        await tell(one, everybody(fake)[:1], "Mã của Anh/Chị là 123456", "Còn một tin")
        server.silent.add(CS)
        await one.deliver("zalo")
        server.silent.clear()
        await until_quiet([one], clock, MINUTES)
        assert await rows(one) == [("sent", 1), ("sent", 0)]
    assert heard(fake, "lan") == ["Mã của Anh/Chị là 123456"] * 2 + ["Còn một tin"]
