"""The workbook of a list comes back from the police: shuffled, with more columns or fewer rows, and with mistakes."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from handlers.lists import columns, desk
from locales.times import ZONE
from storage import history, list_people, lists
from storage.list_people import Line
from tests.lists.making import POLICE, draft, fresh, turn_of
from tests.lists.workbooks import HEADERS, PEOPLE, Row, drawn, edited, saved, table
from tests.staff.making import STATION, unit_id
from tests.world import Person, World

MEN = (
    "Giàng A Páo",
    "Vàng A Súa",
    "Lý A Chu",
    "Hoàng Văn Nam",
    "Sùng A Dế",
    "Lò Văn Pọm",
    "Thào A Của",
    "Mùa A Lử",
)


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police")


def people(n: int) -> list[dict[str, Any]]:
    """Invented, of men: every name and year comes back, and every number is somebody's own."""
    return [
        {"name": MEN[i % len(MEN)], "birth": f"{1950 + i % 45}-0{1 + i % 9}-{10 + i // 360}", "sex": "male",
         "number": f"0150{(50 + i % 45) % 100:02}{100000 + i}"}
        for i in range(n)
    ]  # fmt: skip


def at_police(world: World, mai: Person, given: list[dict[str, Any]]) -> lists.List:
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        for one in given:
            known = {name: value for name, value in one.items() if value}
            desk.add(turn, made, known, foreign=False, fault="personal" if one["number"] else "missing")
        return desk.send(turn, made)


@pytest.fixture
def sent(world: World, mai: Person) -> lists.List:
    """Eight people at the police; the third has no number on the Platform."""
    return at_police(
        world, mai, [{**one, "number": None} if n == 3 else one for n, one in enumerate(people(8), 1)]
    )


def lines(world: World, found: lists.List) -> list[Line]:
    with world.tx() as tx:
        return list_people.of_list(tx, found.id)


def verdicts(world: World, found: lists.List) -> list[str | None]:
    return [line.verdict for line in lines(world, found)]


def says(**cells: Any) -> Callable[[list[Row]], list[Row]]:
    """«Khớp» for everybody, but these cells in the first row."""

    def edit(rows: list[Row]) -> list[Row]:
        return [
            {**row, "verdict": "Khớp", **(cells if n == 0 else {})} for n, row in enumerate(rows) if n != 2
        ]

    return edit


