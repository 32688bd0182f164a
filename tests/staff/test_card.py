"""The acts on one ticket, from the card to what the resident hears."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.rejections import REASONS
from locales import say
from storage import approvals, history, tickets
from tests.staff.making import STATION, complaint, identity, opens, ticket, unit_id
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def test_approval_asks_whether_the_platform_was_corrected(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Phê duyệt")
    assert "Comirnaty, 12/08/2021" in mai.last
    assert ticket(world, ticket_id).state == "open"
    mai.says("Đã nhập theo sổ tiêm của trạm.")
    assert ticket(world, ticket_id).state == "open"
    assert "Đã nhập theo sổ tiêm" in mai.last
    mai.presses("Tôi đã sửa trên Nền tảng")
    assert "Đã phê duyệt" in mai.last
    with world.tx() as tx:
        closed = tickets.get(tx, ticket_id)
        assert tickets.round_of(tx, closed).outcome == "approved"
        found = approvals.of_round(tx, closed.round_id)
        assert found
        assert found.state == "waiting"
    assert "«Đã nhập theo sổ tiêm của trạm.»" in world.person("lan").last


@pytest.mark.parametrize("number", REASONS)
def test_each_of_the_13_reasons_tells_what_to_send_instead(world: World, mai: Person, number: str) -> None:
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Cần bổ sung")
    mai.says(number)
    mai.presses("Gửi luôn")
    with world.tx() as tx:
        round_ = tickets.round_of(tx, tickets.get(tx, ticket_id))
        assert (round_.outcome, round_.reason) == ("rejected", number)
    heard = world.person("lan").last
    assert say(REASONS[number].title, "vi") in heard
    assert say(REASONS[number].instead, "vi") in heard


def test_the_list_of_letter_9458_is_closed_at_13() -> None:
    assert list(REASONS) == [str(n) for n in range(1, 14)]


def test_words_beside_a_reason_reach_the_resident(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Cần bổ sung")
    mai.presses("8.")
    mai.says("Chụp lại trang có ngày tiêm giúp ạ.")
    assert ticket(world, ticket_id).state == "closed"
    assert "Chụp lại trang có ngày tiêm giúp ạ." in world.person("lan").last


def test_asking_does_not_stop_the_clock(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    due = ticket(world, ticket_id).due_at
    opens(mai, report)
    mai.presses("Hỏi người dân")
    assert "Đồng hồ vẫn chạy" in mai.last
    mai.says("Hôm đó tiêm buổi sáng hay chiều?")
    assert "Hôm đó tiêm buổi sáng hay chiều?" in world.person("lan").last
    asked = ticket(world, ticket_id)
    assert (asked.due_at, asked.state) == (due, "open")
    assert asked.holder_id


def test_later_needs_a_day_to_come_and_neither_closes_nor_stops(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    due = ticket(world, ticket_id).due_at
    opens(mai, report)
    mai.presses("Xử lý sau")
    mai.says("Chờ sổ gốc của bệnh viện.")
    for wrong in ("20/11/2026", "21/12/2026", "mai", "20/11/2021", "2027"):
        mai.says(wrong)
        assert "từ ngày mai đến 20/12/2026" in mai.last
    mai.says("25/11/2026")
    later = ticket(world, ticket_id)
    assert (str(later.later_until), later.state, later.due_at) == ("2026-11-25", "open", due)
    assert "Chờ sổ gốc của bệnh viện." in world.person("lan").last
    assert "xử lý sau, hẹn 25/11/2026" in mai.says("/hangdoi xu ly sau")


def test_a_note_is_never_in_the_residents_view(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Ghi chú nội bộ")
    mai.says("Gia đình đã gọi hai lần")
    assert "Gia đình đã gọi hai lần" in mai.last
    lan = world.person("lan")
    lan.says("/theodoi")
    lan.presses(report)
    assert not any("Gia đình" in body["text"] for body in lan.heard)
    with world.tx() as tx:
        assert "note" not in {event.what for event in history.of_ticket(tx, ticket_id, internal=False)}


def test_hour_47_to_another_unit_leaves_one_hour_and_47_against_the_first(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    began, due = world.time, ticket(world, ticket_id).due_at
    world.jump(hours=47)
    opens(mai, report)
    mai.presses("Chuyển đơn vị")
    mai.says("hoa ban")
    mai.presses("Phòng tiêm chủng Hoa Ban")
    mai.says("Mũi này tiêm ở phòng Hoa Ban.")
    assert "Đã chuyển đến Phòng tiêm chủng Hoa Ban" in mai.last
    moved = ticket(world, ticket_id)
    assert (moved.due_at, moved.unit_id) == (due, unit_id(world, "site:demo-2"))
    assert due - world.time == timedelta(hours=1)
    with world.tx() as tx:
        first, second = tickets.stays_of(tx, moved.round_id)
    assert first == (unit_id(world, STATION), began, began + timedelta(hours=47))
    assert second == (unit_id(world, "site:demo-2"), world.time, None)
    assert "không có phiếu" in mai.says(report)
    hoa = world.joins("hoa", "site:demo-2", "clerk")
    assert "còn 1 giờ" in hoa.says(report)


def test_a_colleague_who_is_given_a_ticket_hears_of_it(world: World, mai: Person) -> None:
    ba = world.joins("ba", STATION, "clerk")
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Giao cho đồng nghiệp")
    mai.presses("Ba")
    assert f"Mai giao cho Anh/Chị phiếu {report}" in ba.last
    ba.presses("Mở")
    assert "Người nhận: Anh/Chị" in ba.last
    assert ba.heard[-1]["_replaces"] is None
    assert ticket(world, ticket_id).holder_id


def test_personal_data_of_citizens_never_goes_to_an_exempt_site(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world, faults=[identity()])
    opens(mai, report)
    mai.presses("Chuyển đơn vị")
    mai.says("Mường Lò")
    mai.presses("Bệnh viện Đa khoa Mường Lò")
    assert "không làm sạch dữ liệu cá nhân" in mai.last
    assert ticket(world, ticket_id).unit_id == unit_id(world, STATION)


def test_what_is_too_long_is_asked_again(world: World, mai: Person) -> None:
    report, _ticket = complaint(world)
    opens(mai, report)
    mai.presses("Trả lời người dân")
    mai.says("a" * 1001)
    mai.says("Xin đem sổ tiêm đến trạm.")
    assert "«Xin đem sổ tiêm đến trạm.»" in world.person("lan").last
