"""Sites and other units come in with type, exempt flag, successor and place in the tree."""

from datetime import date

import pytest

from storage import units
from storage.units import Unit
from tests.imports.place import Place, cells

HEADERS = cells(
    "Mã cơ sở|Tên cơ sở|Loại cơ sở|Mã xã|Tỉnh|Được miễn làm sạch|Mã cơ sở thay thế|"
    "Mã đơn vị cấp trên|Ngày ngừng hoạt động"
)
ROWS = [
    "90001|Bệnh viện Suối Mơ|Bệnh viện|04585||Có||health_department:2025:15|",
    "90002|Trung tâm Y tế Đồi Thông|Trung tâm y tế|2024:04612||x|90003||30/06/2025",
    "90003|Trung tâm Y tế Đồi Xanh|centre||Lào Cai|Không|||",
    "90004|Trạm Y tế xã Hạnh Phúc|Trạm y tế|04585|||||",
]


def bring(place: Place, *rows: str, name: str = "in.csv") -> None:
    assert place.imports(place.csv([HEADERS, *(row.split("|") for row in rows)], name)) == 0


def unit(place: Place, ref: str) -> Unit:
    found = place.read(lambda tx: units.by_ref(tx, ref))
    assert found
    return found


def test_type_place_exempt_and_parent(place: Place) -> None:
    bring(place, *ROWS)
    hospital = unit(place, "site:90001")
    assert (hospital.kind, hospital.exempt) == ("hospital", True)
    assert (hospital.province, hospital.commune) == ("15", "04585")
    assert place.read(lambda tx: units.lines_up(tx, hospital.id))[0].kind == "health_department"
    assert place.read(lambda tx: units.find_sites(tx, "suoi mo hanh phuc lao cai")) == [hospital]


def test_a_site_on_the_old_map_has_the_committee_of_today_above_it(place: Place) -> None:
    bring(place, *ROWS)
    centre = unit(place, "site:90002")
    above = place.read(lambda tx: units.lines_up(tx, centre.id))
    assert [one.ref for one in above[:2]] == ["committee:2025:04585", "health_department:2025:15"]


def test_successors_may_stand_further_down(place: Place) -> None:
    bring(place, *ROWS)
    old = unit(place, "site:90002")
    assert (old.valid_to, old.district, old.province) == (date(2025, 6, 30), "Huyện Trạm Tấu", "15")
    assert place.read(lambda tx: units.today(tx, old)).name == "Trung tâm Y tế Đồi Xanh"


def test_a_station_of_the_map_under_its_own_code_is_the_same_station(place: Place) -> None:
    bring(place, *ROWS)
    own = unit(place, "site:90004")
    assert place.read(lambda tx: units.today(tx, own)).ref == "station:2025:04585"


def test_again_corrects_and_never_doubles(place: Place) -> None:
    bring(place, *ROWS)
    before = place.count(units.units)
    bring(place, *ROWS)
    bring(place, ROWS[0].replace("Suối Mơ", "Suối Mây"), name="second.csv")
    assert place.count(units.units) == before
    assert unit(place, "site:90001").name == "Bệnh viện Suối Mây"


def test_rows_that_cannot_be_placed_say_why(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    bring(
        place,
        ROWS[0],
        "90005|Điểm tiêm Chợ|Điểm tiêm||||||",
        "90006|Điểm tiêm Chợ|Điểm tiêm|99999|||||",
        "90007|Điểm tiêm Chợ|Quán|04585|||||",
        "90008|Điểm tiêm Chợ|Điểm tiêm|04585|||77777||",
    )
    assert [row[-1] for row in place.table("in.csv.errors.xlsx")[1:]] == [
        "Cần có mã xã hoặc tỉnh",
        "Mã xã: không có mã 99999 trong danh mục 2025",
        "Loại cơ sở: không hiểu «Quán»",
        "Mã cơ sở thay thế: không tìm thấy 77777; cơ sở đã được nhập mà không có liên kết này",
    ]
    assert unit(place, "site:90008").successor_id is None
    assert "từ chối 4 dòng" in capsys.readouterr().out


def test_doses_find_the_site_by_code(place: Place) -> None:
    from storage import doses

    bring(place, *ROWS)
    rows = [
        cells("Họ tên|Ngày sinh|Số CCCD|Mũi số|Ngày tiêm|Cơ sở tiêm|Mã cơ sở"),
        cells("Giàng A Páo|1995|015095001234|1|12/08/2021|BV Suối Mơ|90001"),
        cells("Giàng A Páo|1995|015095001234|2|12/09/2021|Trạm Y tế xã Bản Công, huyện Trạm Tấu|"),
        cells("Giàng A Páo|1995|015095001234|3|12/09/2021|Trạm Y tế xã Không Có|"),
    ]
    assert place.imports(place.csv(rows, "people.csv"), as_of="2026-11-20 09:00") == 0
    found = place.read(lambda tx: doses.of_resident(tx, 1))
    assert [dose.site_id for dose in found] == [
        unit(place, "site:90001").id,
        unit(place, "station:2024:04612").id,
        None,
    ]


@pytest.mark.parametrize(("said", "kind"), [("Viễn thông", "telecom"), ("Viettel", "viettel")])
def test_contacts_stand_under_their_province_and_are_no_sites_of_doses(
    place: Place, said: str, kind: str
) -> None:
    bring(place, f"91001|Đơn vị Thử|{said}||Lào Cai||||")
    found = unit(place, "site:91001")
    assert (found.kind, found.province, found.commune) == (kind, "15", None)
    assert place.read(lambda tx: units.find_sites(tx, "don vi thu")) == []
    assert place.read(lambda tx: units.in_province(tx, kind, "15")) == [found]