def test_400_people_of_whom_three_foreigners_are_back_on_time(
    world: World, mai: Person, dung: Person
) -> None:
    world.time = datetime(2022, 5, 10, 8, tzinfo=ZONE).astimezone(UTC)
    station = unit_id(world, STATION)
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "round", "Đợt tiêm tháng 5")
    rows: list[list[Any]] = [
        [n, one["name"], date.fromisoformat(one["birth"]), "Nam", one["number"], "Việt Nam", "0912345678"]
        for n, one in enumerate(people(397), 1)
    ]
    for n, nation in enumerate(("Lào", "Trung Quốc", "Pháp"), 1):
        rows.insert(n * 90, [397 + n, f"Person {n}", date(1990, 1, n), "Nam", f"P{n}234567", nation, ""])
    begun = time.perf_counter()
    told = mai.sends_workbook(table(PEOPLE, rows, before=["DANH SÁCH NGƯỜI ĐƯỢC TIÊM", "Đợt tiêm tháng 5"]))
    put = time.perf_counter() - begun
    assert "397" in told and "94, 184, 274" in told
    with turn_of(world, mai) as turn:
        sent = desk.send(turn, lists.get(turn.tx, made.id))
    assert [line.given["name"] for line in lines(world, sent) if "Person" in line.given["name"]] == []
    answers = {10: ("Sai khác", {"right_name": "Vàng A Sủa"}), 20: ("Không có trong CSDL dân cư", {}),
               30: ("Cần bổ sung", {"words": "Ghi rõ thôn"})}  # fmt: skip

    def by_the_police(rows: list[Row]) -> list[Row]:
        rows.sort(key=lambda row: str(row["key"])[::-1])
        for row in rows:
            said, more = answers.get(int(row["place"]), ("Khớp", {}))
            row |= {"verdict": said, "Cán bộ": "Đ/c Dũng", **more}
        return rows

    world.jump(to=datetime(2022, 5, 12, 23, tzinfo=ZONE).astimezone(UTC))
    back = edited(drawn(world, dung, sent.id), by_the_police)
    begun = time.perf_counter()
    told = dung.sends_workbook(back)
    took = time.perf_counter() - begun
    assert "khớp: 394 · sai khác: 1" in told and "«Cán bộ»" in told and "chưa ghi" not in told
    assert [(line.given["number"], line.verdict) for line in lines(world, sent) if line.verdict != "matches"] == [
        (people(397)[place - 1]["number"], said) for place, said in ((10, "differs"), (20, "unknown"), (30, "supplement"))
    ]  # fmt: skip
    with turn_of(world, dung) as turn:
        returned = desk.give_back(turn, lists.get(turn.tx, sent.id), "9/BB", "2022-05-12", "Đại úy Mẫu")
    assert sent.due_at and returned.returned_at and returned.returned_at <= sent.due_at
    assert all(verdicts(world, sent)) and len(verdicts(world, sent)) == 397
    assert put < 4 and took < 4, (put, took)  # alone on the machine about 1 second each, the reading with it


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a word that is no result": ({"verdict": "x"}, "«x»"),
    "differs in nothing": ({"verdict": "Sai khác"}, "không ghi gì ở các cột «… đúng»"),
    "a right value, and still «Khớp»": ({"right_name": "Vàng A Chớ"}, "kết quả không phải «Sai khác»"),
    "a right value without a result": ({"verdict": None, "right_name": "Vàng A Chớ"}, "chưa có kết quả"),
    "a number without its zero": ({"verdict": "Sai khác", "right_number": 15050100000}, "11 chữ số"),
    "a number without both its zeros": ({"verdict": "Sai khác", "right_number": 1050100000}, "10 chữ số"),
    "a number too short": ({"verdict": "Sai khác", "right_number": "0150501"}, "12"),
    "a passport": ({"verdict": "Sai khác", "right_number": "B1234567"}, "«Số đúng»"),
    "a day that is none": ({"verdict": "Sai khác", "right_birth": "31/02/1950"}, "31/02/1950"),
    "a sex that is none": ({"verdict": "Sai khác", "right_sex": "?"}, "«?»"),
    "nothing of what is missing": ({"verdict": "Cần bổ sung"}, "Ghi chú"),
    "a code that is not on the list": ({"key": "AAAAAAAA"}, "mã dòng không có trong danh sách"),
    "no code": ({"key": None}, "không có mã dòng"),
    "somebody else's row": ({"name": "Vàng Thị Mỷ", "birth": "01/01/1999"}, "không phải của mã dòng"),
    "the same name, another person": ({"birth": "01/01/1999", "number": "015099000001"}, "không phải của mã dòng"),
}  # fmt: skip


def test_what_cannot_be_taken_is_named_by_its_row_and_the_rest_is_kept(
    world: World, mai: Person, dung: Person
) -> None:
    n = len(WRONG)
    sent = at_police(world, mai, people(n + 2))
    cells = [more for more, _reason in WRONG.values()]

    def edit(rows: list[Row]) -> list[Row]:
        return [{**row, "verdict": "Khớp", **more} for row, more in zip(rows, [*cells, {}, {}], strict=True)]

    told = dung.sends_workbook(edited(drawn(world, dung, sent.id), edit)).splitlines()
    refused = [line for line in told if line.startswith("Dòng ")]
    for line, (case, (_cells, reason)) in zip(refused, WRONG.items(), strict=True):
        assert reason in line, case
    assert verdicts(world, sent) == [*[None] * n, "matches", "matches"]


READ: dict[str, tuple[dict[str, Any], str, dict[str, str]]] = {
    "folded": ({"verdict": "  KHOP. "}, "matches", {}),
    "a date of Excel's own": ({"verdict": "sai khác", "right_birth": datetime(1951, 2, 3)}, "differs", {"birth": "1951-02-03"}),
    "a year": ({"verdict": "Sai", "right_birth": 1951}, "differs", {"birth": "1951"}),
    "a number typed as a number": ({"verdict": "Sai khác", "right_number": 115050100000}, "differs", {"number": "115050100000"}),
    "several fields": ({"verdict": "Sai khác", "right_name": "Giàng A Pao", "right_sex": "nữ"}, "differs", {"name": "Giàng A Pao", "sex": "female"}),
    "not known": ({"verdict": "khong co trong csdl"}, "unknown", {}),
    "strokes in what stays empty": ({"verdict": "Khớp", "right_number": "-", "right_birth": "/"}, "matches", {}),
}  # fmt: skip


