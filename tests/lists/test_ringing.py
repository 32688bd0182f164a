"""The clocks of lists: who hears of which moment, what climbs where, and what falls silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot import turns
from handlers import opening
from handlers.lists import desk
from handlers.rules import lists as rules
from locales.times import ZONE
from storage import absences, list_people, lists, policies, staff, talks, tickets
from storage.lists import List
from tests.lists.making import HOSPITAL, POLICE, draft, turn_of
from tests.staff.making import ABOUT, COMMITTEE, PROVINCE, STATION, complaint, identity
from tests.supervisors.filing import unreachable
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def crew(world: World, mai: Person) -> dict[str, Person]:
    return {
        "mai": mai,
        "dung": world.joins("dung", POLICE, "police"),
        "minh": world.joins("minh", COMMITTEE, "supervisor"),
        "thu": world.joins("thu", PROVINCE, "supervisor"),
    }


def sent(world: World, person: Person, kind: str = "tickets", ref: str = STATION, n: int = 1) -> List:
    with turn_of(world, person) as turn:
        return desk.send(turn, draft(turn, ref, kind, n))


def returned(world: World, dung: Person, list_id: int) -> List:
    with turn_of(world, dung) as turn:
        for line in list_people.of_list(turn.tx, list_id):
            desk.verdict(turn, line, "matches")
        return desk.give_back(turn, lists.get(turn.tx, list_id), "12/BB", "2026-11-20", "Đại úy Mẫu")


def at(day: int, month: int, year: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE).astimezone(UTC)


def told(crew: dict[str, Person]) -> dict[str, int]:
    """How many messages each has heard since last time."""
    return {name: n for name, person in crew.items() if (n := len(person.news()))}


def test_from_the_police_to_the_province(world: World, crew: dict[str, Person]) -> None:
    found = sent(world, crew["mai"], n=3)
    dung = crew["dung"]
    assert dung.last.splitlines()[0] == "**Danh sách xác minh: đến lượt đơn vị mình**"
    assert "**Danh sách số 1/2026** · Trạm Y tế xã Hạnh Phúc · 3 người · Hạn trả: trước 23:59" in dung.last
    assert dung.buttons == ["Mở danh sách"] and "Páo" not in dung.last
    told(crew)
    world.jump(to=at(22, 11, 2026, 5, 59))
    assert not told(crew)
    world.jump(minutes=1)
    assert told(crew) == {"dung": 1} and "hạn trả" in dung.last
    world.jump(to=at(22, 11, 2026, 23, 59, 59))
    assert not told(crew)
    world.jump(seconds=1)
    assert told(crew) == {"mai": 1, "dung": 1, "minh": 1}
    assert "**Danh sách QUÁ HẠN**" in crew["minh"].last and "ở Công an xã" in crew["minh"].last
    world.jump(days=1)
    assert told(crew) == {"mai": 1, "dung": 1, "thu": 1}
    for day in (24, 25, 26):  # every morning, also on a Sunday, until it is back
        world.jump(to=at(day, 11, 2026, 8, 1))
        assert told(crew) == {"mai": 1, "dung": 1, "minh": 1, "thu": 1}
    assert returned(world, dung, found.id).state == "back"
    assert told(crew) == {"mai": 1} and "Trả lúc" in crew["mai"].last and "trễ 80 giờ" in crew["mai"].last
    world.jump(days=3)
    assert not told(crew)


@pytest.mark.parametrize(("second", "words"), [(58, "đúng hạn"), (59, "đúng hạn"), (60, "trễ")])
def test_on_time_until_the_last_second(
    world: World, crew: dict[str, Person], second: int, words: str
) -> None:
    """Dated 10/05, due until the end of 12/05 (S1: «không quá 02 ngày»)."""
    world.time = at(10, 5, 2022, 9)
    found = sent(world, crew["mai"])
    assert found.due_at == at(12, 5, 2022, 23, 59, 59)
    world.jump(to=at(12, 5, 2022, 23, 59, 0) + timedelta(seconds=second - 1))
    world.time += timedelta(seconds=1)  # whatever rings in this second rings after the police
    returned(world, crew["dung"], found.id)
    assert words in crew["mai"].last
    crew["mai"].says("/danhsach")
    assert words in crew["mai"].presses("Danh sách số 1/2022")


def test_after_an_outage_one_message_says_the_gravest(world: World, crew: dict[str, Person]) -> None:
    for _number in range(3):
        sent(world, crew["mai"])
    told(crew)
    world.sleep_through(days=9)
    assert told(crew) == {"mai": 1, "dung": 1, "minh": 1, "thu": 1}
    assert crew["thu"].last.count("Danh sách số") == 3
    assert crew["thu"].last.startswith("**Danh sách QUÁ HẠN** · 3 danh sách")
    assert crew["thu"].buttons == ["Xem các danh sách", "Tôi đôn đốc"]
    assert "Danh sách xác minh quá hạn:** 3" in crew["thu"].presses("Xem các danh sách")


def test_nobody_at_the_police(world: World, mai: Person) -> None:
    minh = world.joins("minh", COMMITTEE, "supervisor")
    sent(world, mai)
    for person in (mai, minh):
        assert "Công an xã Hạnh Phúc chưa có ai ở đây. Xin in danh sách (PDF)" in person.last
        assert len(person.news()) == 1
    world.jump(to=at(22, 11, 2026, 6, 1))
    assert "hạn trả" in mai.last and not minh.news()


def test_police_who_cannot_be_reached(world: World, crew: dict[str, Person]) -> None:
    unreachable(world, crew["dung"])
    sent(world, crew["mai"])
    assert told(crew) == {"mai": 1, "minh": 1}
    assert "Không nhắn được cho ai ở Công an xã Hạnh Phúc" in crew["mai"].last


def test_who_is_away_has_a_substitute(world: World, crew: dict[str, Person]) -> None:
    hoa = world.joins("hoa", POLICE, "police")
    with world.tx() as tx:
        one, other = (staff.by_talk(tx, talks.open_talk(tx, "web", name).id) for name in ("dung", "hoa"))
        assert one and other
        absences.begin(tx, one.id, other.id, world.time.date() + timedelta(days=3), world.time)
    sent(world, crew["mai"])
    assert len(hoa.news()) == 1 and not crew["dung"].news()


def test_a_list_that_went_on_rings_no_more(world: World, crew: dict[str, Person]) -> None:
    dung = crew["dung"]
    found = sent(world, crew["mai"])
    told(crew)
    world.time += timedelta(hours=2)
    returned(world, dung, found.id)
    told(crew)
    world.jump(days=5)
    assert not told(crew)


def test_a_round_of_a_hospital_goes_by_the_peoples_committee(world: World, crew: dict[str, Person]) -> None:
    nga = world.joins("nga", HOSPITAL, "clerk")
    found = sent(world, nga, "round", HOSPITAL)
    minh = crew["minh"]
    assert told(crew) == {"minh": 1} and "Xin xem và chuyển Công an" in minh.last
    with turn_of(world, minh) as turn:
        back = desk.refused(turn, found, "Thiếu ngày sinh của hai người")
    assert len(nga.news()) == 1 and "UBND trả lại để sửa" in nga.last
    with turn_of(world, nga) as turn:
        again = desk.send(turn, back)
    assert told(crew) == {"minh": 1} and (again.number, again.due_at) == (found.number, found.due_at)
    world.jump(to=at(22, 11, 2026, 6, 1))
    assert told(crew) == {"minh": 1} and not nga.news()  # reminded is who has it
    with turn_of(world, minh) as turn:
        desk.passed(turn, lists.get(turn.tx, found.id))
    assert told(crew) == {"dung": 1}
    returned(world, crew["dung"], found.id)
    assert len(nga.news()) == 1 and told(crew) == {"mai": 1}  # S1: the station has a copy


def test_the_hamlet_first(world: World, crew: dict[str, Person]) -> None:
    found = sent(world, crew["mai"], "cleaning")
    assert told(crew) == {"mai": 1} and "Tổ công tác Đề án 06 của thôn" in crew["mai"].last
    with turn_of(world, crew["mai"]) as turn:
        desk.passed(turn, found)
    assert told(crew) == {"dung": 1}


def test_the_end_of_the_cleaning(make_world: Callable[..., World]) -> None:
    """S4: «xong trước ngày 01/06/2022»; seeded for Lào Cai, of which Yên Bái is a part now."""
    world = make_world(now=at(23, 5, 2022, 9))
    people = {name: world.joins(name, ref, role) for name, ref, role in (
        ("mai", STATION, "clerk"), ("dung", POLICE, "police"), ("minh", COMMITTEE, "head"), ("thu", PROVINCE, "head"))}  # fmt: skip
    mai = people["mai"]
    with turn_of(world, mai) as turn:
        left = draft(turn, STATION, "cleaning")
    assert left.finish_by == at(31, 5, 2022, 23, 59, 59)
    found = sent(world, mai, "cleaning")
    with turn_of(world, mai) as turn:
        desk.passed(turn, found)
    returned(world, people["dung"], found.id)
    told(people)
    world.jump(to=at(31, 5, 2022, 23, 59, 59))
    assert not told(people)
    world.jump(seconds=1)
    assert told(people) == {"mai": 1, "minh": 1, "thu": 1}
    assert "Đợt làm sạch đã hết hạn" in people["thu"].last and "Danh sách số 1/2022" in people["thu"].last
    assert "2 danh sách" in mai.last  # its draft too, which is nobody else's to read
    people["thu"].says("/quahan")
    people["thu"].presses("Danh sách quá hạn (1)")
    assert people["thu"].buttons[0].startswith("1/2022 · Trạm Y tế xã Hạnh Phúc · đã trả về")
    world.jump(to=at(1, 6, 2022, 8, 1))
    assert told(people).keys() == {"mai", "minh", "thu"}
    with turn_of(world, mai) as turn:
        now = lists.get(turn.tx, found.id)
        desk.settle(turn, now, list_people.of_list(turn.tx, found.id)[0], "moved_away")
    told(people)
    world.jump(days=2)
    assert not told(people)
    people["thu"].says("/quahan")
    assert not any(label.startswith("Danh sách quá hạn") for label in people["thu"].buttons)


def test_back_after_the_end_of_the_cleaning_is_not_forgotten(make_world: Callable[..., World]) -> None:
    world = make_world(now=at(31, 5, 2022, 9))
    mai, dung = world.joins("mai", STATION, "clerk"), world.joins("dung", POLICE, "police")
    found = sent(world, mai, "cleaning")
    with turn_of(world, mai) as turn:
        desk.passed(turn, found)
    world.jump(to=at(1, 6, 2022, 7))
    returned(world, dung, found.id)
    mai.news()
    world.jump(hours=1)
    assert len(mai.news()) == 1 and "phải xong trước 23:59 31/05/2022" in mai.last


def test_the_board_counts_what_was_back_in_time(world: World, crew: dict[str, Person]) -> None:
    first, _second = sent(world, crew["mai"]), sent(world, crew["mai"])
    returned(world, crew["dung"], first.id)
    crew["minh"].says("/bang")
    assert "Danh sách Công an trả đúng hạn: 1/1" in crew["minh"].last
    world.jump(days=3)
    crew["minh"].says("/bang")
    assert "Danh sách Công an trả đúng hạn: 1/2" in crew["minh"].last
    assert "Danh sách quá hạn (1)" in crew["minh"].buttons


def test_a_provinces_own_campaign(world: World, mai: Person) -> None:
    end = rules.end_of(at(1, 12, 2026).date())
    with world.tx() as tx:
        policies.set_cleaning(tx, "15", end, "Công văn của tỉnh")
    with turn_of(world, mai) as turn:
        assert draft(turn, STATION, "cleaning").finish_by == end
        assert draft(turn, STATION, "tickets").finish_by is None


def test_many_identity_tickets_are_one_message_each(world: World, crew: dict[str, Person]) -> None:
    with world.tx() as tx:
        for number in range(120):
            opening.imported_report(world.moment(tx), code=f"PA-I{number:04}", about=ABOUT, faults=[identity()],
                                    received_at=world.time, import_ref=number.to_bytes(16, "big"))  # fmt: skip
    world.jump(hours=1)
    told(crew)
    world.jump(hours=3)
    assert told(crew) == {"mai": 1}
    assert "Chưa vào danh sách xác minh** · 120 phiếu" in crew["mai"].last
    assert "Xin đưa vào danh sách xác minh ngay" in crew["mai"].last
    assert crew["mai"].buttons[0] == "Lập danh sách"
    world.jump(hours=2)
    assert told(crew) == {"minh": 1, "thu": 1}
    assert "Trạm Y tế xã Hạnh Phúc chưa đưa vào danh sách xác minh" in crew["minh"].last


def test_an_alert_about_no_list_falls_away_once_there_is_one(world: World, mai: Person) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    mai.news()
    world.time += timedelta(hours=4)
    with world.tx() as tx:
        turns.ring(tx, world.now, world.desk)
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
        desk.send(turn, made)
    assert not any("Chưa vào danh sách" in text for text in mai.news())
