"""A list from its draft to the Platform, with the ticket that stands on it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.lists import desk
from locales.times import ZONE
from storage import list_people, lists, tickets
from tests.lists.making import HOSPITAL, POLICE, draft, fresh, turn_of
from tests.staff.making import COMMITTEE, STATION, complaint, identity, ticket
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police")


def test_from_draft_to_the_platform(world: World, mai: Person, dung: Person) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        line = desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
        sent = desk.send(turn, made)
    assert (sent.number, sent.year, sent.day, sent.state) == (
        1,
        2026,
        world.time.astimezone(ZONE).date(),
        "police",
    )
    assert line.given["name"] == "Giàng A Páo" and line.given["shown"] == {"name": "Giang A Pao"}
    assert "đang đối chiếu dữ liệu dân cư; Anh/Chị chưa phải làm gì" in world.person("lan").last
    due = ticket(world, ticket_id).due_at
    with turn_of(world, dung) as turn:
        desk.verdict(turn, line, "differs", {"name": "Giàng A Pảo"})
        back = desk.give_back(turn, lists.get(turn.tx, sent.id), "12/BB-CAX", "2026-11-20", "Đại úy Mẫu")
    assert back.state == "back" and back.returned_at == world.time
    assert ticket(world, ticket_id).due_at == due and ticket(world, ticket_id).state == "open"
    with turn_of(world, mai) as turn:
        desk.entered(turn, back, list_people.get(turn.tx, line.id))
    closed = ticket(world, ticket_id)
    assert closed.state == "closed" and closed.changes[0]["new"] == "Giàng A Pảo"
    with world.tx() as tx:
        desk.seen(world.moment(tx), list_people.get(tx, line.id), "right")
    assert fresh(world, sent.id).state == "done"


def test_dated_the_tenth_it_is_on_time_until_the_end_of_the_twelfth(world: World, mai: Person) -> None:
    world.time = datetime(2022, 5, 10, 9, tzinfo=ZONE).astimezone(UTC)
    with turn_of(world, mai) as turn:
        sent = desk.send(turn, draft(turn, STATION))
    assert sent.due_at == datetime(2022, 5, 12, 23, 59, 59, tzinfo=ZONE)


def test_nobody_without_vietnamese_citizenship_is_on_a_list(world: World, mai: Person) -> None:
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION)
        with pytest.raises(desk.Refused, match="foreigner"):
            desk.add(turn, made, {"name": "Emma Larsson"}, foreign=True)
        assert list_people.counts(turn.tx, made.id).n == 1


def test_exempt_sites_make_no_cleaning_list_but_one_of_their_own_round(world: World, mai: Person) -> None:
    nga = world.joins("nga", HOSPITAL, "clerk")
    with turn_of(world, nga) as turn:
        with pytest.raises(desk.Refused, match="kind"):
            draft(turn, HOSPITAL, "cleaning")
        sent = desk.send(turn, draft(turn, HOSPITAL, "round"))
    assert sent.state == "through"
    my = world.joins("my", COMMITTEE, "supervisor")
    with turn_of(world, my) as turn:
        assert desk.passed(turn, sent).state == "police"


def test_a_ticket_stands_on_one_list_at_a_time(world: World, mai: Person) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        found = tickets.get(turn.tx, ticket_id)
        desk.add_ticket(turn, draft(turn, STATION, n=0), found)
        with pytest.raises(desk.Refused, match="elsewhere"):
            desk.add_ticket(turn, draft(turn, STATION, n=0), found)


def test_whoever_has_no_number_cannot_match(world: World, mai: Person, dung: Person) -> None:
    with turn_of(world, mai) as turn:
        sent = desk.send(turn, draft(turn, STATION, number=None))
    with turn_of(world, dung) as turn:
        line = list_people.of_list(turn.tx, sent.id)[0]
        with pytest.raises(desk.Refused, match="number"):
            desk.verdict(turn, line, "matches")
        with pytest.raises(desk.Refused, match="unsaid"):
            desk.give_back(turn, sent, "1", "2026-11-20", "A")
        assert desk.verdict(turn, line, "differs", {"number": "015095001234"}).verdict == "differs"


def test_what_differs_is_said_and_forgotten_where_it_matches_after_all(world: World, mai: Person) -> None:
    with turn_of(world, mai) as turn:
        sent = desk.send(turn, draft(turn, STATION))
        (line,) = list_people.of_list(turn.tx, sent.id)
        for nothing in ({}, {"name": ""}, {"phone": "0912345678"}):
            with pytest.raises(desk.Refused, match="unsaid"):
                desk.verdict(turn, line, "differs", nothing)
        line = desk.verdict(turn, line, "differs", {"name": "Giàng A Pảo"})
        assert line.corrected == {"name": "Giàng A Pảo"}
        assert desk.verdict(turn, line, "matches", {"name": "Giàng A Pảo"}).corrected is None


def test_an_identity_ticket_joins_a_list_within_four_hours_or_they_are_told(
    world: World, mai: Person
) -> None:
    minh = world.joins("minh", COMMITTEE, "supervisor")
    complaint(world, faults=[identity()])
    mai.news(), minh.news()
    world.jump(hours=3, minutes=59)
    assert not mai.news()
    world.jump(minutes=1)
    assert "Chưa vào danh sách xác minh" in mai.last and not minh.news()
    world.jump(hours=2)
    assert "Chưa vào danh sách xác minh" in minh.last


@pytest.mark.parametrize("sent", [True, False])
def test_on_a_list_nobody_is_told_but_a_draft_is_none_yet(world: World, mai: Person, sent: bool) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
        if sent:
            desk.send(turn, made)
    mai.news()
    world.jump(hours=7)
    assert any("Chưa vào danh sách" in text for text in mai.news()) is not sent
