"""Files that no row needs go, the others stay; whoever died between writing a file and committing leaves an orphan."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.evidence import sweep
from bot.evidence.sweep import Sweep
from bot.files import Files
from bot.loops import Loops
from handlers.incoming import Incoming
from storage import evidence, files, inbox, queue, talks, uploads
from storage.db import Database
from storage.evidence import shares
from storage.vault import Vault
from tests.evidence.making import jpeg, slip
from tests.evidence.test_intake import Table
from tests.faults.kill import SetClock
from tests.world import DESK, FRIDAY, KEY

DAY = timedelta(days=1)


class Desk:
    def __init__(self, db: Database, folder: Path) -> None:
        self.db, self.folder, self.files = db, folder, Files(folder, Vault(KEY))
        self.clock = SetClock(FRIDAY)
        loops = Loops(db, self.clock, DESK)
        self.sweep = Sweep(loops, self.files).sweep

    async def keep(self, *, aged: timedelta = 2 * DAY) -> str:
        name = await self.files.keep(b"content")
        moment = (self.clock.at - aged).timestamp()
        os.utime(self.folder / name, (moment, moment))
        return name

    async def note(self, name: str, *, at: Any = FRIDAY) -> None:
        def add(tx: Connection) -> None:
            talk = talks.open_talk(tx, "web", "lan").id
            evidence.add(
                tx, name=name, talk_id=talk, kind="photo", mime="image/jpeg", size=7, blurred=False, at=at
            )
            evidence.share(tx, name, "web", "tram")

        await self.db.write(add)

    @property
    def there(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def desk(any_db: Database, tmp_path: Path) -> Desk:
    return Desk(any_db, tmp_path / "files")


async def test_orphans_of_yesterday_go_and_nothing_else(desk: Desk) -> None:
    orphan, young, needed, made = (
        await desk.keep(),
        await desk.keep(aged=DAY / 2),
        await desk.keep(),
        await desk.keep(),
    )
    await desk.note(needed)
    await desk.db.write(
        lambda tx: files.add(
            tx, name=made, channel="web", chat="xa", filename="a.png", mime="image/png", made_at=FRIDAY
        )
    )
    half, foreign = desk.folder / f"{'b' * 32}.part", desk.folder / "README"
    for path in (half, foreign):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    assert await desk.sweep() == 2
    assert desk.there == {young, needed, made, "README"}
    assert orphan not in desk.there
    assert await desk.sweep() == 0


async def test_many_are_looked_up_in_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "BATCH", 3)
    names = [await desk.keep() for _file in range(8)]
    for name in names[::2]:
        await desk.note(name)
    assert await desk.sweep() == 4
    assert desk.there == set(names[::2])


async def test_what_nobody_filed_goes_after_two_weeks_and_a_form_may_rest_for_days(desk: Desk) -> None:
    old, resting = await desk.keep(), await desk.keep()
    await desk.note(old, at=FRIDAY - 15 * DAY)
    await desk.note(resting, at=FRIDAY - 13 * DAY)
    desk.clock.now = lambda: FRIDAY  # type: ignore[method-assign]
    await desk.sweep()
    assert desk.there == {resting}
    left = select(shares.c.name)
    assert await desk.db.read(lambda tx: tx.execute(left).scalars().all()) == [resting]


async def test_uploads_go_after_a_day_but_wait_with_the_message_that_needs_them(desk: Desk) -> None:
    unused, handled, waiting, fresh = [await desk.keep() for _file in range(4)]

    def fill(tx: Connection) -> None:
        for name, chat, at in ((unused, "a", FRIDAY - 2 * DAY), (handled, "b", FRIDAY - 2 * DAY),
                               (waiting, "c", FRIDAY - 2 * DAY), (fresh, "a", FRIDAY - DAY / 2)):  # fmt: skip
            uploads.add(tx, name=name, chat=chat, mime="image/jpeg", size=7, at=at)
        for name, chat in ((handled, "b"), (waiting, "c")):
            assert uploads.take(tx, [name], chat) == [(name, "image/jpeg", 7)]
            inbox.store(tx, channel="web", event_id=chat, lane=f"web:{chat}", raw={}, received_at=FRIDAY,
                        run_at=FRIDAY - 2 * DAY)  # fmt: skip
        for row in queue.claim(tx, inbox.inbox, FRIDAY, 5):
            if row.lane == "web:b":
                queue.finish(tx, inbox.inbox, row.id, row.attempts, FRIDAY)

    await desk.db.write(fill)
    assert await desk.sweep() == 2
    assert desk.there == {waiting, fresh}


async def test_it_runs_at_the_start_and_once_a_day_and_a_fault_stops_no_deadline(desk: Desk) -> None:
    ran: list[int] = []
    loops = Loops(desk.db, desk.clock, DESK)

    async def counted() -> None:
        ran.append(1)
        raise OSError("the folder is away")

    loops.sweep = counted
    desk.clock.now = lambda: FRIDAY  # type: ignore[method-assign]
    assert [await loops.ring(), await loops.ring()] == [False, False] and len(ran) == 1
    desk.clock.now = lambda: FRIDAY + DAY  # type: ignore[method-assign]
    await loops.ring()
    assert len(ran) == 2


def killed_before_the_commit(database: Path, folder: Path) -> int:
    """Prepares a photo in a process that dies (-9) when the file is written and no row knows it yet."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(_prepare(database, folder, die=True))
        finally:
            os._exit(1)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


async def _prepare(database: Path, folder: Path, *, die: bool = False) -> Incoming:
    db = Database(f"sqlite:///{database}", Vault(KEY))
    try:
        got = await Table(db, folder).gets(jpeg(slip(300)))
        if die:
            os.kill(os.getpid(), signal.SIGKILL)
        return got
    finally:
        await db.close()


async def test_killed_between_the_file_and_the_commit(desk_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    assert killed_before_the_commit(desk_file, folder) == signal.SIGKILL
    (orphan,) = (path.name for path in folder.iterdir())
    (kept,) = (await _prepare(desk_file, folder)).kept  # the lease ran out, the turn is taken again
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    desk = Desk(db, folder)
    await desk.note(kept.name)
    assert desk.there == {orphan, kept.name}
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    assert await desk.sweep() == 1
    assert desk.there == {kept.name}
    assert len(await desk.files.fetch(kept.name)) == kept.size
    await db.close()
