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


def of_kind(kind: str, *, day: str = "12/08/2021", field: str = "", old: str = "", new: str = "") -> str:
    site = "Trạm Y tế xã Bản Công"
    return f"CT3|24/11/2021 14:30|{WHO}|{kind}|{day}|Comirnaty|{site}|{field}|{old}|{new}"


def opened(place: Place, *rows: str) -> list[tickets.Ticket]:
    bring(place, *rows)
    return place.read(lambda tx: [tickets.of_report(tx, n)[0] for n in range(1, len(rows) + 1)])


def test_faults_of_doses_on_record(place: Place) -> None:
    lot, where, twice, never, there = opened(
        place,
        of_kind("Mũi tiêm ghi sai", field="Số lô", old="FF1", new="FF2"),
        of_kind("Mũi tiêm ghi sai", field="Cơ sở tiêm", new="Trạm Y tế xã Hát Lừu"),
        of_kind("Một mũi bị ghi hai lần"),
        of_kind("Có mũi tôi không tiêm"),
        of_kind("Mũi tiêm nằm ở hồ sơ khác", day="", old="060912345"),
    )
    assert (lot.kind, lot.changes[0]["field"], lot.changes[0]["old"], lot.changes[0]["new"]) == (
        "dose_wrong", "lot", "FF1", "FF2"
    )  # fmt: skip
    assert lot.changes[0]["dose"]["day"] == "2021-08-12" and lot.reasons == ["recorded_here", "site_merged"]
    assert where.changes[0]["old"]["site_name"] == "Trạm Y tế xã Bản Công"
    assert where.changes[0]["new"]["site_id"] and twice.kind == "dose_duplicate"
    assert never.changes[0]["old"]["day"] == "2021-08-12"
    assert there.changes[0]["new"]["numbers"] == "060912345" and there.reasons == ["joins_records"]
    names = place.read(lambda tx: [units.get(tx, one.unit_id).name for one in (lot, twice, never, there)])
    assert names == [*["Trạm Y tế xã Hạnh Phúc"] * 3, "Sở Y tế tỉnh Lào Cai"]


def test_rows_about_doses_that_say_too_little_are_refused(place: Place) -> None:
    bring(
        place,
        of_kind("Có mũi tôi không tiêm", day=""),
        of_kind("Mũi tiêm ghi sai", field="Số lô"),
        of_kind("Mũi tiêm ghi sai", field="Họ tên", new="Giàng A Páo"),
        of_kind("Mũi tiêm ghi sai", field="Ngày tiêm", new="31/02/2021"),
        of_kind("Mũi tiêm ghi sai", field="Mũi thứ mấy", new="mũi cuối"),
    )
    assert [row[-1] for row in place.table("in.csv.errors.xlsx")[1:]] == [
        "Ngày tiêm: còn trống",
        "Mũi tiêm ghi sai: cần cột Thông tin sai và Đúng là",
        "Thông tin sai: không thuộc loại phản ánh này",
        "Đúng là: không có ngày này trong lịch",
        "Đúng là: không hiểu «mũi cuối»; hãy ghi như Cơ bản 2, Nhắc lại 1",
    ]
    assert place.count(reports.reports) == 0
