"""The rarer kinds of a backlog go the way that the chat's own forms go, and wake nobody for what has passed long since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import deadlines, reports, tickets, units
from tests.imports.place import Place, cells

HEADERS = cells(
    "Mã phản ánh|Thời điểm nhận|Họ và tên|Ngày sinh|Số CCCD|Quốc tịch|Số điện thoại|Mã xã thường trú|Loại phản ánh|Ngày tiêm|"
    "Cơ sở tiêm|Thông tin sai|Đang ghi|Đúng là|Nội dung"
)
SITE = "Trạm Y tế xã Bản Công"
STATION, DEPARTMENT = "Trạm Y tế xã Hạnh Phúc", "Sở Y tế tỉnh Lào Cai"


def row(kind: str, received: str = "20/11/2026 15:30", **more: str) -> list[str]:
    given = {
        "country": "Việt Nam",
        "day": "",
        "site": SITE,
        "field": "",
        "old": "",
        "new": "",
        "words": "",
        **more,
    }
    person = [
        "Giàng A Páo",
        "05/03/1995",
        more.get("number", "015095001234"),
        given["country"],
        "0912345678",
        "04585",
    ]
    return [
        "CT1",
        received,
        *person,
        kind,
        *(given[key] for key in ("day", "site", "field", "old", "new", "words")),
    ]


def opened(place: Place, *rows: list[str]) -> list[tickets.Ticket]:
    assert place.imports(place.csv([HEADERS, *rows])) == 0
    n = place.count(reports.reports)
    return place.read(lambda tx: [tickets.of_report(tx, one)[0] for one in range(1, n + 1)])


@pytest.mark.parametrize(
    ("given", "kind", "axis", "unit", "change"),
    [
        (row("Hồ sơ chưa có số CCCD/CMND"), "id_missing", "identity", STATION, {"field": "number", "new": "015095001234"}),
        (row("Sai định dạng", old="15095001234"), "id_format", "identity", STATION, {"old": "15095001234"}),
        (row("Số điện thoại sai hoặc đã mất", new="0987 654 321"), "phone", "dose", STATION, {"new": "0987654321"}),
        (row("Mũi tiêm chưa ký", day="03/05/2022"), "not_signed", "dose", STATION, {"field": "signature"}),
        (row("F0", new="10/02/2022"), "f0", "dose", STATION, {"new": {"positive": None, "recovered": "2022-02-10"}}),
        (row("Lực lượng", day="12/08/2021", field="Quân đội", site=""), "force", "dose", DEPARTMENT, {"group": "nhom_4"}),
        (row("Wrong data of a foreigner", country="Hàn Quốc", number="M12345678", field="Họ tên", new="Kim"), "foreigner",
         "identity", STATION, {"new": "Kim"}),
        (row("Người nước ngoài", field="Họ tên", new="Giàng A Pảo"), "personal", "identity", STATION, {"new": "Giàng A Pảo"}),
        (row("Phản ứng sau tiêm", words="Sốt"), "reaction", "service", STATION, {"new": "Sốt"}),
        (row("Nhờ gọi lại"), "call_back", "service", STATION, {"time": "any"}),
        (row("Other matter", words="Chờ lâu"), "other", "service", STATION, {"new": "Chờ lâu"}),
    ],
)  # fmt: skip
def test_each_kind_goes_its_way(
    place: Place, given: list[str], kind: str, axis: str, unit: str, change: dict[str, object]
) -> None:
    (ticket,) = opened(place, given)
    name = place.read(lambda tx: units.get(tx, ticket.unit_id)).name
    assert (ticket.kind, ticket.axis, name) == (kind, axis, unit)
    assert change.items() <= ticket.changes[0].items()


def test_rows_that_say_too_little_are_refused(place: Place) -> None:
    rows = [
        row("Mũi tiêm chưa ký"),
        row("Chưa có số", number=""),
        row("Sai số điện thoại", new="123"),
        row("Việc khác"),
        row("Còn ở điểm tiêm, chưa thấy mũi tiêm"),
        row("Lực lượng", day="12/08/2021", field="Số lô"),
    ]
    assert opened(place, *rows) == []
    assert [line[-1] for line in place.table("in.csv.errors.xlsx")[1:]] == [
        "Ngày tiêm: còn trống",
        "Đúng là: cần số giấy tờ đúng",
        "Đúng là: cần số điện thoại di động đúng",
        "Nội dung: còn trống",
        "Loại phản ánh: không hiểu «Còn ở điểm tiêm, chưa thấy mũi tiêm»",
        "Thông tin sai: không thuộc loại phản ánh này",
    ]


@pytest.mark.parametrize(("hours", "rings"), [(1, 2), (5, 1), (50, 0)])
def test_what_has_passed_long_since_does_not_ring_for_a_list(place: Place, hours: int, rings: int) -> None:
    """Four hours and six, to join a list of the police: not for twenty thousand of last year at once."""
    place.now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    received = (place.now - timedelta(hours=hours) + timedelta(hours=7)).strftime("%d/%m/%Y %H:%M")
    opened(place, row("Sai định dạng", received=received))
    table = deadlines.rungs
    planned = place.read(lambda tx: tx.execute(select(table.c.rung)).scalars().all())
    assert sum(rung.startswith("unlisted") for rung in planned) == rings
