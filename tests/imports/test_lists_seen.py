"""The check after the list is back (S4 §5): an ordinary export shows the right values, or still the old ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers.lists import desk
from locales.times import ZONE
from storage import approvals, history, list_people, lists, people, tickets
from storage.list_people import Line
from storage.lists import List
from tests.lists.making import POLICE, draft, fresh, turn_of
from tests.staff.making import NUMBER, STATION, complaint, identity, ticket
from tests.test_import_stories import import_
from tests.world import Person, World

HEAD = ["Mã đối tượng", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]
OLD = ["P1", "Giang A Pao", "05/03/1995", "Nam", NUMBER]
RIGHT = ["P1", "Giàng A Páo", "05/03/1995", "Nam", NUMBER]
SHOWN, STILL_OLD = "Hệ thống quốc gia đã hiển thị đúng", "vẫn hiện thông tin cũ"


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police")


def back(world: World, mai: Person, dung: Person, *, record: list[str] | None = None) -> tuple[List, int]:
    """A list of one ticket, of whose person the police say that it matches; record: what the Platform showed before."""
    if record:
        export(world, record)
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        line = desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
        desk.send(turn, made)
    with turn_of(world, dung) as turn:
        desk.verdict(turn, line, "matches")
        found = desk.give_back(turn, lists.get(turn.tx, made.id), "1", "2026-11-20", "A")
    world.jump(minutes=10)
    world.person("lan").news()
    return found, ticket_id


def tick(world: World, mai: Person, found: List) -> None:
    with turn_of(world, mai) as turn:
        desk.entered(turn, found, list_people.of_list(turn.tx, found.id)[0])
    world.person("lan").news()
    world.jump(minutes=10)


def line_of(world: World, found: List) -> Line:
    with world.tx() as tx:
        return list_people.of_list(tx, found.id)[0]


def export(world: World, *rows: list[str], head: list[str] = HEAD, ago: int = 0) -> list[str]:
    """An export made so many minutes ago; what the resident then hears."""
    as_of = world.time.astimezone(ZONE) - timedelta(minutes=ago)
    import_(world, [head, *rows], as_of.strftime("%Y-%m-%d %H:%M"))
    return world.person("lan").news()


def state(world: World, found: List, ticket_id: int) -> tuple[str | None, bool, str, str]:
    line = line_of(world, found)
    return (
        line.checked,
        line.updated_at is not None,
        fresh(world, found.id).state,
        ticket(world, ticket_id).state,
    )


def test_ticked_off_and_right_closes_line_list_and_ticket(world: World, mai: Person, dung: Person) -> None:
    found, ticket_id = back(world, mai, dung)
    tick(world, mai, found)
    assert state(world, found, ticket_id) == (None, True, "back", "closed")
    (heard,) = export(world, RIGHT)
    assert SHOWN in heard
    assert state(world, found, ticket_id) == ("right", True, "done", "closed")
    with world.tx() as tx:
        said = [one.what for one in history.of_ticket(tx, ticket_id, internal=True)]
    assert (said.count("approved"), said.count("confirmed")) == (1, 1)


def test_ticked_off_and_still_the_old_value_opens_both_again_once(
    world: World, mai: Person, dung: Person
) -> None:
    found, ticket_id = back(world, mai, dung)
    tick(world, mai, found)
    (heard,) = export(world, OLD)
    assert STILL_OLD in heard
    assert state(world, found, ticket_id) == ("wrong", False, "back", "open")
    world.jump(minutes=10)
    assert export(world, OLD) == []
    tick(world, mai, found)
    assert state(world, found, ticket_id) == (None, True, "back", "closed")
    (heard,) = export(world, RIGHT)
    assert SHOWN in heard and state(world, found, ticket_id) == ("right", True, "done", "closed")
    with world.tx() as tx:
        seen = [one.what for one in lists.history(tx, found.id) if one.what.startswith("seen")]
    assert seen == ["seen_wrong", "seen_right"]


def test_not_ticked_off_right_closes_and_says_only_that_wrong_says_nothing(
    world: World, mai: Person, dung: Person
) -> None:
    found, ticket_id = back(world, mai, dung)
    assert export(world, OLD) == []
    assert state(world, found, ticket_id) == (None, False, "back", "open")
    world.jump(minutes=10)
    (heard,) = export(world, RIGHT)
    assert SHOWN in heard
    assert state(world, found, ticket_id) == ("right", False, "done", "closed")
    with world.tx() as tx:
        approval = approvals.of_round(tx, tickets.get(tx, ticket_id).round_id)
    assert approval and approval.state == "confirmed"


@pytest.mark.parametrize(
    "as_it_is", [{"verdict": "unknown"}, {"verdict": "supplement"}, {"outcome": "duplicate"}]
)
def test_without_a_right_value_of_the_police_or_with_an_outcome_no_export_says_anything(
    world: World, mai: Person, dung: Person, as_it_is: dict[str, str]
) -> None:
    found, ticket_id = back(world, mai, dung)
    with world.tx() as tx:
        list_people.change(tx, list_people.of_list(tx, found.id)[0], **as_it_is)
    assert export(world, RIGHT) == []
    assert state(world, found, ticket_id) == (None, False, "back", "open")


def test_an_export_older_than_the_tick_opens_nothing(world: World, mai: Person, dung: Person) -> None:
    found, ticket_id = back(world, mai, dung)
    tick(world, mai, found)
    assert export(world, OLD, ago=15) == []
    assert state(world, found, ticket_id) == (None, True, "back", "closed")
    assert export(world, OLD, ago=30) == []  # older than the police too


def test_an_export_older_than_the_police_closes_nothing(world: World, mai: Person, dung: Person) -> None:
    found, ticket_id = back(world, mai, dung)
    assert export(world, RIGHT, ago=15) == []
    assert state(world, found, ticket_id) == (None, False, "back", "open")


def test_a_file_without_the_columns_or_without_the_person_says_nothing(
    world: World, mai: Person, dung: Person
) -> None:
    found, ticket_id = back(world, mai, dung, record=OLD)
    tick(world, mai, found)
    export(world, RIGHT[:3], head=HEAD[:3])
    world.jump(minutes=10)
    export(world, ["P2", "Sùng Thị Mỷ", "01/01/1990", "Nữ", "015190000001"])
    assert state(world, found, ticket_id) == (None, True, "back", "closed")


def test_somebody_who_had_no_number_is_found_by_the_new_one(world: World, mai: Person, dung: Person) -> None:
    """The Platform counts persons anew: the record with the number is another one here."""
    head, number = HEAD[1:], "015195004321"
    export(world, ["Lò Thị Mai", "05/03/1995", "Nữ", ""], head=head)
    given = {"name": "Lò Thị Mai", "birth": "1995-03-05", "sex": "female"}
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, "cleaning", n=0)
        newest = turn.tx.execute(select(func.max(people.residents.c.id))).scalar_one()
        line = desk.add(turn, made, given, foreign=False, fault="missing", resident_id=newest)
        sent = desk.passed(turn, desk.send(turn, made))
    with turn_of(world, dung) as turn:
        desk.verdict(turn, line, "differs", {"number": number})
        found = desk.give_back(turn, sent, "1", "2026-11-20", "A")
    world.jump(minutes=10)
    export(world, ["Lò Thị Mai", "05/03/1995", "Nữ", number], head=head)
    with world.tx() as tx:
        assert [one.id for one in people.with_number(tx, number)] != [newest]
    assert line_of(world, found).checked == "right" and fresh(world, found.id).state == "done"


def test_a_stop_before_the_decision_loses_nothing(
    world: World, mai: Person, dung: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.imports import confirming

    found, ticket_id = back(world, mai, dung)
    tick(world, mai, found)
    with monkeypatch.context() as patch:

        def dies(*_given: object) -> bool:
            raise SystemExit("killed")

        patch.setattr(confirming, "decide", dies)
        with pytest.raises(SystemExit):
            export(world, RIGHT)
    assert line_of(world, found).checked is None
    (heard,) = export(world, RIGHT)
    assert SHOWN in heard and state(world, found, ticket_id)[0] == "right"
    assert export(world, RIGHT) == []


def test_an_outcome_while_an_import_was_stopped_stands(
    world: World, mai: Person, dung: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.imports import confirming

    def dies(*_given: object) -> bool:
        raise SystemExit("killed")

    found, ticket_id = back(world, mai, dung)
    with monkeypatch.context() as patch:
        patch.setattr(confirming, "decide", dies)
        with pytest.raises(SystemExit):
            export(world, RIGHT)
    with turn_of(world, mai) as turn:
        desk.settle(turn, found, list_people.of_list(turn.tx, found.id)[0], "duplicate")
    assert export(world, RIGHT) == []
    assert state(world, found, ticket_id) == (None, False, "done", "open")
