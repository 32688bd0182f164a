"""A group that gets another id goes on; one from which the bot was removed is missed by those who must know, once."""

from __future__ import annotations

from sqlalchemy import select

from storage import groups
from tests.groups.making import Staffroom, phone
from tests.staff.making import COMMITTEE, complaint, ticket
from tests.telegram.road import OnTelegram
from tests.world import World

LOST = "không còn nhận phiếu"


def times(who: OnTelegram, words: str = LOST) -> int:
    return sum(words in body["text"] for body in who.heard)


def bound(room: Staffroom) -> bool:
    with room.world.tx() as tx:
        return groups.of_chat(tx, "telegram", str(room.chat.id)) is not None


def test_a_group_becomes_a_supergroup_and_its_cards_come_anew(on_telegram: World) -> None:
    room = Staffroom(on_telegram, supergroup=False)
    room.binds()
    first, ticket_id = complaint(on_telegram)
    room.says(room.mai, "Đang tìm sổ", to=room.card(first))
    room.group = room.group.upgrades(room.thu.phone)
    room.goes_on()
    assert bound(room) and "1 phiếu đang mở" in room.pinned[0]
    second, _ticket = complaint(on_telegram)
    assert len(room.cards(first)) == len(room.cards(second)) == 1
    room.presses(room.mai, "Nhận xử lý", room.card(first))
    assert ticket(on_telegram, ticket_id).holder_id is not None and "Mai" in room.card(first).text
    assert room.says(room.mai, "Đã gọi", to=room.card(first))


def test_a_message_that_finds_the_group_moved_comes_there_once(on_telegram: World) -> None:
    """The service message has not come yet: Telegram's refusal of a card says it first."""
    room = Staffroom(on_telegram, supergroup=False)
    room.binds()
    complaint(on_telegram)
    old = room.group
    room.group = old.upgrades(room.thu.phone)
    code, _ticket = complaint(on_telegram)  # before the desk has heard
    assert len(room.cards()) == 2 and len(room.cards(code)) == 1
    room.goes_on()
    on_telegram.jump(minutes=10)
    assert len(room.cards()) == 2 and len(room.chat.pinned) == 1


def test_the_head_and_the_supervisors_miss_a_group(room: Staffroom) -> None:
    xa = room.joins("xa", COMMITTEE, "supervisor")
    complaint(room.world)
    room.group.throws_out(phone(room.world.person("vang")).phone)
    room.goes_on()
    assert not bound(room) and "Trạm Y tế xã Hạnh Phúc" in room.thu.last
    assert (times(room.thu), times(xa), times(room.mai)) == (1, 1, 0)
    assert "Gắn nhóm" in room.thu.buttons
    room.thu.presses("Gắn nhóm")
    assert "startgroup=g_" in room.thu.last
    complaint(room.world)
    room.world.jump(hours=3)
    assert (times(room.thu), times(xa)) == (1, 1)


def test_a_refused_card_says_the_same_and_only_once(room: Staffroom) -> None:
    """The farewell was lost, or comes later."""
    xa = room.joins("xa", COMMITTEE, "supervisor")
    room.chat.refusal = "bot was kicked from the supergroup chat"
    complaint(room.world)
    complaint(room.world)
    assert not bound(room) and (times(room.thu), times(xa)) == (1, 1)
    room.group.throws_out(room.mai.phone)
    room.goes_on()
    assert (times(room.thu), times(xa)) == (1, 1)
    assert room.audited().count("group_lost") == 1


def test_a_group_that_comes_back_is_bound_with_a_new_code(room: Staffroom) -> None:
    room.group.throws_out(room.thu.phone)
    room.goes_on()
    before = len(room.fake.log)
    room.group.takes_in(room.thu.phone, "can_pin_messages")
    room.goes_on()
    assert "/gannhom" in room.said(before)[0]
    code, _ticket = complaint(room.world)
    assert room.cards(code) == []
    told = room.says(room.thu, f"/gannhom {room.code()}")
    assert "1 phiếu đang mở từ trước" in told[0]
    room.world.jump(hours=37)
    assert len(room.cards(code)) == 1


def test_a_released_group_is_not_missed(room: Staffroom) -> None:
    room.says(room.thu, "/bogan")
    room.group.throws_out(room.thu.phone)
    room.goes_on()
    assert times(room.thu) == 0
    with room.world.tx() as tx:
        assert tx.execute(select(groups.groups.c.summary)).scalar() != groups.LOST
