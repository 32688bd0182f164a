"""Anybody in a group can press anything: each press is checked anew, and answered with exactly one word."""

from __future__ import annotations

from tests.groups.making import Staffroom, phone
from tests.staff.making import COMMITTEE, complaint, ticket
from tests.telegram.chats import Message

OTHER = "site:demo-2"


def test_taking(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    assert room.labels(room.card(code)) == ["Nhận xử lý", "Mở riêng"]
    press = room.presses(room.mai, "Nhận xử lý")
    assert press.toast == "Anh/Chị đã nhận phiếu." and not press.alert
    assert "Người nhận: Mai" in room.card(code).text
    assert room.labels(room.card(code)) == ["Mở riêng"]
    assert len(room.cards(code)) == 1  # edited in place
    held = ticket(room.world, ticket_id).holder_id
    assert held is not None
    assert "đang xử lý" in room.world.person("lan", "web").last  # the resident hears of it


def test_pressed_twice_or_after_a_colleague(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    old, token = room.card(code), room.token("Nhận xử lý")
    room.forges(room.mai, token, old)
    taken = ticket(room.world, ticket_id)
    assert "chỗ Anh/Chị rồi" in room.forges(room.mai, token, old).toast
    assert "Phiếu này vừa có thay đổi: Mai đã nhận" in room.forges(room.thu, token, old).toast
    assert ticket(room.world, ticket_id) == taken


def test_a_card_that_has_changed_is_refreshed(room: Staffroom) -> None:
    """It was changed in private a moment ago, and the next look has not come yet."""
    code, _ticket = complaint(room.world)
    token = room.token("Nhận xử lý")
    room.thu.says(code)
    room.thu.presses("Hỏi người dân")
    room.thu.says("Tiêm buổi nào ạ?")
    press = room.forges(room.mai, token)
    assert "Thu đã hỏi người dân" in press.toast and press.alert
    assert "Người nhận: Thu" in room.card(code).text


def test_who_has_not_joined_is_told_where_to(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    before = ticket(room.world, ticket_id)
    stranger = phone(room.world.person("vang"))
    elsewhere = room.joins("ma", OTHER, "clerk")
    for who in (stranger, elsewhere):
        press = room.presses(who, "Nhận xử lý")
        assert "chưa vào đơn vị này" in press.toast and "mã mời" in press.toast and press.alert
    assert ticket(room.world, ticket_id) == before
    assert room.labels(room.card(code)) == ["Nhận xử lý", "Mở riêng"]


def test_who_left_the_unit_has_no_say(room: Staffroom) -> None:
    complaint(room.world)
    room.mai.says("/roidonvi")
    room.mai.presses("Rời")
    assert "chưa vào đơn vị này" in room.presses(room.mai, "Nhận xử lý").toast


def test_the_committee_above_may_take_it_as_it_may_in_private(room: Staffroom) -> None:
    _code, ticket_id = complaint(room.world)
    xa = room.joins("xa", COMMITTEE, "supervisor")
    room.presses(xa, "Nhận xử lý")
    assert ticket(room.world, ticket_id).holder_id is not None


def test_forged_tokens(room: Staffroom) -> None:
    _code, ticket_id = complaint(room.world)
    away, away_id = complaint(room.world, OTHER)
    here, there = ticket(room.world, ticket_id), ticket(room.world, away_id)
    for token in (
        f"g:{away_id}:{there.version}:take",  # a ticket of another unit
        f"g:999999:{here.version}:take",
        f"g:{ticket_id}:{here.version}:approve",
        f"g:{ticket_id}:{here.version}:send:1",
        f"g:{ticket_id}:{here.version}:send:999999",
        f"g:{ticket_id}:{here.version}:take:more",
        f"g:{ticket_id}:{'9' * 14}:take",
        f"g:{ticket_id}:-1:take",
        f"t:{ticket_id}:{here.version}:approve:go",
        f"t:{ticket_id}:{here.version}:full",
        "q:take", "menu", "g", "g:::", "x" * 64, "có dấu",
    ):  # fmt: skip
        press = room.forges(room.mai, token)
        assert press.alert and "không còn dùng được" in press.toast, token
        assert (ticket(room.world, ticket_id), ticket(room.world, away_id)) == (here, there), token
    assert away not in room.show()


def test_a_ticket_in_a_group_of_another_unit(room: Staffroom) -> None:
    """The card of one group is pressed in another one: the token says nothing there."""
    complaint(room.world)
    token = room.token("Nhận xử lý")
    other = Staffroom(room.world, ref=OTHER, people=("chu", "ma"))
    other.binds()
    assert "không còn dùng được" in other.forges(room.mai, token).toast


def test_every_word_in_the_ear_fits(room: Staffroom) -> None:
    """answerCallbackQuery takes 200 characters; what is longer would be cut."""
    from handlers.groups import binding, replying
    from locales import say

    for words in (binding.ANONYMOUS, replying.NOT_HERE, replying.ONLY_HEAD, replying.CLOSED):
        assert len(say(words, "vi")) <= 200 and len(say(words, "en")) <= 200


def test_a_card_too_old_for_telegram_to_show_can_still_be_pressed(room: Staffroom) -> None:
    _code, ticket_id = complaint(room.world)
    press = room.mai.phone.forges(room.token("Nhận xử lý"), room.card(), inaccessible=True)
    room.goes_on()
    assert press.toast == "Anh/Chị đã nhận phiếu."
    assert ticket(room.world, ticket_id).holder_id is not None


def opened(room: Staffroom, card: Message) -> str:
    (url,) = [button["url"] for button in card.buttons if "url" in button]
    return str(url)


def test_open_in_private(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    assert opened(room, room.card(code)) == f"https://t.me/TiemChungBot?start=t_{ticket_id}"
    assert code in room.mai.says(f"/start t_{ticket_id}") and "Phê duyệt" in room.mai.buttons
    for who in (phone(room.world.person("lan")), room.joins("ma", OTHER, "clerk")):
        assert "không có quyền" in who.says(f"/start t_{ticket_id}")
    for strange in ("t_", "t_x", "t_999999", f"t_{ticket_id}:1:approve:go"):
        assert "Bạn" not in room.mai.says(f"/start {strange}")
    assert ticket(room.world, ticket_id).state == "open"
    assert room.mai.says("/start hangdoi").startswith("**Hàng đợi")


def test_two_press_at_the_same_moment(room: Staffroom) -> None:
    """Both presses stand in the queue before either is answered: one has the ticket, the other reads who."""
    code, ticket_id = complaint(room.world)
    token, card = room.token("Nhận xử lý"), room.card(code)
    first, second = room.mai.phone.forges(token, card), room.thu.phone.forges(token, card)
    room.goes_on()
    assert first.toast == "Anh/Chị đã nhận phiếu." and "Mai đã nhận" in second.toast
    assert "Người nhận: Mai" in room.card(code).text and len(room.cards(code)) == 1
    assert ticket(room.world, ticket_id).holder_id is not None


def test_cards_of_a_group_that_was_released_or_went_to_another_unit(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    before, token, card = ticket(room.world, ticket_id), room.token("Nhận xử lý"), room.card(code)
    room.says(room.thu, "/bogan")
    press = room.forges(room.mai, token, card)
    assert press.alert and "không" in press.toast and code not in press.toast
    other = Staffroom(room.world, ref=OTHER, people=("chu", "ma"))
    room.says(other.thu, f"/gannhom {other.code()}")
    for who in (room.mai, other.mai):
        press = room.forges(who, token, card)
        assert press.alert and "không còn dùng được" in press.toast
    assert ticket(room.world, ticket_id) == before
