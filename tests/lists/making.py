"""Lists for tests, made as the desk makes them, by somebody who joined a unit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handlers.incoming import Incoming
from handlers.lists import desk
from handlers.turn import Turn
from storage import lists, units
from storage.lists import List
from tests.world import Person, World

POLICE = "police:2025:04585"
HOSPITAL = "site:demo-1"  # exempt
GIVEN: dict[str, Any] = {
    "name": "Giàng A Páo",
    "birth": "1995-03-05",
    "sex": "male",
    "number": "015095001234",
}


@contextmanager
def turn_of(world: World, person: Person) -> Iterator[Turn]:
    """A turn of this person, kept and committed at its end; what was said is delivered."""
    with world.tx() as tx:
        chat = world.road(person.channel).chat_of(person.name)
        incoming = Incoming(person.channel, "made", chat, chat, "text")
        turn = Turn(tx, incoming, world.time, world.time, world.time, world.desk, world.new_code)
        yield turn
        turn.keep()
    world.work()


def draft(turn: Turn, ref: str, kind: str = "tickets", n: int = 1, **given: Any) -> List:
    unit = units.by_ref(turn.tx, ref)
    assert unit
    made = desk.make(turn, unit.id, kind)
    for _n in range(n):
        desk.add(turn, made, {**GIVEN, **given}, foreign=False, fault="personal" if kind != "round" else None)
    return made


def fresh(world: World, list_id: int) -> List:
    with world.tx() as tx:
        return lists.get(tx, list_id)
