"""Tokens turn over while people are spoken to: one refresh for all processes, and nothing is lost where there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import outbox
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import KEY, World
from tests.zalo.desks import desk, heard, tell, until_quiet, waiting
from tests.zalo.oa import REFRESH, FakeZalo
from tests.zalo.people import Person
from tests.zalo.server import Server

NAMES = [f"p{n}" for n in range(6)]
WORDS = [f"Tin số {n}" for n in range(5)]
MINUTES = timedelta(minutes=5)


@pytest.fixture
def everybody(fake: FakeZalo) -> list[Person]:
    """They wrote some time ago, and the events of that were brought."""
    people = [fake.person(name) for name in NAMES]
    for one in people:
        one.interacts()
    return people


def all_heard_once(fake: FakeZalo) -> bool:
    return all(heard(fake, name) == WORDS for name in NAMES)


async def test_one_refresh_for_all_processes(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path, everybody: list[Person]
) -> None:
    """The token ends while both have much to say; refresh tokens work once, so that a second exchange would be the end."""
    server.delay = 0.02
    async with desk(server, desk_file, clock) as one, desk(server, desk_file, clock) as two:
        await tell(one, everybody, WORDS[0])
        await until_quiet([one, two], clock)
        assert len(fake.tokens.asked) == 1
        clock.at += timedelta(hours=26)
        await tell(one, everybody, *WORDS[1:])
        await until_quiet([one, two], clock, MINUTES)
    assert all_heard_once(fake)
    assert len(fake.tokens.asked) == 2 and fake.tokens.reused == 0
    assert fake.refused() == []


async def test_a_token_that_dies_early_is_replaced_in_the_middle(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path, everybody: list[Person]
) -> None:
    """Zalo takes it back before its time: one refusal, one refresh, and everything goes on."""
    async with desk(server, desk_file, clock) as one, desk(server, desk_file, clock) as two:
        await tell(one, everybody, *WORDS[:2])
        await until_quiet([one, two], clock)
        clock.at += timedelta(hours=2)
        last = fake.tokens.pairs[-1]
        last.access = "access-taken-back"
        await tell(one, everybody, *WORDS[2:])
        await until_quiet([one, two], clock, MINUTES)
    assert all_heard_once(fake)
    assert len(fake.tokens.asked) == 2 and fake.tokens.reused == 0
    assert {call.answer["error"] for call in fake.refused()} == {-216}


async def test_where_zalo_cannot_be_reached_for_tokens_messages_wait(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path, everybody: list[Person]
) -> None:
    async with desk(server, desk_file, clock) as one:
        server.broken.add(REFRESH)
        await tell(one, everybody, *WORDS)
        await until_quiet([one], clock, 2 * MINUTES)
        assert await waiting(one.db) == len(NAMES) * len(WORDS) and fake.tokens.asked == []
        server.broken.clear()
        await until_quiet([one], clock, MINUTES)
    assert all_heard_once(fake) and fake.refused() == []


async def test_a_refusal_holds_everything_until_the_operator_has_a_new_one(
    make_world: Callable[..., World], server: Server, fake: FakeZalo, clock: SetClock, everybody: list[Person]
) -> None:
    """An administrator of the desk hears of it on another channel; nothing is counted as a try, nothing lost, and with a
    new refresh token everybody hears everything, in order."""
    world = make_world()
    world.joins("hoa", "desk", "admin")
    async with desk(server, world.path, clock) as one:
        await tell(one, everybody, WORDS[0])
        await until_quiet([one], clock)
        fake.tokens.consent()  # somebody else's: what the desk has is worth nothing any more
        await tell(one, everybody, *WORDS[1:])
        clock.at += timedelta(hours=26)
        await until_quiet([one], clock, MINUTES)
        asked = len(fake.tokens.asked)
        clock.at += timedelta(hours=1)
        await until_quiet([one], clock, MINUTES)
        assert len(fake.tokens.asked) == asked == 2  # it is not tried in vain again and again
        assert await waiting(one.db) == len(NAMES) * (len(WORDS) - 1)
    async with desk(server, world.path, clock, zalo_refresh_token=fake.tokens.consent()) as one:
        await until_quiet([one], clock, MINUTES)
    assert all_heard_once(fake)
    world.time = clock.at
    world.work()
    hoa = world.person("hoa")
    assert len(hoa.heard) == 1 and "Zalo" in hoa.last


async def test_tokens_are_kept_encrypted(
    server: Server, fake: FakeZalo, clock: SetClock, desk_file: Path, everybody: list[Person],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    async with desk(server, desk_file, clock) as one:
        await tell(one, everybody, WORDS[0])
        await until_quiet([one], clock)
    stored = b"".join(file.read_bytes() for file in desk_file.parent.rglob("*") if file.is_file())
    for pair in fake.tokens.pairs:
        for secret in (pair.access, pair.refresh):
            assert secret.encode() not in stored and secret not in caplog.text
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    how = await db.read(lambda tx: tx.execute(select(outbox.outbox.c.outcome)).scalars().all())
    await db.close()
    assert set(how) == {"sent"}
