"""An answer that did not arrive: the staff are asked to call, the card says so, and whoever comes back is shown it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import turns
from bot.channels import Blocked, Outcome, Refused, TryAgain
from handlers import desk
from storage import history, reports, talks, tickets
from tests.staff.making import ABOUT, STATION, complaint, ticket
from tests.supervisors.filing import turn_of
from tests.world import Person, PlainRoad, World


class Road(PlainRoad):
    """Web chats some of which cannot be reached."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "web")
        self.closed: dict[str, Outcome] = {}

    def send(self, row: Any, message: Any) -> Outcome:
        return self.closed.get(row.chat) or super().send(row, message)


@pytest.fixture
def road(world: World) -> Road:
    found = Road(world)
    world.roads["web"] = found
    return found


def answers(world: World, ticket_id: int, by: str = "mai", words: str = "Đã kiểm tra.") -> None:
    with world.tx() as tx:
        desk.answer(turn_of(world, tx, by), tickets.get(tx, ticket_id), words)
    world.work()


def happened(world: World, ticket_id: int) -> list[str]:
    with world.tx() as tx:
        return [event.what for event in history.of_ticket(tx, ticket_id, internal=True)]


def told(person: Person) -> list[str]:
    return [text for text in person.news() if ": tin gửi người dân chưa tới nơi" in text]


@pytest.mark.parametrize("outcome", [Blocked("bot was blocked"), Refused("too long"), TryAgain("timeout")])
def test_the_holder_hears_once_a_day_and_calls(world: World, road: Road, outcome: Outcome) -> None:
    mai, hoa = world.joins("mai", STATION, "clerk"), world.joins("hoa", STATION, "clerk")
    code, ticket_id = complaint(world)
    road.closed["lan"] = outcome
    for _try in range(2):
        answers(world, ticket_id)
        for _wait in range(turns.TRIES * 2):
            world.sleep_through(hours=0.4)
    assert told(mai) == [
        f"{code}: tin gửi người dân chưa tới nơi (chat trên web).\n"
        "Xin gọi điện: mở phiếu, bấm «Xem số đầy đủ» để thấy số điện thoại."
    ]
    assert told(hoa) == []
    assert happened(world, ticket_id).count("undelivered") == 2
    mai.presses("Mở phiếu")
    assert "Câu trả lời gần nhất chưa tới được người dân: xin gọi điện." in mai.last
    assert "Tin gửi người dân chưa tới nơi (chat trên web)" in mai.last
    world.jump(days=1)
    answers(world, ticket_id)
    for _wait in range(turns.TRIES * 2):
        world.sleep_through(hours=0.4)
    assert len(told(mai)) == 1


def test_nobody_holds_it_and_it_has_no_phone(world: World, road: Road) -> None:
    mai, hoa = world.joins("mai", STATION, "clerk"), world.joins("hoa", STATION, "head")
    _code, ticket_id = complaint(world)
    with world.tx() as tx:
        report = tickets.get(tx, ticket_id).report_id
        about = {**ABOUT, "phone": None}
        tx.execute(reports.reports.update().where(reports.reports.c.id == report).values(about=about))
    road.closed["lan"] = Blocked("gone")
    with world.tx() as tx:
        desk.hand_over(
            turn_of(world, tx, "mai"), tickets.get(tx, ticket_id), tickets.get(tx, ticket_id).unit_id
        )
    world.work()
    for person in (mai, hoa):
        assert "Phiếu không có số điện thoại" in told(person)[0]


def test_where_another_chat_has_it_nobody_is_alarmed(world: World, road: Road) -> None:
    mai, con = world.joins("mai", STATION, "clerk"), world.person("con")
    _code, ticket_id = complaint(world)
    con.says("/start")
    with world.tx() as tx:
        talk = talks.find(tx, "web", "con")
        assert talk
        reports.watch(tx, tickets.get(tx, ticket_id).report_id, talk.id)
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    assert "Đã kiểm tra." in con.last
    world.jump(minutes=5)  # until then it was still under way to the other chat
    assert told(mai) == [] and "missed" in happened(world, ticket_id)
    mai.token(f"t:{ticket_id}")
    assert "Câu trả lời gần nhất chưa tới" not in mai.last
    road.closed["con"] = Blocked("gone too")
    answers(world, ticket_id)
    assert len(told(mai)) == 1  # and both are


def test_an_approval_that_closed_the_ticket_is_noticed_too(world: World, road: Road) -> None:
    mai = world.joins("mai", STATION, "clerk")
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    with world.tx() as tx:
        desk.approve(turn_of(world, tx, "mai"), tickets.get(tx, ticket_id))
    world.work()
    assert ticket(world, ticket_id).state == "closed"
    assert len(told(mai)) == 1


def test_whoever_comes_back_is_shown_it_once(world: World, road: Road) -> None:
    mai, lan = world.joins("mai", STATION, "clerk"), world.person("lan")
    code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    road.closed.clear()
    world.jump(days=1)
    lan.news()
    lan.says("/menu")
    missed, menu = lan.news()
    assert missed.startswith(
        f"Trong lúc Anh/Chị vắng, có tin chưa đến được Anh/Chị:\n**{code}** · Thiếu mũi tiêm · Đang xử lý"
    )
    assert code not in menu
    lan.presses(f"Xem {code}")
    assert "Đã kiểm tra." in lan.last
    mai.token(f"t:{ticket_id}")
    assert "Câu trả lời gần nhất chưa tới" not in mai.last and "Người dân đã quay lại" in mai.last
    lan.news()
    with world.tx() as tx:
        talks.set_reachable(tx, "web", "lan", False)
    lan.says("/menu")
    assert len(lan.news()) == 1


def test_a_join_is_a_return_and_a_leave_is_none(world: World, road: Road) -> None:
    world.joins("mai", STATION, "clerk")
    lan = world.person("lan")
    code, ticket_id = complaint(world)
    lan._send(kind="leave")
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    lan._send(kind="leave")
    road.closed.clear()
    assert lan.news() == []
    lan._send(kind="join")
    assert [code in text for text in lan.news()] == [True]


def test_a_later_message_that_arrives_is_enough(world: World, road: Road) -> None:
    mai = world.joins("mai", STATION, "clerk")
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Refused("odd")
    answers(world, ticket_id)
    road.closed.clear()
    answers(world, ticket_id, words="Đã sửa.")
    mai.token(f"t:{ticket_id}")
    assert "Câu trả lời gần nhất chưa tới" not in mai.last
