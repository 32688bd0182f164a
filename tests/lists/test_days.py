"""Number, date and due day of a list are of Vietnam's calendar: at night, at the ends of months and years, on days off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.lists import desk
from locales.times import ZONE
from storage import list_people
from tests.lists.making import HOSPITAL, draft, turn_of
from tests.staff.making import STATION
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("sent", "day", "due"),
    [
        ("10/05/2022 00:00:00", "10/05/2022", "12/05/2022"),  # in UTC still the ninth
        ("10/05/2022 23:59:59", "10/05/2022", "12/05/2022"),
        ("30/04/2022 05:00:00", "30/04/2022", "02/05/2022"),  # over two days off and a month's end
        ("12/05/2022 09:00:00", "12/05/2022", "14/05/2022"),  # a Saturday
        ("13/05/2022 09:00:00", "13/05/2022", "15/05/2022"),  # a Sunday
        ("27/02/2024 09:00:00", "27/02/2024", "29/02/2024"),
        ("27/02/2023 09:00:00", "27/02/2023", "01/03/2023"),
        ("31/12/2022 06:59:59", "31/12/2022", "02/01/2023"),
        ("01/01/2023 06:59:59", "01/01/2023", "03/01/2023"),  # in UTC still the old year
        ("21/01/2023 12:00:00", "21/01/2023", "23/01/2023"),  # Tết
    ],
)
def test_dated_and_due(world: World, mai: Person, sent: str, day: str, due: str) -> None:
    world.time = at(sent)
    with turn_of(world, mai) as turn:
        found = desk.send(turn, draft(turn, STATION))
    assert found.day and found.day.strftime("%d/%m/%Y") == day and found.year == found.day.year
    assert found.due_at == at(f"{due} 23:59:59")


def test_each_unit_counts_its_own_lists_anew_every_year(world: World, mai: Person) -> None:
    nga = world.joins("nga", HOSPITAL, "clerk")
    counted = []
    for moment in (
        "31/12/2022 23:00:00",
        "31/12/2022 23:30:00",
        "01/01/2023 00:30:00",
        "01/01/2023 09:00:00",
    ):
        world.time = at(moment)
        for person, ref in ((mai, STATION), (nga, HOSPITAL)):
            with turn_of(world, person) as turn:
                sent = desk.send(turn, draft(turn, ref, "round"))
            counted.append((sent.number, sent.year))
    assert counted[::2] == counted[1::2] == [(1, 2022), (2, 2022), (1, 2023), (2, 2023)]


def test_back_is_when_the_police_said_so_and_not_when_the_desk_came_to_it(world: World, mai: Person) -> None:
    """What was pressed in the last second and waited in the inbox is on time."""
    world.time = at("10/05/2022 09:00:00")
    with turn_of(world, mai) as turn:
        sent = desk.send(turn, draft(turn, STATION))
    world.time = at("13/05/2022 00:01:00")
    with turn_of(world, mai) as turn:
        turn.received_at = at("12/05/2022 23:59:59")
        desk.verdict(turn, list_people.of_list(turn.tx, sent.id)[0], "unknown")
        back = desk.give_back(turn, sent, "1", "2022-05-12", "A")
    assert back.returned_at == back.due_at
