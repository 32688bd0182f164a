"""A backlog of complaints keeps the time at which each was received; the 48 hours run from there."""

from datetime import UTC, datetime, timedelta

from storage import reports, tickets, units
from tests.imports.place import Place, cells

HEADERS = cells(
    "Mã phản ánh|Thời điểm nhận|Họ và tên|Ngày sinh|Số CCCD|Số điện thoại|Mã xã thường trú|"
    "Loại phản ánh|Ngày tiêm|Vắc xin|Cơ sở tiêm|Thông tin sai|Đang ghi|Đúng là"
)
WHO = "Giàng A Páo|05/03/1995|015095001234|0912345678|04585"
DOSE = f"CT1|24/11/2021 14:30|{WHO}|Thiếu mũi|12/08/2021|Comirnaty|Trạm Y tế xã Bản Công|||"
NAME = f"CT2|2021-11-24 15:00|{WHO}|Sai thông tin||||Họ tên|Giang A Pao|Giàng A Páo"


def bring(place: Place, *rows: str, name: str = "in.csv") -> None:
    assert place.imports(place.csv([HEADERS, *(row.split("|") for row in rows)], name)) == 0


def test_each_becomes_a_report_with_its_own_time(place: Place) -> None:
    place.now = datetime(2021, 11, 26, 2, 0, tzinfo=UTC)
    bring(place, DOSE, NAME)
    first, second = place.read(lambda tx: [reports.get(tx, n) for n in (1, 2)])
    assert first.received_at == datetime(2021, 11, 24, 7, 30, tzinfo=UTC)
    assert first.about["number"] == {"kind": "national_id", "value": "015095001234"}
    assert (first.about["phone"], first.about["permanent"]) == ("0912345678", "2025:04585")
    dose, name = place.read(lambda tx: [tickets.of_report(tx, it.id)[0] for it in (first, second)])
    assert dose.due_at == first.received_at + timedelta(hours=48)
    assert dose.changes[0]["new"]["day"] == "2021-08-12"
    assert place.read(lambda tx: units.get(tx, dose.unit_id)).name == "Trạm Y tế xã Hạnh Phúc"
    change = {"kind": "personal", "field": "name", "old": "Giang A Pao", "new": "Giàng A Páo"}
    assert (name.axis, name.changes) == ("identity", [change])


def test_twice_opens_nothing_twice(place: Place) -> None:
    bring(place, DOSE, NAME)
    bring(place, DOSE, NAME)
    bring(place, DOSE, DOSE, NAME, name="longer.csv")
    assert place.count(reports.reports) == 2


def test_rows_that_say_too_little_are_refused(place: Place) -> None:
    bring(
        place,
        DOSE.replace("|12/08/2021|", "||"),
        DOSE.replace("|12/08/2021|", "|12/08/2022|"),
        NAME.replace("|Giàng A Páo", "|", 2).removesuffix("|"),
        NAME.replace("Họ tên", "Ngày sinh"),
        DOSE.replace("24/11/2021", "24/11/2031"),
    )
    assert [row[-1] for row in place.table("in.csv.errors.xlsx")[1:]] == [
        "Ngày tiêm: còn trống",
        "Ngày tiêm: sau thời điểm nhận phản ánh",
        "Họ và tên: còn trống",
        "Đúng là: không đọc được ngày; hãy ghi như 31/12/2021",
        "Thời điểm nhận: ở tương lai",
    ]
    assert place.count(reports.reports) == 0
