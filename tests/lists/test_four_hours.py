"""An identity ticket joins a list within four hours, or its station and then its supervisor hear: on every road off a
list, and at every station that gets it."""

from __future__ import annotations

import pytest

from handlers import desk as ticket_desk
from handlers.lists import desk, from_tickets
from storage import list_people, lists, tickets
from storage.lists import List
from tests.lists.making import POLICE, draft, turn_of
from tests.staff.making import COMMITTEE, STATION, complaint, identity, unit_id
from tests.world import Person, World

OTHER = "station:2025:04606"
UNLISTED = "Chưa vào danh sách xác minh"


@pytest.fixture
def crew(world: World) -> dict[str, Person]:
    return {
        "mai": world.joins("mai", STATION, "clerk"),
        "xa": world.joins("xa", OTHER, "clerk"),
        "minh": world.joins("minh", COMMITTEE, "supervisor"),
    }


def told(world: World, crew: dict[str, Person], hours: float) -> list[str]:
    """Who heard of it within these hours."""
    for person in crew.values():
        person.news()
    world.jump(hours=hours)
    return [name for name, person in crew.items() for text in person.news() if UNLISTED in text]


def listed(world: World, mai: Person, ticket_id: int) -> List:
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
        return made


@pytest.mark.parametrize("act", ["drop:go", "out:1"])
def test_a_draft_is_no_list_yet_and_off_it_nothing_is_told_twice(
    world: World, crew: dict[str, Person], act: str
) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    made = listed(world, crew["mai"], ticket_id)
    assert told(world, crew, 4.1) == ["mai"]
    crew["mai"].token(f"l:{made.id}:1:{act}")
    assert told(world, crew, 2) == ["minh"]
    assert told(world, crew, 12) == []


def test_handed_over_the_next_station_has_four_hours_of_its_own(
    world: World, crew: dict[str, Person]
) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    world.jump(hours=3)
    other = unit_id(world, OTHER)
    with turn_of(world, crew["mai"]) as turn:
        ticket_desk.hand_over(turn, tickets.get(turn.tx, ticket_id), other)
    assert told(world, crew, 3.9) == []
    assert told(world, crew, 0.2) == ["xa"]


@pytest.mark.parametrize("why", ["staff", "import"])
def test_opened_again_without_ever_having_been_on_a_list(
    world: World, crew: dict[str, Person], why: str
) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, crew["mai"]) as turn:
        ticket_desk.approve(turn, tickets.get(turn.tx, ticket_id))
    assert told(world, crew, 8) == []
    with turn_of(world, crew["mai"]) as turn:
        ticket_desk.reopen(turn, tickets.get(turn.tx, ticket_id), why)
    assert told(world, crew, 3.9) == []
    assert told(world, crew, 0.2) == ["mai"]
    assert told(world, crew, 2) == ["minh"]


def test_concluded_it_needs_no_other_list_until_the_resident_repairs_it(
    world: World, crew: dict[str, Person]
) -> None:
    """The police found nobody: what is owed is an answer."""
    station, mai, dung = unit_id(world, STATION), crew["mai"], world.joins("dung", POLICE, "police")
    _code, ticket_id = complaint(world, faults=[identity()])
    made = listed(world, mai, ticket_id)
    with turn_of(world, dung) as turn:
        sent = desk.send(turn, made)
        (line,) = list_people.of_list(turn.tx, made.id)
        desk.verdict(turn, line, "unknown")
        back = desk.give_back(turn, lists.get(turn.tx, sent.id), "1", "2026-11-20", "A")
    assert told(world, crew, 5) == []  # back, and not entered yet: still on it
    with turn_of(world, mai) as turn:
        desk.settle(turn, back, list_people.get(turn.tx, line.id), "no_information")
        assert from_tickets.proposed(turn.tx, station) == []
    assert told(world, crew, 12) == []
    with turn_of(world, mai) as turn:
        ticket_desk.reject(turn, tickets.get(turn.tx, ticket_id), "1")
    with turn_of(world, world.person("lan")) as turn:
        ticket_desk.repaired(turn, tickets.get(turn.tx, ticket_id), "Đây là số mới")
    with world.tx() as tx:
        assert [one.id for one in from_tickets.proposed(tx, station)] == [ticket_id]
    assert told(world, crew, 4.1) == ["mai"]


def test_only_stations_make_lists_of_tickets(world: World, crew: dict[str, Person]) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    committee = unit_id(world, COMMITTEE)
    with turn_of(world, crew["mai"]) as turn:
        ticket_desk.hand_over(turn, tickets.get(turn.tx, ticket_id), committee)
    assert told(world, crew, 9) == []


def test_whose_report_was_withdrawn_hears_nothing_of_the_list(world: World, crew: dict[str, Person]) -> None:
    lan = world.person("lan")
    _code, ticket_id = complaint(world, faults=[identity()])
    made = listed(world, crew["mai"], ticket_id)
    with turn_of(world, lan) as turn:
        ticket_desk.withdraw(turn, tickets.get(turn.tx, ticket_id))
    with turn_of(world, crew["mai"]) as turn:
        desk.send(turn, made)
    assert not any("đối chiếu" in body["text"] for body in lan.heard)


def test_what_waits_for_the_police_is_not_laid_on_the_station_alone(
    world: World, crew: dict[str, Person]
) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    made = listed(world, crew["mai"], ticket_id)
    with turn_of(world, crew["mai"]) as turn:
        desk.send(turn, made)
    world.jump(hours=42)
    assert "chưa trả lời, danh sách đang ở Công an xã" in crew["minh"].last
