"""/vangmat: a colleague hears and sees in one's place, until the day is over; nobody's rights widen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from handlers import desk
from locales.times import ZONE
from storage import absences, tickets
from tests.staff.making import COMMITTEE, PROVINCE, STATION, complaint, ticket
from tests.supervisors.filing import leaves, turn_of, unreachable
from tests.world import FRIDAY, Person, World

SUNDAY = "22/11/2026"


def goes_away(person: Person, substitute: str, day: str = "25/11") -> None:
    person.says("/vangmat")
    person.presses(substitute)
    person.says(day)


def takes(world: World, name: str, ticket_id: int) -> None:
    with world.tx() as tx:
        desk.take(turn_of(world, tx, name), tickets.get(tx, ticket_id))
    world.work()


def adds_words(world: World, ticket_id: int) -> None:
    with world.tx() as tx:
        desk.add_words(turn_of(world, tx, "lan"), tickets.get(tx, ticket_id), "Thêm")
    world.work()


@pytest.fixture
def two(world: World) -> tuple[Person, Person]:
    return world.joins("mai", STATION, "clerk"), world.joins("hoa", STATION, "clerk")


def test_who_until_when_and_both_are_told(world: World, two: tuple[Person, Person]) -> None:
    mai, hoa = two
    mai.says("/vangmat")
    assert "ai làm thay" in mai.last and mai.buttons == ["Hoa", "Menu"]
    mai.presses("Hoa")
    assert mai.buttons == [
        f"Hôm nay: {FRIDAY:%d/%m/%Y}", f"Hết tuần này: {SUNDAY}", "Hết tuần sau: 29/11/2026", "Quay lại"]  # fmt: skip
    mai.says("19/11")
    assert "từ hôm nay đến" in mai.last
    mai.says("qua tháng")
    assert "từ hôm nay đến" in mai.last
    mai.presses("Hết tuần này")
    assert f"vắng đến hết ngày {SUNDAY}, Hoa làm thay" in mai.last
    assert f"Mai vắng đến hết ngày {SUNDAY}, Anh/Chị làm thay" in hoa.last and hoa.buttons == ["Của tôi"]
    mai.says("/menu")
    assert "Hoa làm thay" in mai.last
    hoa.says("/menu")
    assert "Đang làm thay: Mai" in hoa.last


def test_the_substitute_hears_and_the_absent_is_not_woken(world: World, two: tuple[Person, Person]) -> None:
    mai, hoa = two
    world.joins("nga", STATION, "clerk")
    _code, ticket_id = complaint(world)
    takes(world, "mai", ticket_id)
    goes_away(mai, "Hoa")
    for person in world.people.values():
        person.news()
    adds_words(world, ticket_id)
    assert [("người dân gửi thêm" in text) for text in hoa.news()] == [True]
    other, _id = complaint(world)
    assert sum(other in text for text in hoa.news()) == 1  # once, though she stands twice for it
    world.jump(hours=24)
    assert mai.news() == [] and world.person("nga").news()


def test_what_the_absent_holds_stands_under_mine(world: World, two: tuple[Person, Person]) -> None:
    mai, hoa = two
    code, ticket_id = complaint(world)
    takes(world, "mai", ticket_id)
    hoa.says("/hangdoi của tôi")
    assert code not in str(hoa.buttons)
    goes_away(mai, "Hoa")
    hoa.presses("Của tôi")
    assert any(code in label and "thay cho Mai" in label for label in hoa.buttons)
    hoa.presses(code)
    hoa.presses("Nhận thay")
    assert ticket(world, ticket_id).holder_id == 2


def test_back_early_and_by_itself(world: World, two: tuple[Person, Person]) -> None:
    mai, hoa = two
    goes_away(mai, "Hoa", "30/11")
    mai.says("/vangmat")
    assert "đang báo vắng đến hết ngày 30/11/2026, Hoa làm thay" in mai.last
    mai.presses("Tôi đã trở lại")
    assert "Mừng Anh/Chị trở lại" in mai.last and "không còn làm thay Mai" in hoa.last
    goes_away(mai, "Hoa", "21/11")
    for person in two:
        person.news()
    world.jump(to=datetime(2026, 11, 22, 0, 1, tzinfo=ZONE))
    code, _id = complaint(world)
    assert any(code in text for text in mai.news())  # the day is over, though nobody was woken to say so
    world.jump(to=datetime(2026, 11, 22, 6, 0, tzinfo=ZONE))
    assert [text for text in mai.news() if "Mừng Anh/Chị trở lại" in text]
    assert [text for text in hoa.news() if "không còn làm thay Mai" in text]
    world.jump(days=1)
    assert not [text for text in mai.news() if "Mừng" in text]


def _substitute_leaves(world: World) -> None:
    leaves(world, "hoa", STATION)


def _substitute_is_away(world: World) -> None:
    goes_away(world.person("hoa"), "Nga")


def _substitute_cannot_be_reached(world: World) -> None:
    unreachable(world, world.person("hoa"))


@pytest.mark.parametrize(
    "what", [_substitute_leaves, _substitute_is_away, _substitute_cannot_be_reached], ids=lambda f: f.__name__
)
def test_without_the_substitute_the_units_people_hear(
    world: World, two: tuple[Person, Person], what: Callable[[World], None]
) -> None:
    mai, hoa = two
    nga = world.joins("nga", STATION, "clerk")
    _code, ticket_id = complaint(world)
    takes(world, "mai", ticket_id)
    goes_away(mai, "Hoa")
    what(world)
    for person in (mai, hoa, nga):
        person.news()
    adds_words(world, ticket_id)
    assert mai.news() == [] and nga.news() != []


def test_when_all_are_away_the_next_unit_up_hears(world: World, two: tuple[Person, Person]) -> None:
    mai, hoa = two
    minh = world.joins("minh", COMMITTEE, "supervisor")
    goes_away(mai, "Hoa")
    with world.tx() as tx:  # as if she had begun before he did: the command does not offer who is away
        absences.begin(tx, 2, 1, world.time.date() + timedelta(days=3), world.time)
    for person in two:
        person.news()
    code, _id = complaint(world)
    assert mai.news() == [] == hoa.news()
    assert minh.last.startswith(f"**Phiếu mới**\n{code}") and "mọi người đều vắng" in minh.last


def test_a_supervisor_may_be_away_too(world: World) -> None:
    minh, tho = world.joins("minh", COMMITTEE, "supervisor"), world.joins("tho", COMMITTEE, "supervisor")
    thu = world.joins("thu", PROVINCE, "supervisor")
    goes_away(minh, "Tho")
    minh.news()
    complaint(world)
    world.jump(hours=48)
    assert minh.news() == []
    assert "QUÁ HẠN" in tho.last and "QUÁ HẠN" in thu.last


def test_rights_do_not_widen(world: World) -> None:
    """A clerk who stands in for the head hears in the head's place, and still answers no complaint about the unit."""
    from tests.supervisors.test_own_clock import complains

    binh, hoa = world.joins("binh", STATION, "head"), world.joins("hoa", STATION, "clerk")
    minh = world.joins("minh", COMMITTEE, "supervisor")
    goes_away(binh, "Hoa")
    code = complains(world)
    assert code not in "".join(body["text"] for body in (*binh.heard, *hoa.heard))
    assert code in minh.last
    hoa.says(code)
    assert "Ở đây không có phiếu" in hoa.last
    hoa.says("/nhansu")
    assert "không có quyền" in hoa.last
    letters, _id = complaint(world)
    world.jump(hours=38)
    assert f"{letters} · còn 10 giờ" in hoa.last and letters not in "".join(b["text"] for b in binh.heard)


def test_only_a_colleague_who_is_there_may_stand_in(world: World, two: tuple[Person, Person]) -> None:
    mai, hoa = two
    minh, lan = world.joins("minh", COMMITTEE, "supervisor"), world.person("lan")
    goes_away(hoa, "Mai")
    mai.says("/vangmat")
    assert "không còn ai khác" in mai.last and mai.buttons == ["Menu"]
    with world.tx() as tx:
        from storage import staff, talks

        stranger = staff.by_talk(tx, talks.open_talk(tx, "web", minh.name).id)
        assert stranger
    for forged in (
        f"away:until:{stranger.id}:25/11/2026",
        "away:until:x:25/11/2026",
        "away:who:99",
        "away:",
        "away:until:2:x:y",
    ):
        mai.token(forged)
    with world.tx() as tx:
        assert absences.of(tx, 1, world.time.date()) is None
    assert "không có quyền" in lan.says("/vangmat") and "không có quyền" in lan.token("away:back")
    alone = world.joins("thu", PROVINCE, "supervisor")
    alone.says("/vangmat")
    assert "không còn ai khác" in alone.last
