"""What holds a person's data cannot be passed on from the app (protect_content), by whatever way it was reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.staff.making import NUMBER, STATION, complaint
from tests.talk import Overheard
from tests.telegram.chats import Message
from tests.world import World

TALK = Path(__file__).parent.parent / "talks" / "happy_path.talk"


def of(world: World, name: str) -> list[Message]:
    sees: list[Message] = world.person(name).sees  # type: ignore[attr-defined]
    return sees


def test_cards_of_tickets_and_the_full_number(make_world: Callable[..., World]) -> None:
    world = make_world(channel="telegram")
    mai = world.joins("mai", STATION, "clerk")
    code, _ticket = complaint(world)
    shown = 0
    ways = (
        "/menu",
        "[Phiếu tiếp theo",
        "/hangdoi",
        "[Phiếu tiếp theo",
        code,
        "[Nhận phiếu",
        "[Xem số đầy đủ",
    )
    for way in ways:
        (mai.presses if way.startswith("[") else mai.says)(way.removeprefix("["))
        cards = [message for message in of(world, "mai") if "Người phản ánh:" in message.text]
        assert all(message.protected for message in cards), way
        shown += len(cards)
    assert shown
    (full,) = [message for message in of(world, "mai") if NUMBER in message.text]
    assert full.protected


def test_a_record_a_report_and_the_list_of_reports(make_world: Callable[..., World]) -> None:
    world = make_world(channel="telegram")
    Overheard(world).play(TALK)
    lan = world.person("lan")
    lan.presses("Xem phản ánh")
    lan.says("/theodoi")
    for words in ("không phải giấy chứng nhận", "Quá trình xử lý:", "Phản ánh của Anh/Chị:"):
        shown = [message for message in of(world, "lan") if words in message.text]
        assert shown and all(message.protected for message in shown), words
    assert not all(message.protected for message in of(world, "lan"))  # a receipt may be shown around
