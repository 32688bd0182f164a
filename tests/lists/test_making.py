"""A station makes lists: of tickets, of wrong records, of its own round; who cannot be on one is named, nobody is lost."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from handlers.lists import desk, rows, wording_events
from handlers.rules.lists import fault_of
from storage import cleaning, history, list_people, lists, people, reports, tickets, units
from storage.list_people import Line
from storage.lists import List
from tests.lists.making import HOSPITAL, draft, fresh, turn_of
from tests.staff.making import (
    COMMITTEE,
    NUMBER,
    STATION,
    complaint,
    dose_of,
    identity,
    unit_id,
)
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def nga(world: World) -> Person:
    return world.joins("nga", HOSPITAL, "clerk")


def newest(world: World) -> List:
    with world.tx() as tx:
        return lists.get(
            tx, tx.execute(select(lists.lists.c.id).order_by(lists.lists.c.id.desc())).scalars().first()
        )


def on(world: World, found: List) -> list[Line]:
    with world.tx() as tx:
        return list_people.of_list(tx, found.id)


def begins(person: Person, kind: str) -> str:
    person.says("/danhsach")
    person.presses("Lập danh sách")
    person.presses(kind)
    return person.last


def foreigner(world: World, by: str) -> tuple[str, int]:
    """An identity ticket of somebody who turned out to be a foreigner."""
    code, id_ = complaint(world, by=by, faults=[identity()])
    with world.tx() as tx:
        report = reports.by_code(tx, code)
        assert report
        about = {**report.about, "foreign": True}
        tx.execute(reports.reports.update().where(reports.reports.c.id == report.id).values(about=about))
    return code, id_


def audited(world: World, what: str) -> list[Any]:
    with world.tx() as tx:
        return list(tx.execute(select(history.audit).where(history.audit.c.what == what)))


# --- of tickets ---


def test_a_list_of_tickets_from_the_menu_to_the_police(world: World, mai: Person) -> None:
    for n in range(3):
        complaint(world, by=f"dan{n}", faults=[identity()])
    complaint(world, by="dose")
    foreigner(world, "emma")
    mai.says("/menu")
    mai.presses("Danh sách xác minh")
    assert "3 phiếu" in begins(mai, "Phản ánh của người dân") and "còn 48 giờ" in mai.last
    mai.presses("Lập danh sách 3 người")
    made = newest(world)
    assert made.state == "draft" and "3 người" in mai.last and NUMBER not in mai.last
    mai.presses("Gửi đi")
    assert (
        "Công an xã Hạnh Phúc" in mai.last and "22/11" in mai.last and "không có người nước ngoài" in mai.last
    )
    assert newest(world).state == "draft"
    mai.presses("Gửi đi")
    sent = newest(world)
    assert (sent.state, sent.number, sent.year) == ("police", 1, 2026)
    assert "Danh sách số 1/2026" in mai.show() and "Gửi đi" not in mai.buttons
    assert "đều đã vào danh sách" in begins(mai, "Phản ánh của người dân")


def test_the_button_of_an_old_draft_does_nothing(world: World, mai: Person) -> None:
    complaint(world, faults=[identity()])
    begins(mai, "Phản ánh")
    mai.presses("Lập danh sách 1 người")
    mai.presses("Gửi đi")
    go = mai.heard[-1]["choices"][0]["token"]
    mai.token(go)
    assert "vừa có thay đổi" in mai.token(go)
    assert newest(world).number == 1


def test_from_the_ticket_s_card_to_the_one_open_draft(world: World, mai: Person) -> None:
    codes = [complaint(world, by=f"dan{n}", faults=[identity()])[0] for n in range(2)]
    dose, _id = complaint(world, by="dose")
    for code in codes:
        mai.says(code)
        mai.presses("Đưa vào danh sách")
        assert "danh sách nháp" in mai.last
        assert "Đưa vào danh sách" not in mai.buttons
    assert len(on(world, newest(world))) == 2 and newest(world).id == 1
    mai.says(dose)
    assert "Đưa vào danh sách" not in mai.buttons


def test_several_from_the_queue_and_who_cannot_is_named(world: World, mai: Person) -> None:
    good = [complaint(world, by=f"dan{n}", faults=[identity()]) for n in range(2)]
    dose, _ = complaint(world, by="dose", faults=[dose_of(world)])
    emma, _ = foreigner(world, "emma")
    with turn_of(world, mai) as turn:
        desk.add_ticket(turn, draft(turn, STATION, n=0), tickets.get(turn.tx, good[0][1]))
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn cả trang")
    mai.presses("Việc khác với phiếu đã chọn")
    mai.presses("Lập danh sách")
    assert "Đã đưa 1 phiếu" in mai.last
    assert f"{dose} (không phải thông tin cá nhân)" in mai.last
    assert f"{emma} (người nước ngoài" in mai.last
    assert f"{good[0][0]} (đã ở một danh sách)" in mai.last
    assert {line.ticket_id for line in on(world, newest(world))} == {id_ for _code, id_ in good}


def test_a_ticket_takes_its_resident_s_place_on_a_cleaning_list(world: World, mai: Person) -> None:
    """Else its station would be told for ever that it is on no list."""
    with world.tx() as tx:
        resident = people.with_number(tx, NUMBER)[0]
    _code, id_ = complaint(world, faults=[identity()])
    with world.tx() as tx:
        tx.execute(reports.reports.update().values(resident_id=resident.id))
    station = unit_id(world, STATION)
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "cleaning")
        desk.add(
            turn, made, {"name": "Giang A Pao"}, foreign=False, fault="personal", resident_id=resident.id
        )
        line = desk.add_ticket(turn, draft(turn, STATION, n=0), tickets.get(turn.tx, id_))
    assert line.list_id == made.id and line.ticket_id == id_ and line.given["name"] == "Giàng A Páo"
    assert len(on(world, made)) == 1


@pytest.mark.parametrize(
    ("maker", "state", "joins"),
    [(STATION, "draft", True), (STATION, "hamlet", True), (STATION, "police", False), ("station:2025:04606", "draft", False)],
)  # fmt: skip
def test_a_ticket_joins_its_resident_s_line_only_here_and_before_the_police(
    world: World, mai: Person, maker: str, state: str, joins: bool
) -> None:
    """They compare what they were sent; else it gets a line of its own. Nobody stands twice on cleaning lists."""
    with world.tx() as tx:
        resident = people.with_number(tx, NUMBER)[0]
    _code, id_ = complaint(world, faults=[identity()])
    there = unit_id(world, maker)
    with turn_of(world, mai) as turn:
        turn.tx.execute(reports.reports.update().values(resident_id=resident.id))
        made = desk.make(turn, there, "cleaning")
        one: dict[str, Any] = {"foreign": False, "fault": "personal", "resident_id": resident.id}
        desk.add(turn, made, {"name": "Giang A Pao"}, **one)
        with pytest.raises(desk.Refused, match="elsewhere"):
            desk.add(turn, desk.make(turn, there, "cleaning"), {"name": "Giang A Pao"}, **one)
        now = desk.send(turn, made) if state != "draft" else made
        _now = desk.passed(turn, now) if state == "police" else now
        line = desk.add_ticket(turn, draft(turn, STATION, n=0), tickets.get(turn.tx, id_))
    assert (line.list_id == made.id) is joins and line.ticket_id == id_
    assert (on(world, made)[0].given["name"] == "Giàng A Páo") is joins


# --- cleaning ---


def resident(world: World, n: int, commune: str, **details: Any) -> None:
    about = {"name": f"Giàng A {n}", "birth": "1995-03-05", "sex": "male", "commune": commune, **details}
    with world.tx() as tx:
        world_fault = fault_of(about, world.time.date())
        tx.execute(
            insert(people.residents).values(
                ref=n.to_bytes(16, "big"), details=about, as_of=world.time, commune=commune, fault=world_fault
            )
        )


def test_cleaning_counts_by_fault_and_lists_the_chosen(world: World, mai: Person) -> None:
    resident(world, 1, "2025:04585")
    resident(world, 2, "2024:04612", national_id="0150950012")  # its commune went to this one alone
    resident(world, 3, "2025:04585", foreign=True)
    resident(world, 4, "2025:04588")  # another station's
    said = begins(mai, "Làm sạch dữ liệu")  # with the three of the demo
    assert "chưa có số: 2\nsố sai định dạng: 2\nsai thông tin cá nhân: 1" in said
    mai.presses("chưa có số: 2")
    mai.presses("số sai định dạng: 2")
    mai.presses("Lập danh sách 4 người")
    made = newest(world)
    assert {line.fault for line in on(world, made)} == {"missing", "format"}
    assert all(
        "Hạnh Phúc" in line.given["residence"] or "Bản Công" in line.given["residence"]
        for line in on(world, made)
    )
    again = begins(mai, "Làm sạch dữ liệu")
    assert "chưa có số: 0" in again and "sai thông tin cá nhân: 1" in again
    mai.says("/danhsach")
    mai.presses("Danh sách nháp")
    mai.presses("Gửi đi")
    assert "Tổ công tác thôn" in mai.last
    mai.presses("Gửi đi")
    assert newest(world).state == "hamlet"


def test_no_more_than_a_thousand_at_once_and_the_rest_next(world: World, mai: Person) -> None:
    """Counting 90,000 of 300,000 took 20 ms, of one commune among forty 2 ms (ix_residents_fault)."""
    with world.tx() as tx:
        rows_ = [
            {"ref": n.to_bytes(16, "big"), "details": {"name": "A"}, "as_of": world.time, "commune": "2025:04585",
             "fault": "missing"} for n in range(1_004)
        ]  # fmt: skip
        tx.execute(insert(people.residents), rows_)
    begins(mai, "Làm sạch dữ liệu")
    mai.presses("chưa có số: 1005")
    mai.presses("Lập danh sách 1000 người")
    assert "Còn 5 người cho danh sách sau" in mai.last
    begins(mai, "Làm sạch dữ liệu")
    mai.presses("chưa có số: 5")
    mai.presses("Lập danh sách 5 người")
    assert len(on(world, newest(world))) == 5


def test_who_was_concluded_is_not_listed_again(world: World, mai: Person) -> None:
    resident(world, 1, "2025:04585")
    station = unit_id(world, STATION)
    with turn_of(world, mai) as turn:
        here = cleaning.places_of(turn.tx, "04585")
        person = cleaning.waiting(turn.tx, here, ["missing"], 9)[0][0]
        made = desk.make(turn, station, "cleaning")
        line = desk.add(turn, made, {"name": "A"}, foreign=False, fault="missing", resident_id=person.id)
        list_people.change(turn.tx, line, outcome="moved_away")
        lists.change(turn.tx, made, state="done")
        assert cleaning.counts(turn.tx, here)["missing"] == 1
    assert "không đưa lại: 1" in begins(mai, "Làm sạch dữ liệu")


# --- who makes what ---


def test_an_exempt_site_reads_why_it_cleans_nothing(world: World, nga: Person) -> None:
    nga.says("/danhsach")
    nga.presses("Lập danh sách")
    assert "không phải xác minh, làm sạch dữ liệu" in nga.last and "Làm sạch dữ liệu" not in nga.buttons
    hospital = unit_id(world, HOSPITAL)
    assert "không phải xác minh" in nga.token(f"l:new:{hospital}:cleaning:mfp:go")
    with world.tx() as tx:
        assert not tx.execute(select(lists.lists.c.id)).all()


def test_where_no_police_are_known_it_says_what_is_missing(world: World, nga: Person) -> None:
    with world.tx() as tx:
        tx.execute(units.units.update().where(units.units.c.ref == HOSPITAL).values(commune=None))
    assert "chưa rõ xã" in begins(nga, "Đợt tiêm")


@pytest.mark.parametrize(
    "token",
    ["l:new:{station}", "l:new:{station}:tickets:go", "l:new:99999", "l:new:x", "l:new:1:cleaning:mfp:go:go", "l:1",
     "l:1:1:send:go", "l:1:1:full:1", "l:1:1:people", "l:1:1:out:1", "l:999999999999999999:1:send", "l:ended:x"],
)  # fmt: skip
def test_forged_tokens_of_another_unit_lead_nowhere(
    world: World, mai: Person, nga: Person, token: str
) -> None:
    with turn_of(world, mai) as turn:
        draft(turn, STATION)
    said = nga.token(token.format(station=unit_id(world, STATION)))
    assert "không có quyền" in said or "Danh sách đã xong:** 0" in said
    assert newest(world).state == "draft" and len(on(world, newest(world))) == 1


# --- a round of its own ---


def test_a_round_typed_by_hand_goes_through_the_committee_and_back(world: World, nga: Person) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    begins(nga, "Đợt tiêm")
    nga.says("Đợt tiêm 24/11, thôn 3")
    nga.presses("Thêm người")
    nga.says("Hầu A Sử")
    assert "cách nhau bằng dấu phẩy" in nga.last
    nga.says("Hầu A Sử, 05/03/1995, nam, 015095001234")
    nga.says("Hầu A Sử, 5/3/1995, nam")
    assert "đã có trong danh sách" in nga.last
    nga.says("John Smith, 01/01/1990, nam, C1234567")
    assert "chỉ có công dân Việt Nam" in nga.last
    nga.says("Hầu Thị Mẩy, 1960, nữ")
    assert [(line.given["name"], line.fault) for line in on(world, newest(world))] == [
        ("Hầu A Sử", None),
        ("Hầu Thị Mẩy", "missing"),
    ]
    nga.presses("Về danh sách")
    nga.presses("Gửi đi")
    nga.presses("Gửi đi")
    sent = newest(world)
    assert sent.state == "through"
    my.says("/danhsach")
    my.presses("Danh sách số 1/2026")
    my.presses("Trả lại nơi lập")
    my.says("Thiếu thôn")
    again = fresh(world, sent.id)
    assert (again.state, again.number, again.due_at) == ("draft", 1, sent.due_at)
    assert "không có quyền" in my.token(f"l:{sent.id}:{again.version}:people")  # until it comes again
    world.jump(hours=20)
    nga.says("/danhsach")
    nga.presses("Danh sách số 1/2026")
    assert "«Thiếu thôn»" in nga.last and "còn 36 giờ" in nga.last
    nga.presses("Gửi đi")
    assert "Giữ số và ngày cũ" in nga.last
    nga.presses("Gửi đi")
    my.says("/danhsach")
    my.presses("Danh sách số 1/2026")
    my.presses("Chuyển Công an")
    passed = fresh(world, sent.id)
    assert (passed.state, passed.number, passed.due_at) == ("police", 1, sent.due_at)


def test_rows_of_a_workbook_are_added_or_named(world: World, nga: Person) -> None:
    one = {"name": "Hầu A Sử", "birth": "1995-03-05", "sex": "male", "number": "015095001234"}
    with turn_of(world, nga) as turn:
        made = draft(turn, HOSPITAL, "round", n=0)
        said = rows.add_rows(
            turn,
            made,
            [
                {**one, "row": 4, "residence": "thôn 3", "phone": "0912345678"},
                {**one, "row": 5, "name": "Người khác"},  # the same number
                {"name": "HẦU A SỬ", "birth": "1995-03-05", "row": 6},
                {"name": "Emma", "birth": "1990", "foreign": True, "row": 7},
                {"name": "Vì Thị Sen", "birth": None, "row": 8},
                {"name": "123", "birth": "1948", "row": 9},
                {"name": "Vì Thị Sen", "birth": "1948", "number": "01509", "row": 10},
            ],
        )
        text = turn.words(said.words())
    assert (said.n, said.foreign, said.doubles, [row for row, _why in said.bad]) == (2, [7], [5, 6], [8, 9])
    assert "Đã đưa 2 người" in text and "Không phải công dân Việt Nam" in text and "Dòng 9: " in text
    assert [(line.fault, line.given.get("residence")) for line in on(world, made)] == [
        (None, "thôn 3"),
        ("format", None),
    ]


# --- the people, the hamlet, the history ---


def test_people_are_masked_until_a_press_that_is_audited(world: World, mai: Person) -> None:
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=10)
    mai.token(f"l:{made.id}")
    mai.presses("Người trong danh sách (10)")
    assert "Trang 1/2" in mai.last and NUMBER not in mai.show()
    mai.presses("Trang sau")
    mai.presses("9. ")
    assert "015******234" in mai.last and not audited(world, "full_number")
    mai.presses("Xem số đầy đủ")
    assert NUMBER in mai.last
    (seen,) = audited(world, "full_number")
    assert seen.details["list"] == made.id and seen.details["place"] == 9
    mai.presses("Quay lại")
    stale = next(one["token"] for one in mai.heard[-1]["choices"] if one["label"] == "Bỏ khỏi danh sách")
    mai.presses("Bỏ khỏi danh sách")
    assert len(on(world, made)) == 9 and "10. " in mai.show()
    mai.token(stale)
    assert len(on(world, made)) == 9
    mai.presses("Gửi đi")
    mai.presses("Gửi đi")
    assert [line.place for line in on(world, made)] == list(range(1, 10))
    assert "không có quyền" in mai.token(f"l:{made.id}:{fresh(world, made.id).version}:out:1")


def test_the_hamlet_s_remarks_are_keyed_in_and_who_reviewed_is_kept(world: World, mai: Person) -> None:
    with turn_of(world, mai) as turn:
        made = desk.send(turn, draft(turn, STATION, "cleaning", n=2))
    mai.token(f"l:{made.id}")
    mai.presses("Người trong danh sách")
    mai.presses("2. ")
    mai.presses("Ý kiến của Tổ công tác thôn")
    mai.says("Đúng tên, chưa làm CCCD")
    assert "Tổ công tác thôn: Đúng tên, chưa làm CCCD" in mai.last
    mai.presses("Về danh sách")
    mai.presses("Tổ thôn đã rà soát: gửi Công an")
    said = mai.says("Vàng A Dê, trưởng thôn 3, 21/11")
    assert fresh(world, made.id).state == "police" and "«Vàng A Dê, trưởng thôn 3, 21/11»" in said
    assert on(world, made)[1].reviewed == "Đúng tên, chưa làm CCCD"
    minh = world.joins("minh", COMMITTEE, "supervisor")
    minh.token(f"l:{made.id}")
    assert "Danh sách số 1/2026" in minh.last and "Vàng A Dê" not in minh.last  # above: nobody's words


def test_a_draft_given_up_lets_its_people_go(world: World, mai: Person) -> None:
    _code, id_ = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        desk.add_ticket(turn, made, tickets.get(turn.tx, id_))
    mai.token(f"l:{made.id}")
    mai.presses("Bỏ danh sách nháp")
    mai.presses("Bỏ danh sách nháp")
    assert fresh(world, made.id).state == "dropped"
    assert "1 phiếu" in begins(mai, "Phản ánh của người dân")


def test_everything_that_happens_to_a_list_has_words() -> None:
    import re
    from pathlib import Path

    code = "".join(path.read_text("utf-8") for path in Path("handlers/lists").glob("*.py"))
    told = set(re.findall(r'lists\.happened\([^)]*?\.now, f?"(\w+?)(?:_\{what\})?"', code))
    assert told - {"seen"} <= set(wording_events.EVENTS) and len(told) > 10
