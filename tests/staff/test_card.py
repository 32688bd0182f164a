"""The acts on one ticket, from the card to what the resident hears."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers import opening
from handlers.faults import Fault
from handlers.rejections import REASONS
from locales import say
from storage import approvals, history, tickets
from tests.staff.making import ABOUT, DOSE, STATION, complaint, identity, opens, stays_of, ticket, unit_id
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


def test_the_reasons_stand_in_full_above_buttons_that_a_phone_cuts(world: World, mai: Person) -> None:
    report, _ticket = complaint(world)
    opens(mai, report)
    mai.presses("Cần bổ sung")
    for number, reason in REASONS.items():
        assert f"{number}. {say(reason.title, 'vi')}" in mai.last.splitlines()
    assert max(map(len, mai.buttons)) <= 40
    mai.presses("13. Thông tin cá nhân")
    assert say(REASONS["13"].title, "vi") in mai.last


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
    assert mai.buttons[:3] == ["Sau 1 ngày: 21/11/2026", "Sau 3 ngày: 23/11/2026", "Sau 7 ngày: 27/11/2026"]
    for wrong in ("20/11/2026", "21/12/2026", "mai", "20/11/2021", "2027", "19/11"):
        mai.says(wrong)
        assert "từ ngày mai đến 20/12/2026" in mai.last
    mai.says("25/11")
    later = ticket(world, ticket_id)
    assert (str(later.later_until), later.state, later.due_at) == ("2026-11-25", "open", due)
    assert "Chờ sổ gốc của bệnh viện." in world.person("lan").last
    mai.says("/hangdoi xu ly sau")
    assert any("xử lý sau, hẹn 25/11/2026" in label for label in mai.buttons)


def test_later_until_a_day_that_is_pressed(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Xử lý sau")
    mai.says("Chờ sổ gốc của bệnh viện.")
    pressed = mai.heard[-1]["choices"][0]["token"]
    mai.presses("Sau 3 ngày")
    assert str(ticket(world, ticket_id).later_until) == "2026-11-23"
    assert "Chờ sổ gốc của bệnh viện." in world.person("lan").last
    assert "đã làm rồi" in mai.token(pressed)


def test_a_day_of_another_tickets_reason_asks_for_the_reason(world: World, mai: Person) -> None:
    first, first_id = complaint(world)
    second, second_id = complaint(world)
    opens(mai, first)
    mai.presses("Xử lý sau")
    mai.says("Chờ sổ gốc của bệnh viện.")
    day = mai.heard[-1]["choices"][0]["token"]
    opens(mai, second)
    mai.presses("Xử lý sau")
    mai.says("Chờ công an.")
    assert "Vì sao xử lý sau?" in mai.token(day)
    assert ticket(world, first_id).later_until is None
    assert ticket(world, second_id).later_until is None


def test_a_code_typed_for_an_answer_opens_that_ticket(world: World, mai: Person) -> None:
    first, _id = complaint(world)
    second, _id = complaint(world)
    opens(mai, first)
    mai.presses("Trả lời người dân")
    assert mai.says(second).startswith(f"**{second}**")
    assert not any(f"«{second}»" in body["text"] for body in world.person("lan").heard)


def test_what_follows_a_question_comes_below_it(world: World, mai: Person) -> None:
    """The page shows a press on a question as the person's own words: the card must not change above them."""
    report, _ticket = complaint(world)
    opens(mai, report)
    mai.presses("Nhận phiếu")
    assert mai.heard[-1]["_replaces"]
    mai.presses("Phê duyệt")
    assert mai.heard[-1]["_replaces"] is None
    mai.presses("Về phiếu")
    assert mai.heard[-1]["_replaces"] is None
    mai.presses("Phê duyệt")
    mai.presses("Tôi đã sửa trên Nền tảng")
    assert mai.heard[-1]["_replaces"] is None
    assert "Đã phê duyệt" in mai.last


def test_the_card_says_first_what_is_wrong_and_how_long_there_is(world: World, mai: Person) -> None:
    report, _ticket = complaint(world)
    rows = mai.says(report).splitlines()
    assert rows[:3] == [f"**{report}** · Thiếu mũi tiêm", "còn 48 giờ · hạn trước 16:00 Chủ nhật 22/11",
                        "Người nhận: chưa ai nhận"]  # fmt: skip
    assert rows[4].startswith("Chưa có trên hệ thống: Comirnaty")
    assert mai.buttons[:2] == ["Nhận phiếu", "Phiếu tiếp theo"]


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
    first, second = stays_of(world, moved.round_id)
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


def test_a_report_that_no_chat_follows_says_that_somebody_must_call(world: World, mai: Person) -> None:
    report, _id = complaint(world)
    assert "xin gọi điện" not in mai.says(report)
    site = unit_id(world, STATION)
    with world.tx() as tx:
        imported = opening.imported_report(
            world.moment(tx), code="PA-B0001", about=ABOUT, received_at=world.time, import_ref=b"1",
            faults=[Fault("dose", "dose_missing", (DOSE,), site=site)])  # fmt: skip
    assert "xin gọi điện" in mai.says(imported.code)
