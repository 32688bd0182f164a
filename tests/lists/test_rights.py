"""Who sees a list, and who its people, in each of its states: its card, its people, and whether /danhsach names it."""

from __future__ import annotations

import pytest

from handlers.lists import desk
from storage import list_people, lists
from storage.lists import List
from tests.lists.making import HOSPITAL, POLICE, draft, turn_of
from tests.staff.making import COMMITTEE, PROVINCE, STATION
from tests.world import Person, World

HERE = {"mai": (STATION, "clerk"), "nga": (HOSPITAL, "clerk"), "dung": (POLICE, "police"), "my": (COMMITTEE, "supervisor"),
        "thu": (PROVINCE, "supervisor"), "xa": ("station:2025:04606", "clerk"), "la": ("police:2025:04606", "police")}  # fmt: skip
CARD, ALL = "card", "card people listed"

# state: what each reads; who is not named reads nothing at all
CLEANING: dict[str, dict[str, str]] = {
    "draft": {"mai": ALL},
    "hamlet": {"mai": ALL, "my": CARD, "thu": CARD},
    "police": {"mai": ALL, "dung": ALL, "my": CARD, "thu": CARD},
    "back": {"mai": ALL, "dung": ALL, "my": CARD, "thu": CARD},
    "done": {"mai": "card people", "dung": "card people", "my": CARD, "thu": CARD},
}
ROUND: dict[str, dict[str, str]] = {
    "draft": {"nga": ALL},
    "through": {"nga": ALL, "mai": ALL, "my": ALL, "thu": CARD},
    "refused": {"nga": ALL, "my": CARD, "thu": CARD},  # a draft again, with its number
    "police": {"nga": ALL, "mai": ALL, "my": ALL, "dung": ALL, "thu": CARD},
    "back": {"nga": ALL, "mai": ALL, "my": ALL, "dung": ALL, "thu": CARD},
}


@pytest.fixture
def crew(world: World) -> dict[str, Person]:
    return {name: world.joins(name, *at) for name, at in HERE.items()} | {"lan": world.person("lan")}


def brought(world: World, crew: dict[str, Person], kind: str, state: str) -> List:
    """A list of one person, in this state."""
    maker, ref = (crew["mai"], STATION) if kind == "cleaning" else (crew["nga"], HOSPITAL)
    with turn_of(world, maker) as turn:
        found = draft(turn, ref, kind)
        if state == "draft":
            return found
        found = desk.send(turn, found)
        if state == "refused":
            return desk.refused(turn, found, "Thiếu thôn")
        if state in ("hamlet", "through"):
            return found
        found = desk.passed(turn, found)
    if state == "police":
        return found
    with turn_of(world, crew["dung"]) as turn:
        desk.verdict(turn, list_people.of_list(turn.tx, found.id)[0], "unknown")
        found = desk.give_back(turn, found, "1", "2026-11-20", "A")
    if state == "done":
        with turn_of(world, maker) as turn:
            desk.settle(turn, found, list_people.of_list(turn.tx, found.id)[0], "moved_away")
            return lists.get(turn.tx, found.id)
    return found


def reads(person: Person, found: List) -> str:
    seen = []
    person.token(f"l:{found.id}")
    seen += ["card"] if "không có quyền" not in person.last else []
    person.token(f"l:{found.id}:{found.version}:people")
    seen += ["people"] if "1. Giàng A Páo" in person.show() else []
    person.says("/danhsach")
    rows = [choice["token"] for choice in person.heard[-1]["choices"]]
    seen += ["listed"] if f"l:{found.id}" in rows else []
    return " ".join(seen)


@pytest.mark.parametrize("state", CLEANING)
def test_a_cleaning_list(world: World, crew: dict[str, Person], state: str) -> None:
    found = brought(world, crew, "cleaning", state)
    assert {name: said for name, one in crew.items() if (said := reads(one, found))} == CLEANING[state]


@pytest.mark.parametrize("state", ROUND)
def test_a_site_s_own_round(world: World, crew: dict[str, Person], state: str) -> None:
    found = brought(world, crew, "round", state)
    assert {name: said for name, one in crew.items() if (said := reads(one, found))} == ROUND[state]
