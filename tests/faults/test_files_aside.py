"""Files are fetched beside the loop: a provider that is slow with them, or never hands them out, stops nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import deliveries, turns
from bot.channels import Held, TryAgain
from bot.evidence.intake import Intake
from bot.files import Files
from bot.loops import Loops
from bot.loops import inbox as inbox_loop
from handlers.incoming import Incoming, Kept, Media
from storage import inbox, outbox
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import Paper, SetClock, sent
from tests.world import DESK, FRIDAY, KEY


class Letters(Paper):
    """A channel on which photos come."""

    def parse(self, raw: dict[str, Any]) -> Incoming:
        media = (Media("ref", "photo"),) if raw.get("photo") else ()
        return replace(super().parse(raw), media=media, kind="media" if media else raw["kind"])


class Fetching:
    """Takes as long as it is let, or fails."""

    def __init__(self) -> None:
        self.came, self.fails, self.tries = asyncio.Event(), False, 0

    async def prepare(self, incoming: Incoming) -> Incoming:
        self.tries += 1
        if self.fails:
            raise ConnectionError
        await self.came.wait()
        return replace(incoming, kept=(Kept("a" * 32, "photo", "image/jpeg", 3),))


@pytest.fixture
async def loops(desk_file: Path, tmp_path: Path) -> AsyncIterator[Loops]:
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    made = Loops(db, SetClock(FRIDAY), DESK)
    made.channels = {"web": Letters(tmp_path / "paper")}
    yield made
    await db.close()


async def arrives(loops: Loops, chat: str, *, number: int = 1, album: str | None = None, **raw: Any) -> None:
    event, lane = f"{chat}{number}", f"web:{chat}"
    said = {"id": event, "chat": chat, "kind": "text", **raw}

    def store(tx: Any) -> None:
        inbox.store(tx, channel="web", event_id=event, lane=lane, raw=said, received_at=FRIDAY, run_at=FRIDAY, album=album)  # fmt: skip

    await loops.db.write(store)


async def came_to(loops: Loops) -> dict[str, Any]:
    table = inbox.inbox
    wanted = select(table.c.event_id, table.c.outcome, table.c.attempts)
    return {row.event_id: row for row in await loops.db.read(lambda tx: tx.execute(wanted).all())}


async def answered(paper: Path, chat: str) -> None:
    async with asyncio.timeout(10):
        while True:
            if any(letter["chat"] == chat for letter in sent(paper)):
                return
            await asyncio.sleep(0.01)


async def test_a_slow_file_keeps_only_its_sender_waiting(loops: Loops, tmp_path: Path) -> None:
    fetching, paper = Fetching(), tmp_path / "paper"
    loops.prepare = fetching.prepare
    for number in range(inbox_loop.TURNS + 1):
        await arrives(loops, f"p{number}", photo=True)
    running = asyncio.create_task(loops.run())
    await arrives(loops, "lan", text="/trogiup")
    await answered(paper, "lan")
    assert {letter["chat"] for letter in sent(paper)} == {"lan"}
    fetching.came.set()
    for number in range(inbox_loop.TURNS + 1):
        await answered(paper, f"p{number}")
    loops.stop()
    await running


async def test_what_is_too_much_at_once_comes_later_and_that_is_no_try(
    loops: Loops, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetching = Fetching()
    loops.prepare = fetching.prepare
    monkeypatch.setattr(inbox_loop, "ASIDE", 1)
    for chat in ("an", "mai"):
        await arrives(loops, chat, photo=True)
    await inbox_loop.take_turns(loops)
    assert len(loops.aside) == 1
    assert sorted((row.outcome, row.attempts) for row in (await came_to(loops)).values()) == [
        ("claimed", 1),
        ("waits", 0),
    ]
    fetching.came.set()
    await asyncio.gather(*loops.aside)
    assert isinstance(loops.clock, SetClock)
    loops.clock.at += inbox_loop.FULL
    await loops.one_turn()
    assert {row.outcome for row in (await came_to(loops)).values()} == {"done"}


async def test_files_that_cannot_be_had_are_asked_for_once_more(loops: Loops, tmp_path: Path) -> None:
    """Never the sentence of a message that could not be read."""
    fetching = Fetching()
    fetching.fails, loops.prepare = True, fetching.prepare
    await arrives(loops, "lan", photo=True)
    assert isinstance(loops.clock, SetClock)
    for _try in range(turns.TRIES):
        await loops.one_turn()
        loops.clock.at += timedelta(minutes=1)
    while await loops.deliver():
        pass
    assert fetching.tries == turns.TRIES and (await came_to(loops))["lan1"].outcome == "done"
    (letter,) = sent(tmp_path / "paper")
    assert "Tôi không tải được file này nữa" in letter["text"]


async def test_a_part_of_an_album_that_means_nothing_harms_only_itself(loops: Loops) -> None:
    fetching = Fetching()
    fetching.came.set()
    loops.prepare = fetching.prepare
    for number, more in enumerate(({"photo": True}, {"poison": True}, {"photo": True}), 1):
        await arrives(loops, "lan", number=number, album="1", **more)
    assert isinstance(loops.clock, SetClock)
    for _try in range(turns.TRIES + 1):
        loops.clock.at += timedelta(minutes=1)
        await loops.one_turn()
    found = {event: row.outcome for event, row in (await came_to(loops)).items()}
    assert found == {"lan1": "done", "lan2": "parked", "lan3": "album"} and fetching.tries == 1


async def test_silence_that_a_provider_asks_for_is_no_try(loops: Loops) -> None:
    """However often it asks: one trouble afterwards must not be the last that is borne."""
    await arrives(loops, "lan", text="/trogiup")
    await loops.one_turn()
    assert isinstance(loops.clock, SetClock)
    for _time in range(turns.TRIES * 3):
        await settled(loops, Held(loops.clock.at + timedelta(seconds=5)))
        loops.clock.at += timedelta(seconds=6)
    await settled(loops, TryAgain("a moment"))
    table = outbox.outbox
    (row,) = await loops.db.read(lambda tx: tx.execute(select(table)).all())
    assert row.done_at is None and (row.outcome, row.attempts) == ("again", 1)


async def settled(loops: Loops, outcome: Held | TryAgain) -> None:
    def settle(tx: Any) -> None:
        (row,) = deliveries.claim_outgoing(tx, loops.now(), 1)
        deliveries.settle(tx, row, outcome, loops.now())

    await loops.db.write(settle)


async def test_what_a_turn_did_not_come_to_need_is_gone_at_once(loops: Loops, tmp_path: Path) -> None:
    """«I have not kept it» is true: who has not agreed yet leaves no photo on the disk."""
    files = Files(tmp_path / "files", Vault(KEY))
    name = await files.keep(b"photo")

    async def prepare(incoming: Incoming) -> Incoming:
        return replace(incoming, kept=(Kept(name, "photo", "image/jpeg", 5),))

    loops.prepare, loops.tidy = prepare, Intake(loops, files).tidy
    await arrives(loops, "lan", photo=True)
    await loops.one_turn()
    assert (await came_to(loops))["lan1"].outcome == "done" and not list((tmp_path / "files").iterdir())
