"""Invites from a list of staff; templates; files that are not what they seem."""

import stat
import zipfile

import pytest
from openpyxl import load_workbook

from bot.imports import write_template
from bot.imports.kinds import KINDS
from bot.imports.problems import FileProblem
from storage import facts, staff, units
from tests.imports.place import Place

STAFF = ("Full name", "Unit", "Role")


def test_units_by_name_or_code(place: Place) -> None:
    rows = [
        STAFF,
        ("Lò Thị Ví Dụ", "Trạm Y tế xã Hạnh Phúc", "head"),
        ("Vàng A Mẫu", "committee:2025:04585", "Giám sát"),
        ("Vàng A Mẫu", "Trạm Y tế xã Trên Mây", "Cán bộ"),
        ("Vàng A Mẫu", "Sở Y tế tỉnh Lào Cai", "Vua"),
        ("Vàng A Mẫu", "station:2025:04585", "admin"),
        ("Vàng A Mẫu", "station:2024:04612", "clerk"),
    ]
    assert place.imports(place.csv(rows)) == 0
    invites = place.table("in.csv.invites.xlsx")[1:]
    assert [row[1] for row in invites] == ["Trạm Y tế xã Hạnh Phúc", "UBND xã Hạnh Phúc"]
    assert [row[2] for row in invites] == ["head", "supervisor"]
    assert invites[0][5] == f"http://127.0.0.1:8080/?join={invites[0][3]}"
    assert stat.S_IMODE((place.path / "in.csv.invites.xlsx").stat().st_mode) == 0o600
    used = place.read(lambda tx: staff.use_invite(tx, invites[0][3], place.now))
    station = place.read(lambda tx: units.by_ref(tx, "station:2025:04585"))
    assert used and station and (used.unit_id, used.role, used.name) == (station.id, "head", "Lò Thị Ví Dụ")
    assert [row[-1] for row in place.table("in.csv.errors.xlsx")[1:]] == [
        "Đơn vị: không tìm thấy «Trạm Y tế xã Trên Mây»",
        "Vai trò: không hiểu «Vua»",
        "Vai trò: đơn vị này không có vai trò như vậy",
        "Đơn vị: không còn hoạt động",
    ]


def test_an_invite_has_a_link_to_the_bot_whose_name_is_known(place: Place) -> None:
    place.read(lambda tx: facts.keep(tx, "telegram_bot", "TiemChungBot"))
    assert place.imports(place.csv([STAFF, ("Vàng A Mẫu", "station:2025:04585", "clerk")])) == 0
    heads, (*_told, code, _until, page, bot) = place.table("in.csv.invites.xlsx")
    assert heads[-2:] == ("Liên kết", "Liên kết Telegram")
    assert (page, bot) == (
        f"http://127.0.0.1:8080/?join={code}",
        f"https://t.me/TiemChungBot?start=join_{code}",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_can_be_imported_as_it_stands(
    place: Place, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    file = write_template(kind, place.path / f"{kind}.xlsx")
    assert place.imports(file, as_of="2026-11-20 09:00") == 0
    said = capsys.readouterr().out
    assert "nhập 1 dòng" in said and "từ chối 0 dòng" in said
    assert KINDS[kind].title.lower() in said
    book = load_workbook(file)
    assert book.sheetnames == ["Dữ liệu", "Giải thích"]
    assert book["Giải thích"].max_row >= len(KINDS[kind].columns) + 2
    assert all(cell.data_type == "s" for row in book["Dữ liệu"].iter_rows() for cell in row if cell.value)


def test_an_unknown_template_names_the_known() -> None:
    with pytest.raises(FileProblem, match="residents, sites, staff, complaints"):
        write_template("cats", "x.xlsx")


def bomb(place: Place) -> None:
    with zipfile.ZipFile(place.path / "in.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (20 << 20))


def macro(place: Place) -> None:
    with zipfile.ZipFile(place.path / "in.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/vbaProject.bin", "x")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("in.xls", b"\xd0\xcf\x11\xe0 old", "chỉ nhận tệp .csv và .xlsx"),
        ("in.csv", b"\xd0\xcf\x11\xe0 old", "chỉ nhận tệp .csv và .xlsx"),
        ("in.xlsm", b"PK\x03\x04", "chỉ nhận tệp .csv và .xlsx"),
        ("in.xlsx", b"PK\x03\x04 torn", "bị hỏng"),
        ("in.xlsx", bomb, "giải nén ra quá lớn"),
        ("in.xlsx", macro, "macro"),
        ("in.csv", b"", "tệp trống"),
        ("in.csv", "Họ tên".encode("utf-16"), "không phải UTF-8"),
        ("gone.csv", None, "Không có tệp"),
    ],
)
def test_files_that_are_refused(
    place: Place, capsys: pytest.CaptureFixture[str], name: str, content: object, sentence: str
) -> None:
    if callable(content):
        content(place)
    elif isinstance(content, bytes):
        (place.path / name).write_bytes(content)
    assert place.imports(place.path / name, as_of="2026-11-20 09:00") == 2
    assert sentence in capsys.readouterr().err


def test_without_a_schema_it_says_what_to_run(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    file = place.csv([STAFF, ("Lò Thị Ví Dụ", "station:2025:04585", "Cán bộ")])
    place.engine.dispose()
    (place.path / "desk.db").unlink()
    assert place.imports(file) == 2
    assert "python -m bot migrate" in capsys.readouterr().err
