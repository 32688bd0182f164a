"""In a group with topics each queue has its own; where the bot may not make them, everything stands in the general one."""

from __future__ import annotations

from handlers.faults import Fault
from tests.groups.making import Staffroom
from tests.staff.making import NAME, complaint
from tests.telegram.chats import Message
from tests.world import World

ALL = ("can_pin_messages", "can_manage_topics")


def topic(room: Staffroom, card: Message) -> str | None:
    return room.chat.topics.get(card.thread or 0)


def forum(world: World, *rights: str) -> Staffroom:
    room = Staffroom(world, *rights, forum=True)
    room.binds()
    return room


def personal() -> list[Fault]:
    return [Fault("identity", "personal", (NAME,))]


def test_a_topic_for_each_queue(on_telegram: World) -> None:
    room = forum(on_telegram, *ALL)
    dose, _ticket = complaint(on_telegram)
    name, _ticket = complaint(on_telegram, faults=personal())
    again, _ticket = complaint(on_telegram)
    assert topic(room, room.card(dose)) == topic(room, room.card(again)) == "Mũi tiêm"
    assert topic(room, room.card(name)) == "Sửa thông tin"
    assert len(room.fake.said("createForumTopic")) == 2
    assert [room.chat.messages[one].thread for one in room.chat.pinned] == [None]


def test_what_is_overdue_goes_to_a_topic_of_its_own(on_telegram: World) -> None:
    room = forum(on_telegram, *ALL)
    code, _ticket = complaint(on_telegram)
    on_telegram.jump(hours=49)
    assert topic(room, room.card(code)) == "Quá hạn"
    assert "Thẻ mới nằm trong chủ đề «Quá hạn»." in room.cards(code)[1].text


def test_a_reply_in_a_topic_is_answered_there(on_telegram: World) -> None:
    room = forum(on_telegram, *ALL)
    code, _ticket = complaint(on_telegram)
    room.says(room.mai, "Đang tìm sổ", to=room.card(code))
    assert (
        room.chat.newest()[0].text.startswith(f"{code}: đã ghi chú")
        and room.chat.newest()[0].thread == room.card(code).thread
    )
    room.presses(room.mai, "Nhận xử lý")
    assert "Mai" in room.card(code).text


def test_without_the_right_to_manage_topics_it_is_said_once(on_telegram: World) -> None:
    room = forum(on_telegram, "can_pin_messages")
    for _n in range(3):
        complaint(on_telegram)
    complaint(on_telegram, faults=personal())
    assert len(room.cards()) == 4 and {card.thread for card in room.cards()} == {None}
    on_telegram.jump(hours=30)
    complaint(on_telegram)
    told = [text for text in room.said() if "quyền quản lý chủ đề" in text]
    assert len(told) == 1
    tried = [call for call in room.fake.log if call.method == "createForumTopic"]
    assert len(tried) == 3  # two queues on the first day, one on the second
    on_telegram.jump(hours=20)
    late = next(card.text[:8] for card in room.cards() if "QUÁ HẠN" in card.text)
    assert "Thẻ mới ở bên dưới." in room.cards(late)[1].text and "«Quá hạn»" not in room.show()


def test_a_topic_that_was_deleted_is_made_anew_the_next_day(on_telegram: World) -> None:
    room = forum(on_telegram, *ALL)
    complaint(on_telegram)
    room.chat.topics.clear()
    code, _ticket = complaint(on_telegram)
    assert room.card(code).thread is None
    complaint(on_telegram)
    assert len(room.fake.said("createForumTopic")) == 1
    on_telegram.jump(hours=24)
    code, _ticket = complaint(on_telegram)
    assert topic(room, room.card(code)) == "Mũi tiêm"


def test_topics_that_are_turned_on_later(room: Staffroom) -> None:
    room.chat.forum, room.chat.rights = True, set(ALL)
    room.says(room.mai, "/hangdoi")
    code, _ticket = complaint(room.world)
    assert topic(room, room.card(code)) == "Mũi tiêm"
