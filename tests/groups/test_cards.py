"""Cards keep showing what is true, whatever happens to their tickets and wherever; urgent ones make a sound."""

from __future__ import annotations

from datetime import timedelta

from handlers import desk
from storage import group_cards, tickets
from tests.groups.making import Staffroom
from tests.staff.making import complaint, ticket, unit_id
from tests.supervisors import filing
from tests.world import World

OTHER = "site:demo-2"
LOUD = ("Sắp quá hạn", "QUÁ HẠN")


def sounds(room: Staffroom) -> list[str]:
    """Messages to the group that made a sound."""
    sent = [call for call in room.fake.said("sendMessage") if call.chat == room.chat.id]
    return [str(call.given["text"]) for call in sent if not call.given.get("disable_notification")]


def test_a_new_ticket_is_a_silent_card(room: Staffroom) -> None:
    code, _ticket = complaint(room.world)
    assert room.card(code).text.splitlines() == [
        f"{code} · Thiếu mũi tiêm",
        "còn hơn 24 giờ · hạn trước 16:00 Chủ nhật 22/11",
        "Người nhận: chưa ai nhận",
    ]
    assert sounds(room) == []


def test_its_life_in_one_message_but_for_the_two_that_are_loud(room: Staffroom) -> None:
    code, _ticket = complaint(room.world)
    first = room.card(code)
    room.world.jump(hours=25)
    assert "còn dưới 24 giờ" in first.text
    room.world.jump(hours=12)
    assert "còn dưới 12 giờ" in first.text and room.cards(code) == [first] and sounds(room) == []
    room.world.jump(hours=6)
    assert "Sắp quá hạn · còn dưới 6 giờ" in room.card(code).text
    assert first.text == f"{code} · Thiếu mũi tiêm\nThẻ mới ở bên dưới." and room.labels(first) == []
    room.world.jump(hours=6)
    assert "QUÁ HẠN từ 16:00 22/11/2026" in room.card(code).text and "Nhận xử lý" in room.labels(
        room.card(code)
    )
    assert [any(word in text for word in LOUD) for text in sounds(room)] == [True, True]
    room.mai.says(code)
    room.mai.presses("Nhận phiếu")
    assert "Người nhận: Mai" in room.card(code).text and len(sounds(room)) == 2
    room.mai.presses("Phê duyệt")
    room.mai.presses("Tôi đã sửa trên Nền tảng")
    assert room.card(code).text == f"{code} · Thiếu mũi tiêm\nđã đóng: đã sửa trên Nền tảng"
    assert room.labels(room.card(code)) == [] and len(room.cards(code)) == 3


def test_what_comes_back_gets_a_card_of_its_own(room: Staffroom) -> None:
    code, _ticket = complaint(room.world)
    room.mai.says(code)
    room.mai.presses("Phê duyệt")
    room.mai.presses("Tôi đã sửa trên Nền tảng")
    room.world.person("lan", "web").presses("Vẫn chưa đúng")
    if len(room.cards(code)) == 1:  # asked for a word first
        room.world.person("lan", "web").says("Chưa thấy gì")
    new, old = room.cards(code)
    assert "đã đóng" in old.text and "vòng 2" in new.text and "Nhận xử lý" not in room.labels(old)


