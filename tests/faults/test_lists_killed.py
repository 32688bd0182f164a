"""A list on its way, killed (-9) at every step: sent, its workbook applied, given back; it ends as if nothing had happened."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.evidence.child import read_sheet
from handlers.lists import desk
from storage import history, inbox, list_alerts, list_people, list_rungs, lists, outbox
from storage.lists import List
from tests.faults.kill import LATER, START, run, sent
from tests.lists.making import POLICE, turn_of
from tests.lists.workbooks import drawn, edited
from tests.staff.making import STATION, complaint, identity, unit_id
from tests.world import World

N = 3
UNTIL = 16  # by then the turn is over and the list has rung; deliveries die elsewhere (test_kill.py)
ANSWERS = ("Khớp", "Không có trong CSDL dân cư", "Cần bổ sung")


def waits(world: World, person: str, **said: Any) -> None:
    """Stored, and not yet handled."""
    with world.tx() as tx:
        raw = {"id": "act", "chat": person, "kind": "choice", **said}
        inbox.store(tx, channel="web", event_id="act", lane=f"web:{person}", received_at=START, run_at=START, raw=raw)  # fmt: skip


def drafted(world: World) -> List:
    mai = world.joins("mai", STATION, "clerk")
    world.joins("dung", POLICE, "police", "Anh Dũng")
    for n in range(N):
        complaint(world, by=f"dan{n}", faults=[identity()])
    unit = unit_id(world, STATION)
    mai.token(f"l:new:{unit}:tickets:go")
    with world.tx() as tx:
        found = lists.newest_draft(tx, [unit], "tickets")
    assert found
    return found


def at_police(world: World) -> List:
    found = drafted(world)
    with turn_of(world, world.person("mai")) as turn:
        return desk.send(turn, found)


def sending(world: World) -> None:
    found = drafted(world)
    waits(world, "mai", choice=f"l:{found.id}:{found.version}:send:go")


def answering(world: World) -> None:
    """Matches, not found, to be supplemented, which asks a resident."""

    def fill(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | {"verdict": said, "words": "Xã nào?"} for row, said in zip(rows, ANSWERS, strict=True)]

    found = at_police(world)
    book = edited(drawn(world, world.person("dung"), found.id), fill)
    waits(world, "dung", kind="media", sheet=read_sheet(book)["sheet"])


def returning(world: World) -> None:
    found, dung = at_police(world), world.person("dung")
    with turn_of(world, dung) as turn:
        for line in list_people.of_list(turn.tx, found.id):
            desk.verdict(turn, line, "matches")
    dung.token(f"l:{found.id}:{found.version}:sign")
    dung.says("12/BB-CAX")
    dung.presses("Hôm nay")
    dung.presses("Anh Dũng")
    waits(world, "dung", choice=f"l:{found.id}:{found.version}:sign:go")


def ended(database: Path) -> dict[str, Any]:
    """All that an act leaves behind, without its moments."""
    world = World(database, now=START)
    own, p, r = lists.lists.c, list_people.list_people.c, list_rungs.list_rungs.c
    kept = {
        "list": (own.state, own.number, own.version, own.returned_at.isnot(None)),
        "people": (p.place, p.ticket_id, p.verdict, p.words, p.person_key),
        "events": (history.events.c.ticket_id, history.events.c.what),
        "of the list": (lists.list_events.c.what,),
        "alerts": (list_alerts.list_alerts.c.rung, list_alerts.list_alerts.c.recipient_id),
        "rungs": (r.rung, r.done_at.isnot(None)),
        "told": (outbox.outbox.c.chat, outbox.outbox.c.done_at.isnot(None)),
        "came": (inbox.inbox.c.event_id, inbox.inbox.c.outcome),
    }
    with world.tx() as tx:
        found = {
            name: Counter(tuple(row) for row in tx.execute(select(*columns)))
            for name, columns in kept.items()
        }
    world.close()
    return found


@pytest.mark.parametrize("act", [sending, answering, returning])
def test_killed_at_every_step_it_ends_as_if_nothing_had_been(
    act: Callable[[World], None], make_world: Callable[..., World], tmp_path: Path
) -> None:
    world = make_world(now=START)
    act(world)
    world.engine.dispose()

    def copied(name: str) -> tuple[Path, Path]:
        for suffix in ("", "-wal", "-shm"):
            if Path(f"{world.path}{suffix}").exists():
                shutil.copy(f"{world.path}{suffix}", tmp_path / f"{name}.db{suffix}")
        return tmp_path / f"{name}.db", tmp_path / f"{name}.sent"

    whole, paper = copied("whole")
    before = ended(whole)
    assert run(whole, paper, START) == 0
    wanted, letters = ended(whole), Counter(one["chat"] for one in sent(paper))
    assert wanted["list"] != before["list"] or wanted["people"] != before["people"]
    for step in range(1, UNTIL):
        database, paper = copied(f"k{step}")
        assert run(database, paper, START, die_at=step) == 9
        assert run(database, paper, START + LATER) == 0
        assert ended(database) == wanted, step
        again = Counter(one["chat"] for one in sent(paper)) - letters
        assert set(again.values()) <= {1}  # what was on its way may have gone out twice, in the same words
        for old in tmp_path.glob(f"k{step}.*"):
            old.unlink()
