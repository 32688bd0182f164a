"""Residents and doses come in from exports of the Platform; people and numbers are invented."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import doses, people, units
from tests.imports.place import Place, cells

VI = cells(
    "Mã đối tượng|Họ và tên|Ngày sinh|Giới tính|Số CCCD/định danh|Số CMND|Quốc tịch|"
    "Số điện thoại|Mã xã thường trú (2025)|Mũi số|Loại mũi|Thứ tự|Vắc xin|Ngày tiêm|Số lô|"
    "Cơ sở tiêm|Đã ký"
)
PAO = cells("P1|Giàng A Páo|05/03/1995|Nam|015095001234|060912345|Việt Nam|0912 345 678|4585")
PAO_1 = (*PAO, "1", "Cơ bản", "1", "Comirnaty", "12/08/2021", "LO1", "Trạm Y tế xã Bản Công", "Có")
PAO_2 = (*PAO, "2", "Cơ bản", "2", "Comirnaty", "2021-09-10", "LO2", "Điểm tiêm lưu động chợ", "Chưa")
AS_OF = "2026-11-20 09:00"
NINE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def test_a_person_with_two_doses(place: Place) -> None:
    assert place.imports(place.csv([VI, PAO_1, PAO_2]), as_of=AS_OF) == 0
    pao = place.person("015095001234")
    assert pao.details == {
        "name": "Giàng A Páo", "birth": "1995-03-05", "sex": "male", "national_id": "015095001234",
        "old_id": "060912345", "foreign": False, "phone": "0912345678", "commune": "2025:04585",
    }  # fmt: skip
    assert pao.as_of == NINE
    assert place.read(lambda tx: people.with_phone(tx, "0912345678")) == [pao]
    assert place.person("060912345") == pao
    first, second = place.read(lambda tx: doses.of_resident(tx, pao.id))
    assert (first.dose_class, first.ordinal, first.vaccine, first.day, first.lot, first.signed) == (
        "primary", 1, "Comirnaty", date(2021, 8, 12), "LO1", True,
    )  # fmt: skip
    assert first.site_id is not None
    site = place.read(lambda tx: units.get(tx, first.site_id))  # type: ignore[arg-type]
    assert site.ref == "station:2024:04612"
    assert (second.site_name, second.site_id, second.signed) == ("Điểm tiêm lưu động chợ", None, False)


def test_english_headers_semicolons_and_another_order(place: Place) -> None:
    rows = [
        (
            "Injection date",
            "Dose number",
            "Full name",
            "Birth date",
            "Passport",
            "Nationality",
            "Phone",
            "Colour",
        ),
        ("12/08/2021", "1", "Anna Müller", "1990", "C01X00T47", "Germany", "0912345678", "blue"),
    ]
    assert place.imports(place.csv(rows, delimiter=";"), as_of=AS_OF) == 0
    anna = place.person("C01X00T47")
    assert anna.details["foreign"] is True
    assert anna.details["birth"] == "1990"


def test_xlsx_with_real_dates_and_numbers(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[tuple[object, ...]] = [
        ("Họ tên", "Ngày sinh", "Số CCCD", "SĐT", "Mũi số", "Ngày tiêm"),
        ("Giàng A Páo", 1952, "015052001234", 912345678, 1, "12/08/2021"),
    ]
    assert place.imports(place.xlsx(rows), as_of=AS_OF) == 0
    pao = place.person("015052001234")
    assert (pao.details["birth"], pao.details["phone"]) == ("1952", "0912345678")
    assert "nhập 1 dòng" in capsys.readouterr().out


def test_bad_rows_go_beside_and_good_rows_are_kept(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        VI,
        PAO_1,
        ("P2", "", *PAO_1[2:]),
        ("P3", "Sùng Thị Mỷ", "31/02/1995", *PAO_1[3:]),
        ("P4", "Sùng Thị Mỷ", "1995", *PAO_1[3:9], "", *PAO_1[10:]),
        ("P5", "Sùng Thị Mỷ", "1995", *PAO_1[3:13], "12/08/2031", *PAO_1[14:]),
        ("P6", "=cmd()", "1995", "Nam", "1,5E+11", *PAO_1[5:]),
    ]
    file = place.csv(rows)
    assert place.imports(file, as_of=AS_OF) == 0
    table = place.table("in.csv.errors.xlsx")
    assert table[0] == (*VI, "Lý do")
    assert [row[-1] for row in table[1:]] == [
        "Họ và tên: còn trống",
        "Ngày sinh: không có ngày này trong lịch",
        "Mũi số: còn trống",
        "Ngày tiêm: ở tương lai",
        "Số CCCD/định danh: bảng tính đã làm hỏng số (dạng 1,5E+10); hãy đặt cột là Văn bản rồi xuất lại",
    ]
    assert table[5][1] == "=cmd()"
    assert stat.S_IMODE((place.path / "in.csv.errors.xlsx").stat().st_mode) == 0o600
    assert place.count(people.residents) == 1
    said = capsys.readouterr()
    assert "nhập 1 dòng" in said.out and "từ chối 5 dòng" in said.out
    assert "015095001234" not in said.out + said.err and "0912" not in said.out + said.err
    assert not list(place.path.glob("*.part"))


def test_a_number_of_the_wrong_form_is_kept_as_it_stands(place: Place) -> None:
    """S4 §1: wrong formats are what people report, so their records must be found."""
    place.imports(
        place.csv([("Họ tên", "Ngày sinh", "Số CCCD"), ("Giàng A Páo", "1995", "01509500")]), as_of=AS_OF
    )
    assert place.person("01509500").details["national_id"] == "01509500"


def test_twice_changes_nothing_twice(place: Place) -> None:
    file = place.csv([VI, PAO_1, PAO_2])
    place.imports(file, as_of=AS_OF)
    before = place.person("015095001234"), place.count(people.resident_keys), place.count(doses.doses)
    place.imports(file, as_of=AS_OF)
    assert before == (
        place.person("015095001234"),
        place.count(people.resident_keys),
        place.count(doses.doses),
    )
    assert before[1:] == (3, 2)


def test_an_older_export_changes_nothing(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.imports(place.csv([VI, PAO_1]), as_of=AS_OF)
    older = ("P1", "Giang A Pao", *PAO_2[2:])
    place.imports(place.csv([VI, older], "older.csv"), as_of="2026-11-20 08:59")
    assert place.person("015095001234").details["name"] == "Giàng A Páo"
    assert place.count(doses.doses) == 1
    assert "bỏ qua 1 dòng" in capsys.readouterr().out


def test_a_partial_export_leaves_the_rest(place: Place) -> None:
    place.imports(place.csv([VI, PAO_1]), as_of=AS_OF)
    partial = [("Mã đối tượng", "Họ tên", "Ngày sinh", "Số CMND", "Mũi số", "Đã ký"),
               ("P1", "Giàng A Páo", "05/03/1995", "", "1", "Chưa")]  # fmt: skip
    place.imports(place.csv(partial, "partial.csv"), as_of="2026-11-20 10:00")
    pao = place.person("015095001234")
    assert "old_id" not in pao.details  # the column was there, and empty
    assert pao.details["phone"] == "0912345678"
    assert place.read(lambda tx: people.with_number(tx, "060912345")) == []
    dose = place.read(lambda tx: doses.of_resident(tx, pao.id))[0]
    assert (dose.lot, dose.signed, dose.as_of.hour) == ("LO1", False, 3)


def test_a_corrected_number_is_the_same_person(place: Place) -> None:
    place.imports(place.csv([VI, PAO_1]), as_of=AS_OF)
    right = (*PAO_1[:4], "015095009999", *PAO_1[5:])
    place.imports(place.csv([VI, right], "right.csv"), as_of="2026-11-20 10:00")
    assert place.count(people.residents) == 1
    assert place.person("015095009999").details["name"] == "Giàng A Páo"
    assert place.read(lambda tx: people.with_number(tx, "015095001234")) == []


@pytest.mark.parametrize(
    ("headers", "as_of", "sentence"),
    [
        (("Họ và tên", "Mũi số", "Vắc xin"), AS_OF, "thiếu cột «Ngày sinh» (Birth date)"),
        (("Họ và tên", "Ngày sinh", "Vắc xin"), AS_OF, "thiếu cột «Mũi số»"),
        (("Họ và tên", "Ngày sinh", "Mũi số"), None, "--as-of"),
        (("Họ và tên", "Ngày sinh", "Full name"), AS_OF, "cùng ý nghĩa"),
        (("Họ và tên", "Ngày sinh", "Mũi số"), "hôm qua", "--as-of: hãy ghi như"),
        (("Họ và tên", "Ngày sinh", "Mũi số"), "2027-01-01", "tương lai"),
        (("Tên hàng", "Giá"), AS_OF, "không nhận ra loại tệp"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(
    place: Place,
    capsys: pytest.CaptureFixture[str],
    headers: tuple[str, ...],
    as_of: str | None,
    sentence: str,
) -> None:
    assert place.imports(place.csv([headers, ("a", "1995", "1")]), as_of=as_of) == 2
    said = capsys.readouterr().err
    assert sentence in said and said.count("\n") == 1


def test_no_number_and_no_phone_stands_in_clear(place: Place) -> None:
    place.imports(place.csv([VI, PAO_1, PAO_2]), as_of=AS_OF)
    for file in Path(place.path).glob("desk.db*"):
        content = file.read_bytes()
        for secret in ("015095001234", "060912345", "0912345678", "Giàng A Páo"):
            assert secret.encode() not in content


def test_what_is_wrong_stands_beside_the_record_and_goes_with_its_repair(place: Place) -> None:
    """S4 §1: a station finds whom it has to clean."""
    head = cells(
        "Mã đối tượng|Họ và tên|Ngày sinh|Giới tính|Số CCCD/định danh|Quốc tịch|Mã xã thường trú (2025)"
    )
    faulty = [cells("P1|Giàng A Páo|05/03/1995|Nam||Việt Nam|4585"), cells("P2|Anna|1990|Nữ||Đức|4585"),
              cells("P3|Giàng A Sử|05/03/1995|Nữ|015095001234|Việt Nam|2024:04612")]  # fmt: skip

    def stored() -> dict[str, tuple[str | None, str | None]]:
        rows = place.read(lambda tx: tx.execute(select(people.residents)).all())
        return {row.details["name"]: (row.commune, row.fault) for row in rows}

    assert place.imports(place.csv([head, *faulty]), as_of=AS_OF) == 0
    assert stored() == {"Giàng A Páo": ("2025:04585", "missing"), "Anna": ("2025:04585", None),
                        "Giàng A Sử": ("2024:04612", "personal")}  # fmt: skip
    with place.engine.begin() as tx:  # as before the desk kept them: the same export fills them in
        tx.execute(people.residents.update().values(commune=None, fault=None))
    assert place.imports(place.csv([head, *faulty], name="again.csv"), as_of=AS_OF) == 0
    assert stored()["Giàng A Páo"] == ("2025:04585", "missing")
    repaired = cells("P1|Giàng A Páo|05/03/1995|Nam|015095004321|Việt Nam|4585")
    assert place.imports(place.csv([head, repaired], name="new.csv"), as_of="2026-11-20 10:00") == 0
    assert stored()["Giàng A Páo"] == ("2025:04585", None)