def test_handed_over(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    other = Staffroom(room.world, ref=OTHER, people=("chu", "ma"))
    other.binds()
    to = unit_id(room.world, OTHER)
    with room.world.tx() as tx:
        desk.hand_over(filing.turn_of(room.world, tx, "thu"), tickets.get(tx, ticket_id), to)
    room.world.work()
    assert room.card(code).text.endswith("đã chuyển sang Phòng tiêm chủng Hoa Ban (tưởng tượng)")
    assert room.labels(room.card(code)) == []
    assert "Nhận xử lý" in other.labels(other.card(code))
    other.presses(other.mai, "Nhận xử lý")
    assert "Người nhận: Ma" in other.card(code).text and "Người nhận" not in room.card(code).text


def test_a_backlog_is_counted_and_shown_when_it_is_urgent(on_telegram: World) -> None:
    room, world = Staffroom(on_telegram), on_telegram
    for n in range(30):
        filing.backlog(world, world.time - timedelta(hours=n * 2), n)
    room.binds()
    assert "30 phiếu đang mở từ trước" in room.show() and room.cards() == []
    assert (
        "30 phiếu đang mở, 6 quá hạn" in room.pinned[0] and "Gấp nhất: PA-B0023, còn 2 giờ" in room.pinned[0]
    )
    world.jump(hours=2, minutes=1)
    # Less than 12 hours, less than 6, overdue: since the group is bound. What was so before is only counted.
    assert {card.text[:8] for card in room.cards()} == {"PA-B0017", "PA-B0020", "PA-B0023"}


def test_many_at_once_are_one_message(room: Staffroom) -> None:
    world = room.world
    files_many(world, 40)
    assert room.cards() == []
    (loud,) = sounds(room)
    assert "Nhiều phiếu đến cùng lúc" in loud and "40 phiếu đang mở, 40 quá hạn" in loud
    code, _ticket = complaint(world)
    assert room.card(code)
    world.jump(minutes=6)
    assert "41 phiếu đang mở, 40 quá hạn" in room.pinned[0]


def files_many(world: World, how_many: int) -> None:
    """An import: all of them in one transaction, received long ago."""
    from handlers import opening
    from handlers.faults import Fault

    site = unit_id(world, "station:2025:04585")
    with world.tx() as tx:
        for n in range(how_many):
            change = {"kind": "dose_missing", "field": "dose", "old": None, "new": {"dose_no": 1}}
            opening.imported_report(
                world.moment(tx),
                code=f"PA-C{n:04}",
                about=filing.ABOUT,
                faults=[Fault("dose", "dose_missing", (change,), site=site)],
                received_at=world.time - timedelta(days=9),
                import_ref=n.to_bytes(16),
            )
    world.work()


def test_after_an_outage_one_message_instead_of_a_burst(room: Staffroom) -> None:
    for _n in range(12):
        complaint(room.world)
    cards = room.cards()
    assert len(cards) == 12
    room.world.sleep_through(hours=60)
    (loud,) = sounds(room)
    assert "12 phiếu đang mở, 12 quá hạn" in loud
    assert room.cards() == cards and all("QUÁ HẠN" in card.text for card in cards)


def test_a_card_that_somebody_deleted_comes_again_and_can_be_pressed(room: Staffroom) -> None:
    code, ticket_id = complaint(room.world)
    del room.chat.messages[room.card(code).id]
    room.world.jump(hours=25)
    card = room.card(code)
    room.presses(room.mai, "Nhận xử lý", card)
    assert ticket(room.world, ticket_id).holder_id is not None and "Mai" in card.text
    assert room.says(room.mai, "Đang tìm sổ", to=card)


def test_the_summary_follows_the_numbers_and_the_clock(room: Staffroom) -> None:
    edits = len(room.fake.said("editMessageText"))
    code, _ticket = complaint(room.world)
    assert "Không có phiếu" in room.pinned[0]  # it was written a moment ago
    room.world.jump(minutes=5)
    assert (
        f"1 phiếu đang mở, 0 quá hạn\nGấp nhất: {code}, còn 47 giờ\nsố liệu đến 16:05 20/11/2026"
        in room.pinned[0]
    )
    room.world.jump(minutes=20)
    assert "16:05" in room.pinned[0]
    room.world.jump(hours=1)
    assert "còn 46 giờ" in room.pinned[0] and len(room.chat.pinned) == 1
    assert len(room.fake.said("editMessageText")) == edits + 2


def test_an_empty_queue_is_not_written_every_hour(room: Staffroom) -> None:
    calls = len(room.said())
    for _hour in range(5):
        room.world.jump(hours=1)
    assert len(room.said()) == calls


def test_without_the_right_to_pin_it_stands_among_the_others(on_telegram: World) -> None:
    room = Staffroom(on_telegram, "can_delete_messages")
    room.binds()
    assert room.pinned == [] and "Hàng đợi của" in room.chat.newest()[0].text


def test_without_groups_nothing_is_asked_of_tickets(world: World) -> None:
    complaint(world)
    with world.tx() as tx:
        asked = []
        from sqlalchemy import event

        event.listen(tx, "before_cursor_execute", lambda *given: asked.append(given[2]))
        from bot import turns

        assert turns.groups_due(tx, world.now) == []
    assert len(asked) == 1 and "FROM groups" in asked[0]


def test_looking_again_changes_nothing(room: Staffroom) -> None:
    complaint(room.world)
    room.world.jump(hours=1)
    from bot import turns

    with room.world.tx() as tx:
        assert turns.groups_due(tx, room.world.now) == []
        (group,) = [g.id for g in turns.groups.watched(tx)]
        assert group_cards.due(tx, group, room.world.time, 50) == []
        assert not turns.tend_group(tx, group, room.world.now, room.world.desk)
