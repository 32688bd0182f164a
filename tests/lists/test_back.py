"""Back at whoever made it: put right one by one or by a file, or one of the letters' outcomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from handlers import desk as ticket_desk
from handlers.lists import desk
from handlers.turn import Turn
from storage import history, list_people, lists, tickets, units
from storage.list_people import Line
from storage.lists import List
from tests.lists.making import GIVEN, HOSPITAL, POLICE, draft, fresh, turn_of
from tests.staff.making import STATION, complaint, identity, opens, ticket
from tests.world import Person, World

NUMBER = "015095001234"
OTHER = "015195004321"

Say = Callable[[Turn, Line], object]


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police")


def matches(turn: Turn, line: Line) -> object:
    return desk.verdict(turn, line, "matches")


def differs(**right: str) -> Say:
    return lambda turn, line: desk.verdict(turn, line, "differs", right)


def says(verdict: str, words: str | None = None) -> Say:
    return lambda turn, line: desk.verdict(turn, line, verdict, words=words)


def returned(
    world: World, dung: Person, made: List, *said: Say, ref: str = "12/BB-CAX", through: bool = False
) -> List:
    """Sent by whoever made it, compared and signed by the police: these words of its people, in their order."""
    with turn_of(world, dung) as turn:
        sent = lists.get(turn.tx, made.id)
        sent = desk.send(turn, sent) if sent.state == "draft" else sent
        sent = desk.passed(turn, sent) if sent.state in ("hamlet", "through") else sent
        for line, say in zip(list_people.of_list(turn.tx, sent.id), said, strict=True):
            say(turn, line)
        return desk.give_back(turn, sent, ref, "2026-11-20", "Đại úy Mẫu")


def of_people(world: World, mai: Person, dung: Person, *people: tuple[str, dict[str, Any], Say], kind: str = "cleaning",
              ref: str = STATION) -> List:  # fmt: skip
    """A list of these: (fault, what is given, what the police say)."""
    with turn_of(world, mai) as turn:
        made = draft(turn, ref, kind, n=0)
        for fault, given, _say in people:
            desk.add(turn, made, {**GIVEN, **given}, foreign=False, fault=fault or None)
    return returned(world, dung, made, *(say for _f, _g, say in people))


def of_ticket(world: World, mai: Person, dung: Person, say: Say) -> tuple[List, int, str]:
    code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
    return returned(world, dung, made, say), ticket_id, code


def lines_of(world: World, found: List) -> list[Line]:
    with world.tx() as tx:
        return list_people.of_list(tx, found.id)


def test_one_after_another_is_corrected_and_ticked_off(world: World, mai: Person, dung: Person) -> None:
    found = of_people(
        world, mai, dung,
        ("personal", {"name": "Giang A Pao"}, differs(name="Giàng A Páo")),
        ("missing", {"number": None, "name": "Sùng A Chư"}, differs(number=OTHER)),
        ("personal", {"name": "Lò Thị Mai", "number": OTHER}, differs(sex="female")),
    )  # fmt: skip
    mai.token(f"l:{found.id}")
    assert {"Sửa từng người (2)", "Đã nhập tệp lên Nền tảng (1)"} <= set(mai.buttons)
    mai.presses("Sửa từng người")
    assert "Họ và tên: Giang A Pao → Giàng A Páo" in mai.last and "còn 2 người cần sửa" in mai.last
    assert NUMBER not in mai.last and "015******234" in mai.last
    mai.presses("Đã sửa trên Nền tảng")
    assert "Đã đánh dấu: Giang A Pao" in mai.last and "Giới tính: Nam → Nữ" in mai.last
    mai.presses("Đã sửa trên Nền tảng")
    assert "Không còn ai cần sửa từng người" in mai.last and "Danh sách số 1/2026" in mai.last
    ticked = [line.updated_at is not None for line in lines_of(world, found)]
    assert ticked == [True, False, True]


def test_pressed_twice_or_after_an_export_opened_it_again(world: World, mai: Person, dung: Person) -> None:
    found = of_people(world, mai, dung, ("personal", {"name": "Giang A Pao"}, differs(name="Giàng A Páo")))
    mai.token(f"l:{found.id}:{found.version}:work:1")
    done = f"l:{found.id}:{found.version}:worked:1:0"
    mai.token(done)
    at = lines_of(world, found)[0].updated_at
    world.jump(hours=1)
    assert "đã xong hoặc đã được đánh dấu" in mai.token(done)
    assert lines_of(world, found)[0].updated_at == at
    with world.tx() as tx:
        desk.seen(world.moment(tx), list_people.of_list(tx, found.id)[0], "wrong")
    assert "vừa được mở lại" in mai.token(done)
    assert lines_of(world, found)[0].updated_at is None


def test_the_full_number_is_a_press_of_its_own_and_audited(world: World, mai: Person, dung: Person) -> None:
    found = of_people(world, mai, dung, ("personal", {}, differs(number=OTHER)))
    mai.token(f"l:{found.id}:{found.version}:work:1")
    assert NUMBER not in mai.last and OTHER not in mai.last
    mai.presses("Xem số đầy đủ")
    assert NUMBER in mai.last and OTHER in mai.last
    with world.tx() as tx:
        c = history.audit.c
        (row,) = tx.execute(select(c.staff_id, c.details).where(c.what == "full_number")).all()
    assert row.staff_id and row.details["list"] == found.id


def test_the_file_is_imported_and_all_in_it_are_ticked_off(world: World, mai: Person, dung: Person) -> None:
    found = of_people(
        world, mai, dung,
        ("missing", {"number": None}, differs(number=NUMBER)),
        ("format", {"number": "0150950"}, differs(number=OTHER)),
        ("missing", {"number": None}, says("unknown")),
    )  # fmt: skip
    mai.token(f"l:{found.id}")
    mai.presses("Đã nhập tệp lên Nền tảng (2)")
    assert "Tệp có 2 người" in mai.last and "không bỏ được" in mai.last
    assert [line.updated_at for line in lines_of(world, found)] == [None, None, None]
    mai.presses("Đã nhập trên Nền tảng")
    assert "Đã đánh dấu 2 người" in mai.last
    assert [line.updated_at is None for line in lines_of(world, found)] == [False, False, True]


def test_six_outcomes_with_a_remark_and_back_again(world: World, mai: Person, dung: Person) -> None:
    found = of_people(
        world, mai, dung,
        ("personal", {"name": "Giang A Pao"}, says("unknown")),
        ("personal", {}, matches),
    )  # fmt: skip
    mai.token(f"l:{found.id}")
    mai.presses("Chưa sửa được (1)")
    mai.presses("1. Giang A Pao")
    mai.presses("Không sửa được")
    assert mai.buttons[:6] == [
        "không có thông tin", "đã đi khỏi địa phương", "đã xác minh, không thể nhập", "chưa xác minh được",
        "trùng lặp", "cần điều chỉnh",
    ]  # fmt: skip
    mai.presses("đã đi khỏi địa phương")
    mai.says("Chuyển đi Hà Nội năm 2022")
    line = lines_of(world, found)[0]
    assert (line.outcome, line.remark) == ("moved_away", "Chuyển đi Hà Nội năm 2022")
    mai.token(f"l:{found.id}:{found.version}:work:1")
    assert "đã đi khỏi địa phương «Chuyển đi Hà Nội năm 2022»" in mai.last
    mai.presses("Vẫn sửa được")
    line = lines_of(world, found)[0]
    assert (line.outcome, line.remark) == (None, None)


def test_an_outcome_of_a_ticket_leads_to_its_card_for_the_resident_is_owed_an_answer(
    world: World, mai: Person, dung: Person
) -> None:
    found, ticket_id, code = of_ticket(world, mai, dung, says("unknown"))
    opens(mai, code)
    assert "Danh sách số 1/2026 đã về: không có trong CSDL dân cư" in mai.last
    mai.presses("Nhập kết quả của Công an")
    mai.presses("Không sửa được")
    mai.presses("chưa xác minh được")
    mai.presses("Ghi, không kèm ghi chú")
    assert code in mai.last and "vẫn đang chờ trả lời" in mai.last and "Cần bổ sung" in mai.buttons
    assert "chưa xác minh được" in mai.last.partition("Diễn biến")[2]
    assert ticket(world, ticket_id).state == "open" and fresh(world, found.id).state == "done"


def test_ticked_off_is_what_has_a_right_value_and_then_has_no_outcome(
    world: World, mai: Person, dung: Person
) -> None:
    found = of_people(world, mai, dung, ("personal", {}, matches), ("personal", {}, says("unknown")))
    with turn_of(world, mai) as turn:
        ticked, unknown = list_people.of_list(turn.tx, found.id)
        desk.entered(turn, found, ticked)
        with pytest.raises(desk.Refused, match="not_back"):
            desk.entered(turn, found, unknown)
    for more in ("", ":moved_away:go"):
        assert "đã xong hoặc đã được đánh dấu" in mai.token(f"l:{found.id}:{found.version}:outcome:1{more}")
    assert [(line.updated_at is None, line.outcome) for line in lines_of(world, found)] == [
        (False, None),
        (True, None),
    ]


def test_a_ticket_that_is_at_another_unit_by_now_is_that_unit_s_to_close(
    world: World, mai: Person, dung: Person
) -> None:
    found, ticket_id, _code = of_ticket(world, mai, dung, matches)
    with world.tx() as tx:
        other = units.by_ref(tx, "station:2025:04606")
    assert other
    with turn_of(world, mai) as turn:
        ticket_desk.hand_over(turn, tickets.get(turn.tx, ticket_id), other.id)
        desk.entered(turn, found, list_people.of_list(turn.tx, found.id)[0])
    assert ticket(world, ticket_id).state == "open" and lines_of(world, found)[0].updated_at


def test_an_outcome_is_not_taken_back_once_the_person_is_on_another_list(
    world: World, mai: Person, dung: Person
) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION)
        desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
    found = returned(world, dung, made, matches, says("unknown"))
    with turn_of(world, mai) as turn:
        desk.settle(turn, found, list_people.of_list(turn.tx, found.id)[1], "no_information")
        desk.add_ticket(turn, draft(turn, STATION, n=0), tickets.get(turn.tx, ticket_id))
    assert "đã ở danh sách khác" in mai.token(f"l:{found.id}:{found.version}:resume:2")
    assert lines_of(world, found)[1].outcome == "no_information"


def test_the_right_values_of_the_police_close_the_ticket(world: World, mai: Person, dung: Person) -> None:
    found, ticket_id, code = of_ticket(world, mai, dung, differs(name="Giàng A Pảo"))
    opens(mai, code)
    assert "sai khác; Họ và tên: Giàng A Pảo" in mai.last
    mai.presses("Nhập kết quả của Công an")
    assert "Họ và tên: Giang A Pao → Giàng A Pảo" in mai.last
    mai.presses("Đã sửa trên Nền tảng")
    closed = ticket(world, ticket_id)
    assert closed.state == "closed" and closed.changes[0]["new"] == "Giàng A Pảo"
    assert fresh(world, found.id).state == "back"  # until an export shows it


def test_a_round_of_a_site_is_kept_and_finished(world: World, mai: Person, dung: Person) -> None:
    nga = world.joins("nga", HOSPITAL, "clerk")
    found = of_people(
        world, nga, dung, ("", {}, matches), ("", {"number": OTHER}, differs(name="Lò Thị Mai")),
        kind="round", ref=HOSPITAL,
    )  # fmt: skip
    nga.token(f"l:{found.id}")
    assert "Sửa từng người (1)" in nga.buttons
    nga.presses("Lưu và kết thúc")
    assert "Còn 1 người" in nga.last
    nga.presses("Lưu và kết thúc")
    assert fresh(world, found.id).state == "done"


VERBS = ("work", "work:1", "worked:1:0", "worknum:1", "imported", "imported:go:1", "rest", "outcome:1",
         "outcome:1:moved_away:go", "resume:1", "finish:go")  # fmt: skip
FORGED = ("work:0", "work:99", "work:" + "9" * 30, "work:x", "worked:1", "worked:1:7", "worked:²:0", "outcome:1:nonsense",
          "outcome::", "resume:1", "imported:go:99", "rest:99", "finish:go")  # fmt: skip


def test_nobody_but_the_maker(world: World, mai: Person, dung: Person) -> None:
    """Not the police either, once it is back."""
    found = of_people(world, mai, dung, ("missing", {"number": None}, differs(number=OTHER)))
    before = lines_of(world, found)
    for verb in VERBS:
        for person in (dung, world.person("lan")):
            person.token(f"l:{found.id}:{found.version}:{verb}")
            assert OTHER not in person.last and "Giàng A Páo" not in person.last, verb
    assert lines_of(world, found) == before and fresh(world, found.id).state == "back"


def test_forged_tokens_change_nothing(world: World, mai: Person, dung: Person) -> None:
    found = of_people(world, mai, dung, ("personal", {}, differs(number=OTHER)))
    before = lines_of(world, found)
    for arg in FORGED:
        mai.token(f"l:{found.id}:{found.version}:{arg}")
        assert lines_of(world, found) == before, arg
