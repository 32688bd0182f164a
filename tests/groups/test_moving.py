"""A group becomes a supergroup while the desk speaks: its two messages come in any order, or later than people's own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.groups.making import Staffroom
from tests.groups.test_leaving import bound, times
from tests.staff.making import complaint
from tests.world import World

TO, FROM, JOIN = "migrate_to_chat_id", "migrate_from_chat_id", "my_chat_member"


def upgraded(room: Staffroom) -> dict[str, dict[str, Any]]:
    """What Telegram says of it, kept back."""
    waiting = room.fake.updates.waiting
    room.group = room.group.upgrades(room.thu.phone)
    held = {
        name: one
        for one in waiting
        for name in (TO, FROM, JOIN)
        if name in one or name in one.get("message", {})
    }
    waiting.clear()
    return held


def whole(room: Staffroom, codes: list[str]) -> None:
    assert bound(room) and len(room.chat.pinned) == 1 and times(room.thu) == 0
    assert [len(room.cards(code)) for code in codes] == [1] * len(codes)
    room.presses(room.mai, "Nhận xử lý", room.card(codes[0]))
    assert "Người nhận: Mai" in room.card(codes[0]).text


@pytest.mark.parametrize(
    "order",
    [(TO, JOIN, FROM), (FROM, TO), (JOIN, FROM, "first", TO), ("first", TO), ("card", "first", TO), (TO, TO)],
    ids=lambda order: "-".join(order),
)
def test_in_any_order(on_telegram: World, order: tuple[str, ...]) -> None:
    room = Staffroom(on_telegram, supergroup=False)
    room.binds()
    codes = [complaint(on_telegram)[0] for _time in range(3)]
    held = upgraded(room)
    for step in order:
        if step == "first":
            assert room.says(room.thu, "/hangdoi")
        elif step == "card":
            codes.append(complaint(on_telegram)[0])
        else:
            room.fake.updates.waiting.append(held[step])
            room.goes_on()
    codes.append(complaint(on_telegram)[0])
    on_telegram.jump(hours=2)
    whole(room, codes)


@pytest.mark.parametrize("number", range(1, 9))
def test_in_the_middle_of_many_messages(on_telegram: World, number: int) -> None:
    """Before the n-th message that the desk sends there. A note's answer is not lost, and no card is there twice."""
    room = Staffroom(on_telegram, supergroup=False)
    room.binds()
    old, call, said = room.chat, room.fake.call, 0
    held: dict[str, dict[str, Any]] = {}

    def upgrading(token: str, method: str, given: dict[str, Any]) -> dict[str, Any]:
        nonlocal said
        said += str(given.get("chat_id")) == str(old.id)
        if said == number and not held:
            held.update(upgraded(room))
        return call(token, method, given)

    room.fake.call = upgrading  # type: ignore[method-assign]
    codes = [complaint(on_telegram)[0] for _time in range(2)]
    room.says(room.mai, "Đang tìm sổ", to=room.card(codes[0]))
    codes += [complaint(on_telegram)[0] for _time in range(4)]
    on_telegram.jump(minutes=20)
    assert held
    for one in held.values():
        room.fake.updates.waiting.append(one)
        room.goes_on()
    on_telegram.jump(minutes=20)
    whole(room, codes)
