"""What everybody reads while a ticket is on a list, and who answers for it; what is left of a list after its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers import wording
from handlers.lists import desk
from handlers.rules import answerable as rules
from handlers.rules import lists as list_rules
from storage import list_people, lists, tickets, units
from tests.lists.making import GIVEN, HOSPITAL, POLICE, draft, fresh, turn_of
from tests.staff.making import NUMBER, STATION, complaint, dose_of, identity, opens
from tests.test_erasing import DAY, erase
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police")


def report_card(lan: Person) -> str:
    lan.says("/theodoi")
    listed = lan.last
    lan.presses("PA-")
    return f"{listed}\n---\n{lan.last}"


def test_the_resident_need_not_do_anything_and_the_48_hours_run_on(
    world: World, mai: Person, dung: Person
) -> None:
    lan = world.person("lan")
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        line = desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
    assert "đối chiếu" not in report_card(lan)  # nobody has it yet
    with turn_of(world, mai) as turn:
        sent = desk.send(turn, made)
    assert (
        "Công an xã Hạnh Phúc đang đối chiếu dữ liệu dân cư; Anh/Chị chưa phải làm gì. Hạn trả lời không đổi:"
        in lan.last
    )
    world.jump(hours=7)
    read = report_card(lan)
    assert read.count("Đang đối chiếu dữ liệu dân cư; Anh/Chị chưa phải làm gì (còn 41 giờ)") == 2
    assert "– Công an xã Hạnh Phúc đang đối chiếu dữ liệu dân cư" in read
    with turn_of(world, dung) as turn:
        desk.verdict(turn, line, "supplement", words="năm sinh")
    assert "chưa phải làm gì (" not in report_card(lan)  # the police ask for something
    with turn_of(world, dung) as turn:
        desk.verdict(turn, line, "matches", words="hộ khẩu ghép với người khác")
        desk.give_back(turn, lists.get(turn.tx, sent.id), "1", "2026-11-20", "A")
    read = report_card(lan)
    assert "chưa phải làm gì (" not in read and "– Công an xã Hạnh Phúc đã đối chiếu xong" in read
    assert "người khác" not in read and "12/BB" not in read


def test_staff_see_both_clocks_and_a_button_to_the_list(world: World, mai: Person, dung: Person) -> None:
    code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        line = desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
    assert "Trong danh sách nháp, chưa gửi" in opens(mai, code)
    with turn_of(world, mai) as turn:
        desk.send(turn, made)
    world.jump(hours=7)
    read = opens(mai, code)
    assert "còn 41 giờ" in read
    assert "Danh sách số 1/2026 ở Công an xã Hạnh Phúc: hạn trả trước 23:59 Chủ nhật 22/11 (còn " in read
    mai.presses("Mở danh sách")
    assert "Danh sách số 1/2026" in mai.last
    with turn_of(world, dung) as turn:
        desk.verdict(turn, line, "differs", {"number": "015195004321"})
        desk.give_back(turn, lists.get(turn.tx, made.id), "1", "2026-11-20", "A")
    read = opens(mai, code)
    assert "Danh sách số 1/2026 đã về: sai khác; Số CCCD/CMND/hộ chiếu: 015******321" in read
    assert "015195004321" not in read and NUMBER not in read


def test_every_kind_has_a_row_of_who_answers() -> None:
    assert set(rules.TICKETS) == set(wording.KINDS)
    for kind in rules.TICKETS:
        for station in (True, False):
            found = rules.of_ticket(kind, "dose", foreign=False, station=station)
            assert (found.lead, found.responsible) == ("unit", "unit")


@pytest.mark.parametrize(
    ("kind", "axis", "foreign", "station", "reasons", "together"),
    [
        ("personal", "identity", False, True, (), ("police", "team", "copy")),
        ("id_missing", "identity", False, True, ("exempt_site",), ("police", "team")),
        ("personal", "identity", True, False, (), ("viettel", "copy")),
        ("personal", "identity", False, False, ("residence_unknown",), ("viettel", "copy")),
        ("foreigner", "identity", True, True, (), ("viettel", "copy")),
        ("not_signed", "dose", False, True, (), ("committee", "copy")),
        ("not_signed", "dose", False, False, (), ("viettel", "copy")),
        ("dose_duplicate", "dose", False, False, ("two_sites",), ("recorders", "copy")),
        ("dose_missing", "dose", False, True, (), ("viettel", "copy")),
        ("other", "service", False, True, (), ("copy",)),
    ],
)
def test_who_co_operates(
    kind: str, axis: str, foreign: bool, station: bool, reasons: tuple[str, ...], together: tuple[str, ...]
) -> None:
    assert rules.of_ticket(kind, axis, foreign=foreign, station=station, reasons=reasons).together == together


def test_who_answers_for_a_list_before_and_after_its_return() -> None:
    for kind in list_rules.KINDS:
        away, home = (rules.of_list(kind, returned=one) for one in (False, True))
        assert (away.responsible, home.responsible) == ("police", "unit")
        assert "police" in home.together and "police" in away.together


def test_cards_name_who_leads_who_co_operates_and_until_when(world: World, mai: Person, dung: Person) -> None:
    code, _ticket_id = complaint(world, faults=[identity()])
    read = opens(mai, code)
    assert "Chủ trì, chịu trách nhiệm: Trạm Y tế xã Hạnh Phúc, thời hạn trước 16:00 Chủ nhật 22/11" in read
    assert "Phối hợp: Công an xã Hạnh Phúc, Tổ công tác Đề án 06 thôn" in read
    code, _ticket_id = complaint(world, faults=[dose_of(world)], by="binh")
    assert "Phối hợp: Viettel (hỗ trợ Nền tảng)" in opens(mai, code)
    with turn_of(world, mai) as turn:
        made = desk.send(turn, draft(turn, STATION, "cleaning"))
    mai.token(f"l:{made.id}")
    assert (
        "Chủ trì: Trạm Y tế xã Hạnh Phúc\nPhối hợp: Tổ công tác Đề án 06 thôn, Công an xã Hạnh Phúc\n"
        in mai.last
    )
    assert "Chịu trách nhiệm trả danh sách: Công an xã Hạnh Phúc, trước 23:59 Chủ nhật 22/11" in mai.last
    nga = world.joins("nga", HOSPITAL, "clerk")
    with turn_of(world, nga) as turn:
        made = desk.send(turn, draft(turn, HOSPITAL, "round"))
    nga.token(f"l:{made.id}")
    assert "Phối hợp: UBND xã Hạnh Phúc, Công an xã Hạnh Phúc, Trạm Y tế xã Hạnh Phúc\n" in nga.last


def personal(world: World, list_id: int) -> str:
    """All that lists keep of people, in the clear."""
    with world.tx() as tx:
        found = tx.execute(select(lists.lists).where(lists.lists.c.id == list_id)).mappings().one()
        events = [event.details for event in lists.history(tx, list_id)]
        people = [dict(row) for row in tx.execute(select(list_people.list_people)).mappings()]
    return f"{found['title']} {found['signed']} {events} {people}"


def test_a_list_is_emptied_after_its_months_and_keeps_its_number_and_what_was_said(
    world: World, mai: Person, dung: Person
) -> None:
    with turn_of(world, mai) as turn:
        made = desk.send(turn, draft(turn, STATION, "cleaning", number="015195004321"))
        sent = desk.passed(turn, made)
    with turn_of(world, dung) as turn:
        (line,) = list_people.of_list(turn.tx, sent.id)
        desk.verdict(turn, line, "unknown", words="đã chuyển đi")
        back = desk.give_back(turn, sent, "12/BB", "2026-11-20", "Đại úy Mẫu")
    world.time += 3000 * DAY
    erase(world)
    assert "015195004321" in personal(world, back.id)  # it is still owed
    with turn_of(world, mai) as turn:
        line = list_people.of_list(turn.tx, sent.id)[0]
        desk.settle(turn, lists.get(turn.tx, back.id), line, "moved_away", "Hà Nội")
    world.time += 23 * 31 * DAY
    erase(world)
    assert "Giàng A Páo" in personal(world, back.id)
    world.time += 40 * DAY
    erase(world)
    kept = personal(world, back.id)
    for gone in ("015195004321", "Giàng", "chuyển đi", "Hà Nội", "Mẫu", "12/BB"):
        assert gone not in kept
    done = fresh(world, back.id)
    assert (done.number, done.state) == (1, "done")
    with world.tx() as tx:
        (line,) = list_people.of_list(tx, back.id)
    assert (line.verdict, line.outcome, line.given) == ("unknown", "moved_away", {})
    version = fresh(world, back.id).version
    world.time += 2 * DAY
    erase(world)
    assert fresh(world, back.id).version == version  # once
    mai.token(f"l:{back.id}:{version}:work:1")
    assert "Dữ liệu của người này đã được xóa" in mai.last


def test_a_forgotten_draft_goes_and_a_line_goes_with_its_report(world: World, mai: Person) -> None:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        forgotten = draft(turn, STATION)
        with_ticket = draft(turn, STATION, n=0)
        desk.add_ticket(turn, with_ticket, tickets.get(turn.tx, ticket_id))
        desk.send(turn, with_ticket)
    with turn_of(world, mai) as turn:
        from handlers import desk as ticket_desk

        ticket_desk.reject(turn, tickets.get(turn.tx, ticket_id), "1")
    world.time += timedelta(days=25 * 31)
    erase(world)
    assert fresh(world, forgotten.id).state == "dropped"
    assert "Giàng" not in personal(world, forgotten.id)
    with world.tx() as tx:
        assert list_people.of_list(tx, with_ticket.id)[0].given == {}
        assert units.by_ref(tx, STATION) and GIVEN["name"]
