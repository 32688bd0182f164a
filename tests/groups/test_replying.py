"""A reply to a card is a note for colleagues, until somebody who may presses «Gửi người dân»."""

from __future__ import annotations

from handlers import desk
from storage import history, tickets
from tests.groups.making import Staffroom, phone
from tests.staff.making import COMMITTEE, complaint, ticket, unit_id
from tests.supervisors import filing

WORDS = "Sổ gốc không có tên, đề nghị gửi giấy"


def notes(room: Staffroom, ticket_id: int) -> list[str]:
    with room.world.tx() as tx:
        events = history.of_ticket(tx, ticket_id, internal=True)
    return [str(one.details["words"]) for one in events if one.what == "note"]


def test_a_reply_is_a_note_and_then_an_answer(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    lan = room.world.person("lan", "web")
    heard = len(lan.heard)
    (told,) = room.says(room.mai, WORDS, to=room.card(code))
    assert told == f"{code}: đã ghi chú nội bộ. Người dân không đọc được."
    assert notes(room, ticket_id) == [WORDS] and len(lan.heard) == heard
    button = room.token("Gửi người dân")
    assert len(button.encode()) <= 64
    press = room.presses(room.thu, "Gửi người dân")
    assert "Đã trả lời" in press.toast and not press.alert
    assert WORDS in lan.last and len(lan.heard) == heard + 1
    assert f"{code}: Thu đã gửi cho người dân." in room.show() and "Gửi người dân" not in room.show()
    again = room.forges(room.mai, button)
    assert "Đã gửi" in again.toast and len(lan.heard) == heard + 1
    assert room.audited()[-1] == "group_answer"
    with room.world.tx() as tx:
        (answer,) = [e for e in history.of_ticket(tx, ticket_id, internal=False) if e.what == "answered"]
    thu = room.thu.says(code)
    assert answer.staff_id and f"{WORDS} · Thu" in thu


def test_where_the_ticket_changed_meanwhile_it_is_asked_once_more(room: Staffroom) -> None:
    code, _ticket = complaint(room.world)
    room.says(room.mai, WORDS, to=room.card(code))
    room.presses(room.thu, "Nhận xử lý")
    press = room.presses(room.mai, "Gửi người dân")
    assert "Phiếu đã thay đổi" in press.toast
    assert WORDS not in room.world.person("lan", "web").last
    room.presses(room.mai, "Gửi người dân")
    assert WORDS in room.world.person("lan", "web").last


def test_who_may_not_answer_may_not_send(room: Staffroom) -> None:
    """The committee above may note, but the answer is the station's."""
    code, ticket_id = complaint(room.world)
    xa = room.joins("xa", COMMITTEE, "supervisor")
    room.says(xa, WORDS, to=room.card(code))
    assert notes(room, ticket_id) == [WORDS]
    before = ticket(room.world, ticket_id)
    for who in (xa, phone(room.world.person("vang"))):
        assert "chưa vào đơn vị này" in room.presses(who, "Gửi người dân").toast
    assert ticket(room.world, ticket_id) == before
    room.presses(room.mai, "Gửi người dân")
    assert WORDS in room.world.person("lan", "web").last


def test_words_that_cannot_be_noted_are_not_lost_in_silence(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    card = room.card(code)
    stranger = phone(room.world.person("vang"))
    told = room.says(stranger, WORDS, to=card)[0]
    assert "chưa vào đơn vị này" in told and "chưa được ghi" in told
    assert "ẩn danh" in room.says(room.mai, WORDS, to=card, anonymous=True)[0]
    assert "dưới 1000 ký tự" in room.says(room.mai, "x" * 1001, to=card)[0]
    before = len(room.fake.log)
    room.mai.phone.sends_photo(b"\xff\xd8", "ảnh sổ", room.chat, reply_to=card.id)
    room.goes_on()
    assert "chỉ ghi chú được bằng chữ" in room.said(before)[0]
    room.mai.says(code)
    room.mai.presses("Phê duyệt")
    room.mai.presses("Tôi đã sửa trên Nền tảng")
    assert room.says(room.mai, WORDS, to=card) == ["Phiếu này đã đóng. Tin này chưa được ghi."]
    assert notes(room, ticket_id) == []


def test_what_is_said_to_one_of_many_points_to_their_message(room: Staffroom) -> None:
    """«Gửi người dân» stands below the very words that it sends."""
    code, _ticket = complaint(room.world)
    card = room.card(code)
    for words in (WORDS, "Mai tìm tiếp"):
        room.says(room.mai, words, to=card)
        told = room.chat.newest()[0]
        assert room.labels(told) == ["Gửi người dân"]
        assert room.chat.messages[told.reply_to or 0].text == words
    room.says(phone(room.world.person("vang")), "Tôi cũng muốn", to=card)
    assert room.chat.messages[room.chat.newest()[0].reply_to or 0].text == "Tôi cũng muốn"


def test_of_a_ticket_that_is_elsewhere_it_is_said_where(room: Staffroom) -> None:
    """Nobody who has joined is told to join."""
    code, ticket_id = complaint(room.world)
    card = room.card(code)
    room.says(room.mai, WORDS, to=card)
    to = unit_id(room.world, "site:demo-2")
    with room.world.tx() as tx:
        desk.hand_over(filing.turn_of(room.world, tx, "thu"), tickets.get(tx, ticket_id), to)
    room.world.work()
    where = f"Phiếu {code} đã chuyển sang Phòng tiêm chủng Hoa Ban (tưởng tượng)."
    assert room.presses(room.mai, "Gửi người dân").toast == where
    assert room.says(room.mai, "Còn gì nữa không", to=card) == [f"{where} Tin này chưa được ghi."]
    assert notes(room, ticket_id) == [WORDS]


def test_a_reply_to_an_old_card_or_to_what_was_said_about_it_counts_too(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    first = room.card(code)
    room.world.jump(hours=43)
    room.says(room.mai, "một", to=first)
    room.says(room.mai, "hai", to=room.chat.newest()[0])
    assert notes(room, ticket_id) == ["một", "hai"]


def test_replies_to_anything_else_are_nobodys_business(room: Staffroom) -> None:
    _code, ticket_id = complaint(room.world)
    summary = room.chat.messages[room.chat.pinned[0]]
    assert room.says(room.mai, WORDS, to=summary) == []
    room.chat.rights.add("can_manage_topics")
    theirs = room.thu.phone.says("Chị em nhớ nộp sổ", room.chat)
    room.goes_on()
    assert room.says(room.mai, WORDS, to=theirs) == []
    assert notes(room, ticket_id) == []


def test_a_note_of_another_ticket_is_not_sent_under_this_one(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    room.says(room.mai, WORDS, to=room.card(code))
    second, second_id = complaint(room.world)
    room.card(second)
    note = room.token("Gửi người dân").rpartition(":")[2]
    there = ticket(room.world, second_id)
    press = room.forges(room.mai, f"g:{second_id}:{there.version}:send:{note}")
    assert "không còn dùng được" in press.toast and ticket(room.world, second_id) == there
    with room.world.tx() as tx:
        received = next(iter(history.of_ticket(tx, ticket_id, internal=True)))
        assert received.what == "received"