def test_results_are_read_as_people_write_them(world: World, mai: Person, dung: Person) -> None:
    sent = at_police(world, mai, people(len(READ)))
    cells = [more for more, _verdict, _right in READ.values()]

    def edit(rows: list[Row]) -> list[Row]:
        return [{**row, **more} for row, more in zip(rows, cells, strict=True)]

    dung.sends_workbook(edited(drawn(world, dung, sent.id), edit))
    found = [(line.verdict, line.corrected or {}) for line in lines(world, sent)]
    assert found == [(verdict, right) for _cells, verdict, right in READ.values()]


def test_missing_rows_doubles_and_touched_cells_are_told(
    world: World, sent: lists.List, dung: Person
) -> None:
    def edit(rows: list[Row]) -> list[Row]:
        kept = [{**row, "verdict": "Khớp"} for row in rows[:3]] + [{**row} for row in rows[5:]]
        kept[0]["sex"] = "Nữ"  # a given cell, changed
        kept[2]["number"] = "015052100002"  # where a number was missing: its right place is another column
        return [
            *kept,
            {**kept[1], "verdict": "Không có trong CSDL dân cư"},
            {"place": "Người lập", "name": "Vàng"},
        ]

    told = dung.sends_workbook(edited(drawn(world, dung, sent.id), edit))
    assert "mã dòng đứng ở nhiều dòng mà kết quả khác nhau" in told
    assert (
        "Không có trong tệp, giữ như cũ: 2 (STT 4-5)" in told and "Còn chưa có kết quả: 3 (STT 6-8)" in told
    )
    assert "ở các cột đã in sẵn không được lấy" in told and "«Số đúng»" in told
    assert verdicts(world, sent) == ["matches", *[None] * 7]


def test_sent_twice_it_says_the_same_and_asks_nobody_twice(
    world: World, sent: lists.List, dung: Person, mai: Person
) -> None:
    book = edited(
        drawn(world, dung, sent.id), says(verdict="Cần bổ sung", words="=cmd|' /C calc'!A0 ghi rõ thôn")
    )
    first = dung.sends_workbook(book)
    with world.tx() as tx:
        asked = [one for one in lists.history(tx, sent.id) if one.what == "supplement"]
    before = lines(world, sent)
    assert len(asked) == 1
    assert dung.sends_workbook(book).splitlines()[:2] == first.splitlines()[:2]
    with world.tx() as tx:
        assert [one for one in lists.history(tx, sent.id) if one.what == "supplement"] == asked
    assert lines(world, sent) == before
    again = drawn(world, dung, sent.id)
    assert b"<f>" not in again and (before[0].words or "").startswith("=cmd|")


def test_a_right_number_where_there_was_none_differs_even_beside_khop(
    world: World, sent: lists.List, dung: Person
) -> None:
    def edit(rows: list[Row]) -> list[Row]:
        return [{**row, "verdict": "Khớp"} | ({"right_number": "015052100002"} if n == 2 else {}) for n, row in enumerate(rows)]  # fmt: skip

    told = dung.sends_workbook(edited(drawn(world, dung, sent.id), edit))
    third = lines(world, sent)[2]
    assert (third.verdict, third.corrected) == ("differs", {"number": "015052100002"})
    assert "nên lưu là «Sai khác»: dòng" in told and "chưa lưu được" not in told


@pytest.mark.parametrize(
    "renamed, said", [("verdict", "thiếu cột «Kết quả»"), ("key", "thiếu cột «Mã dòng»")]
)
def test_a_header_that_was_renamed_is_named(
    world: World, sent: lists.List, dung: Person, renamed: str, said: str
) -> None:
    book = load_workbook(io.BytesIO(edited(drawn(world, dung, sent.id), says())))
    cells = [cell for row in book[columns.SHEET].iter_rows() for cell in row]
    next(cell for cell in cells if cell.value == HEADERS[renamed]).value = "KQ"
    told = dung.sends_workbook(saved(book))
    assert said in told and "đợt tiêm" not in told and verdicts(world, sent) == [None] * 8


def test_somebodys_own_sheet_before_the_list_is_passed_over(
    world: World, sent: lists.List, dung: Person
) -> None:
    book = load_workbook(io.BytesIO(edited(drawn(world, dung, sent.id), says())))
    sums = book.create_sheet("Tổng hợp", 0)
    sums.append(["STT", "Họ và tên", "Kết quả", "Số"])
    sums.append([1, "Khớp", 7, ""])
    assert "khớp: 7" in dung.sends_workbook(saved(book))


