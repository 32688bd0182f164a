"""Whatever happens to a ticket, nothing about the resident, and no word or photo of theirs, ever reaches the group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from handlers import desk, opening
from handlers.faults import Fault
from handlers.incoming import Incoming
from handlers.turn import Turn
from storage import evidence, staff, tickets
from storage.tickets import Ticket
from tests.groups.making import Staffroom
from tests.staff.making import COMMITTEE, STATION, unit_id
from tests.supervisors import filing

ABOUT: dict[str, Any] = {
    "name": "Mùa Thị Dấu",
    "birth": "1987-11-09",
    "sex": "female",
    "number": {"kind": "national_id", "value": "015187004321"},
    "phone": "0987123456",
    "foreign": False,
    "permanent": "2025:04585",
}
OLD = {
    "dose_no": 2,
    "vaccine": "Dấu-vắc-xin",
    "day": "2021-08-12",
    "lot": "DAULO77",
    "site_name": "Dấu-điểm-tiêm",
}
CHANGES = (
    {"kind": "dose_missing", "field": "dose", "old": None, "new": OLD},
    {"kind": "personal", "field": "name", "old": "Mua Thi Dau", "new": "Mùa Thị Dấu"},
    {"kind": "other", "field": "words", "old": None, "new": "Dấu-lời-kể"},
)
FILE = "dau0123456789"
MARKS = (
    "Mùa", "Mua Thi", "Dấu", "Dau", "1987", "09/11", "4321", "015187", "0987", "987123", "DAULO77", "12/08/2021",
    FILE,
)  # fmt: skip


def acts(home: int, above: int, mai: int) -> dict[str, Callable[[Turn, Ticket], object]]:
    """Everything that handlers/desk.py can do to a ticket, each with marked words."""
    return {
        "take": desk.take,
        "ask": lambda turn, t: desk.ask_resident(turn, t, "Dấu-hỏi"),
        "answer": lambda turn, t: desk.answer(turn, t, "Dấu-đáp"),
        "later": lambda turn, t: desk.later(turn, t, "Dấu-hoãn", date(2026, 11, 23)),
        "note": lambda turn, t: desk.note(turn, t, "Dấu-ghi"),
        "assign": lambda turn, t: desk.assign(turn, t, mai),
        "release": desk.release,
        "words": lambda turn, t: desk.add_words(turn, t, "Dấu-thêm"),
        "reject": lambda turn, t: desk.reject(turn, t, "1", "Dấu-thiếu"),
        "repaired": lambda turn, t: desk.repaired(turn, t, "Dấu-bổ-sung", list(CHANGES)),
        "approve": lambda turn, t: desk.approve(turn, t, "Dấu-duyệt"),
        "still wrong": lambda turn, t: desk.still_wrong(turn, t, "Dấu-sai"),
        "approve again": lambda turn, t: desk.approve(turn, t, ""),
        "reopen": lambda turn, t: desk.reopen(turn, t, "staff"),
        "hand over": lambda turn, t: desk.hand_over(turn, t, above, "Dấu-chuyển"),
        "and back": lambda turn, t: desk.hand_over(turn, t, home, "Dấu-trả"),
        "settled": desk.settled,
        "reopen again": lambda turn, t: desk.reopen(turn, t, "staff"),
        "withdraw": desk.withdraw,
        "import": lambda turn, t: desk.reopen(turn, t, "import"),
    }


def filed(room: Staffroom) -> int:
    site = unit_id(room.world, STATION)
    with room.world.tx() as tx:
        turn = filing.turn_of(room.world, tx, "lan")
        fault = Fault("dose", "dose_missing", CHANGES, site=site)
        report = opening.open_report(turn, about=ABOUT, resident_id=None, proven=True, faults=[fault])
        made = tickets.of_report(tx, report.id)[0].id
        evidence.add(tx, name=FILE, talk_id=turn.talk.id, kind="photo", mime="image/jpeg", size=9, blurred=False,
                     at=room.world.time)  # fmt: skip
        evidence.attach(tx, [FILE], turn.talk.id, made)
    room.world.work()
    return made


def does(room: Staffroom, ticket_id: int, act: Callable[[Turn, Ticket], object]) -> None:
    """Mai does it, in private."""
    chat, now = room.road.chat_of("mai"), room.world.time
    with room.world.tx() as tx:
        said = Incoming("telegram", "made", chat, chat, "text")
        act(Turn(tx, said, now, now, now, room.world.desk, room.world.new_code), tickets.get(tx, ticket_id))
    room.world.work()


def sent(room: Staffroom) -> str:
    """Every call to the Bot API for the group, whole, and every word in somebody's ear."""
    calls = [c for c in room.fake.log if c.chat == room.chat.id or c.method == "answerCallbackQuery"]
    return "\n".join(f"{call.method} {call.given}" for call in calls)


def test_all_acts(room: Staffroom) -> None:
    ticket_id = filed(room)
    home, above = (unit_id(room.world, ref) for ref in (STATION, COMMITTEE))
    with room.world.tx() as tx:
        mai = staff.members(tx, home, "clerk")[0].id
    shown = {room.card().text}
    for act in acts(home, above, mai).values():
        does(room, ticket_id, act)
        shown.add(room.card().text)
        room.world.jump(minutes=10)
        if "Nhận xử lý" in room.labels(room.card()):
            room.presses(room.mai, "Nhận xử lý", room.card())
    room.world.jump(hours=60)
    room.says(room.mai, "/hangdoi")
    room.says(room.mai, "Đã tìm thấy sổ", to=room.card())
    room.presses(room.mai, "Gửi người dân")
    assert len(shown) > 8, "the cards followed"
    everything = sent(room)
    assert len(everything) > 5000
    for mark in MARKS:
        assert mark not in everything, mark


def test_what_was_marked_would_have_been_found(room: Staffroom) -> None:
    """In private the same marks are read: the search above looks for what there is."""
    filed(room)
    code = room.card().text[:8]
    room.mai.says(code)
    room.mai.presses("Xem số đầy đủ")
    read = "\n".join(str(body["text"]) for body in room.mai.heard)
    for mark in ("Mùa Thị Dấu", "015187004321", "DAULO77", "Dấu-lời-kể"):
        assert mark in read, mark
