"""A channel that lets the desk speak first for 48 hours only: the receipt asks for a tap, and the desk reminds of it."""

from __future__ import annotations

import pytest

from handlers import desk, opening
from handlers.faults import Fault
from handlers.incoming import Incoming
from handlers.residents import keeping_open
from handlers.turn import Turn
from storage import deadlines, tickets, units
from tests.residents.people_and_reports import MISSING, OLD_STATION, WRONG_NUMBER, clerk_turn
from tests.world import Person, World

BUTTON = "Tiếp tục nhận tin"


@pytest.fixture
def lan(world: World) -> Person:
    world.joins("quan", "desk", "admin")  # somebody hears the alerts, so that they are not tried every hour
    person = world.person("lan", "oa")
    person.can = ("photo", "window")
    return person


def filed(world: World, person: Person, n: int = 1) -> list[tickets.Ticket]:
    """A report that this person sends now, on Friday at 16:00."""
    incoming = Incoming("oa", "made", person.name, person.name, "text", can=frozenset(person.can or ()))
    with world.tx() as tx:
        site = units.by_ref(tx, OLD_STATION)
        assert site
        turn = Turn(tx, incoming, world.time, world.time, world.time, world.desk, world.new_code)
        faults = [
            Fault(f.axis, f.kind, f.changes, site=site.id if f.axis == "dose" else None)
            for f in (MISSING, WRONG_NUMBER)[:n]
        ]
        about = {"name": "Nguyễn Thị Lan", "phone": "0912345678", "permanent": "2025:04585"}
        report = opening.open_report(turn, about=about, resident_id=None, proven=False, faults=faults)
        keeping_open.note(turn)
        turn.keep()
        found = tickets.of_report(tx, report.id)
    world.work()
    return found


def reminders(person: Person) -> list[str]:
    return [text for text in person.news() if "tôi không nhắn cho Anh/Chị ở đây được nữa" in text]


def test_the_receipt_asks_for_a_tap_later(world: World, lan: Person) -> None:
    for words in (
        "/phananh",
        "Việc khác",
        "Góp ý về nơi tiêm, nhờ gọi lại, việc khác",
        "Thái độ, chờ lâu, việc khác",
        "Tôi đồng ý",
        "hanh phuc",
    ):
        lan.says(words)
    lan.presses("Trạm Y tế xã Hạnh Phúc")
    for words in ("Tôi chờ ba tiếng mới đến lượt.", "Bỏ qua", "Bỏ qua", "Gửi phản ánh"):
        lan.says(words)
    assert "chỉ nhắn cho Anh/Chị được trong hai ngày" in lan.last and BUTTON in lan.buttons
    world.jump(days=1)
    lan.news()
    lan.presses(BUTTON)
    assert lan.last.startswith("Cảm ơn Anh/Chị. Tôi nhắn cho Anh/Chị ở đây được đến 16:00 Thứ hai 23/11.")
    assert "Tình trạng: Chờ đơn vị tiếp nhận" in lan.last
    assert reminders(lan) == []
    world.jump(days=1, hours=21)
    assert len(reminders(lan)) == 1  # 13:00 on Monday, counted from the tap


def test_elsewhere_nothing_is_said_of_it(world: World) -> None:
    an = world.person("an", "oa")
    filed(world, an)
    world.jump(hours=47)
    assert reminders(an) == [] and an.heard == []
    with world.tx() as tx:
        rungs = tx.execute(deadlines.rungs.select()).all()
    assert not any(rung.rung.startswith("window") for rung in rungs)


def test_who_is_silent_is_reminded_once(world: World, lan: Person) -> None:
    filed(world, lan)
    world.jump(hours=44)
    assert reminders(lan) == []
    world.jump(hours=1)
    told = reminders(lan)
    assert len(told) == 1 and lan.buttons == [BUTTON]
    assert "Chờ đơn vị tiếp nhận, còn 3 giờ" in told[0] and "Sau 16:00 Chủ nhật 22/11" in told[0]
    world.jump(days=5)
    assert reminders(lan) == []
    lan.presses(BUTTON)  # days later: again from there
    assert lan.last.startswith("Cảm ơn Anh/Chị.")
    world.jump(days=3)
    assert len(reminders(lan)) == 1


def test_whoever_wrote_meanwhile_is_reminded_later(world: World, lan: Person) -> None:
    filed(world, lan)
    world.jump(hours=30)
    lan.says("/menu")
    world.jump(hours=40)
    assert reminders(lan) == []
    world.jump(hours=6)
    assert len(reminders(lan)) == 1


def test_never_at_night(world: World, lan: Person) -> None:
    world.jump(hours=11)  # 03:00
    filed(world, lan)
    world.jump(hours=41)  # 20:00 of the next day
    assert reminders(lan) == []
    world.jump(hours=1)
    assert len(reminders(lan)) == 1


def test_three_tickets_and_two_reports_are_one_reminder(world: World, lan: Person) -> None:
    filed(world, lan, 2)
    filed(world, lan)
    world.jump(hours=46)
    assert len(reminders(lan)) == 1


def test_a_closed_ticket_reminds_of_nothing_and_a_new_round_does(world: World, lan: Person) -> None:
    (ticket,) = filed(world, lan)
    with world.tx() as tx:
        desk.approve(clerk_turn(world, tx), ticket)
    world.jump(hours=46)
    assert reminders(lan) == []
    lan.token(f"r:{ticket.report_id}:no:{ticket.id}")
    lan.says("Vẫn thiếu mũi 2")
    world.jump(hours=46)
    assert len(reminders(lan)) == 1


def test_where_the_chat_was_left_nothing_is_sent(world: World, lan: Person) -> None:
    filed(world, lan)
    lan._send(kind="leave")
    world.jump(hours=46)
    assert reminders(lan) == []


def test_somebody_elses_button_opens_nothing(world: World, lan: Person) -> None:
    (ticket,) = filed(world, lan)
    eve = world.person("eve", "oa")
    assert "chưa mở trong cuộc trò chuyện này" in eve.token(f"keep:{ticket.report_id}")
    assert "chưa mở trong cuộc trò chuyện này" in eve.token("keep:x")