def test_without_its_mark_the_rows_tell_whose_list_it_is(
    world: World, sent: lists.List, dung: Person
) -> None:
    dung.sends_workbook(edited(drawn(world, dung, sent.id), says(), unmarked=True))
    assert verdicts(world, sent).count("matches") == 7


def test_only_those_who_compare_it_and_only_while_they_do(
    world: World, sent: lists.List, dung: Person, mai: Person
) -> None:
    book = edited(drawn(world, dung, sent.id), says())
    stranger = world.joins("la", "police:2025:04606", "police")
    assert "không thuộc danh sách nào" in stranger.sends_workbook(book)
    assert "tự trả lời danh sách này ở đây" in mai.sends_workbook(book)  # the police have joined
    assert verdicts(world, sent) == [None] * 8
    with turn_of(world, dung) as turn:
        for line in list_people.of_list(turn.tx, sent.id):
            desk.verdict(turn, line, "unknown")
        desk.give_back(turn, lists.get(turn.tx, sent.id), "1", "2026-11-20", "A")
    assert "không còn ở Công an" in dung.sends_workbook(book)
    assert set(verdicts(world, sent)) == {"unknown"}


def test_where_the_police_work_on_paper_the_maker_sends_it(
    world: World, sent: lists.List, mai: Person
) -> None:
    assert "khớp: 7" in mai.sends_workbook(edited(drawn(world, mai, sent.id), says()))
    with world.tx() as tx:
        audited = tx.execute(history.audit.select().where(history.audit.c.what == "list_file_in")).all()
    assert [(row.details["list"], row.details["kept"]) for row in audited] == [(sent.id, 7)]
    assert fresh(world, sent.id).state == "police"


def test_a_formula_that_no_program_has_worked_out_is_told(
    world: World, sent: lists.List, dung: Person
) -> None:
    told = dung.sends_workbook(edited(drawn(world, dung, sent.id), says(verdict="=SUM(1,2)")))
    assert "Công thức chưa có giá trị" in told and verdicts(world, sent)[0] is None


def test_people_without_a_draft_to_go_on_and_people_who_cannot_go(world: World, mai: Person) -> None:
    rows = [
        [1, "Giàng A Páo", "05/03/1995", "Nam", "015095001234", "", ""],
        [2, "Giàng A Páo", "05/03/1995", "Nam", "015095001234", "", ""],
        [3, "Vàng A Súa", "1952", "Nam", 15052001234, "", ""],
        [4, "Emma Larsson", "1/1/1990", "Nữ", "AB123456", "", ""],
        [5, "Lý A Chu", "31/02/1990", "Nam", "", "", ""],
        [6, "=HYPERLINK(1)", "1990", "Nam", "", "", ""],
        [7, "Lý A Chu", "1990", "Nam", "015090000007", "Kinh", ""],
        [8, "Giàng A Páo", "05/03/1995", "Nam", "015095004321", "", ""],
        [9, "Mùa A Lử", "1990", "Nam", 1090000007, "", ""],
    ]
    book = table(PEOPLE, rows)
    assert "Chưa lưu gì" in mai.sends_workbook(book)
    station = unit_id(world, STATION)
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "round", "Đợt 1")
    told = mai.sends_workbook(book)
    assert "11 chữ số" in told and "10 chữ số" in told and "ghi quốc tịch" in told and "«Kinh»" in told
    assert "Dòng 6: không có ngày này trong lịch: «31/02/1990»" in told and "giúp nhé" not in told
    assert [line.given["number"] for line in lines(world, made)] == ["015095001234", "015095004321"]


def test_a_year_of_birth_in_a_column_of_its_own(world: World, mai: Person, dung: Person) -> None:
    station = unit_id(world, STATION)
    with turn_of(world, mai) as turn:
        made = desk.make(turn, station, "round", "Đợt 1")
    book = table(("TT", "Họ tên", "Ngày sinh", "Năm sinh", "Dân tộc"), [[1, "Lý A Chu", "", 1952, "H'Mông"]])
    told = mai.sends_workbook(book)
    assert "Cột không dùng đến: «Dân tộc»" in told and "Công an sẽ ghi số đúng: 1 (dòng 2)" in told
    assert [line.given["birth"] for line in lines(world, made)] == ["1952"]
    assert "thiếu cột «Mã dòng»" in dung.sends_workbook(book)  # officers make no lists
