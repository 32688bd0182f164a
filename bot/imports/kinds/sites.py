"""Vaccination sites and other units that the map does not give, with type, exempt flag and successor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from bot.imports import readers as r
from bot.imports.columns import Column
from bot.imports.job import Job, Kept, Kind
from bot.imports.problems import Refused
from handlers.finding import communes_today
from handlers.rules.names import fold
from handlers.rules.places import place_key
from storage import imports, places, units

_TYPES = r.one_of({
    "tram y te": "station", "benh vien": "hospital", "trung tam y te": "centre", "diem tiem": "site",
    "co so tiem": "site", "y te luc luong": "force", "y te bo nganh": "force",
    "ban quan ly kcn": "park_board", "ban quan ly cac khu cong nghiep": "park_board",
    "trung tam y te huyen": "district_centre",
    "ubnd huyen": "district_committee", "vien thong": "telecom", "doanh nghiep vien thong": "telecom",
    "telecom": "telecom", "viettel": "viettel", "to cong tac de an 06": "team06", "to de an 06": "team06",
    "project 06": "team06", "station": "station", "hospital": "hospital", "centre": "centre",
    "site": "site", "force": "force", "park board": "park_board", "district centre": "district_centre",
    "district committee": "district_committee",
})  # fmt: skip

COLUMNS = (
    Column("code", "Mã cơ sở", "Site code", r.text(40), "90001", True, "Mã của cơ sở, không trùng nhau."),
    Column("name", "Tên cơ sở", "Site name", r.text(200), "Bệnh viện Đa khoa Suối Mơ", True),
    Column("kind", "Loại cơ sở", "Site type", _TYPES, "Bệnh viện", True,
           "Trạm y tế, Bệnh viện, Trung tâm y tế, Điểm tiêm, Y tế lực lượng, Ban quản lý KCN, UBND huyện, Tổ công tác Đề án 06, Viễn thông, Viettel …",
           ("Loại", "Type")),
    Column("place", "Mã xã", "Commune code", r.commune("2025"), "04585",
           help="Mã theo danh mục từ 01/07/2025; mã cũ ghi thành 2024:04612."),
    Column("district", "Huyện", "District", r.text(80), "", also=("Quận/Huyện",), help="Chỉ với bản đồ cũ."),
    Column("province", "Tỉnh (2025)", "Province (2025)", r.text(60), "15",
           also=("Tỉnh", "Tỉnh/Thành phố", "Province"),
           help="Mã hoặc tên tỉnh theo danh mục từ 01/07/2025; bỏ trống nếu đã có mã xã."),
    Column("exempt", "Được miễn làm sạch", "Exempt", r.yes_no, "Có", also=("Miễn",),
           help="Cơ sở thuộc Bộ, ngành, tuyến tỉnh, tuyến huyện: chỉ ký, không làm sạch dữ liệu."),
    Column("successor", "Mã cơ sở thay thế", "Successor code", r.text(60), "", help="Nơi nay trả lời thay."),
    Column("parent", "Mã đơn vị cấp trên", "Parent code", r.text(60), "",
           help="Mã cơ sở trong tệp, hoặc như committee:2025:04585; bỏ trống: UBND xã hoặc Sở Y tế. "
           "Tổ công tác Đề án 06: UBND hoặc Sở Y tế cùng cấp với Tổ."),
    Column("valid_to", "Ngày ngừng hoạt động", "Closed on", r.day, ""),
)  # fmt: skip


class SitesImport:
    """Two readings of the file: first every unit, then their links, which may point to any row."""

    def __init__(self, job: Job) -> None:
        self.job = job
        updated = {
            "kind": "kind",
            "name": "name",
            "search": "name",
            "exempt": "exempt",
            "valid_to": "valid_to",
        }
        self.columns = [column for column, key in updated.items() if job.has(key)]
        self.columns += ["list", "commune", "district", "province"] if job.has("place", "province") else []

    def read(self, values: dict[str, Any]) -> dict[str, Any]:
        if not values.get("place") and not values.get("province"):
            raise Refused("Cần có mã xã hoặc tỉnh")
        return values

    def keep(self, tx: Connection, batch: list[tuple[int, Any]], pass_: int) -> Kept:
        kept = Kept()
        rows = []
        for number, values in batch:
            try:
                if pass_ == 1:
                    rows.append(self._row(tx, values))
                else:
                    _link(tx, values)
                kept.kept += 1
            except Refused as problem:
                if pass_ == 1 or _ref(values["code"]) in imports.units_by_ref(tx, [_ref(values["code"])]):
                    kept.refused.append((number, str(problem)))
        imports.keep_units(tx, rows, self.columns)
        return kept

    def _row(self, tx: Connection, values: dict[str, Any]) -> dict[str, Any]:
        list_, _colon, code = (values.get("place") or "").partition(":")
        commune = places.commune(tx, list_, code) if code else None
        if code and commune is None:
            raise Refused(f"Mã xã: không có mã {code} trong danh mục {list_}")
        province, province_name = _province(tx, commune, values.get("province"))
        district = values.get("district") or (commune.district if commune else None)
        where = (commune.name if commune else "", district or "", commune.province if commune else "")
        search = fold(" ".join((values["name"], *where)))
        search += "" if search.endswith(fold(province_name)) else " " + fold(province_name)
        today = communes_today(tx, values.get("place"))
        above = units.of_commune(tx, "committee", "2025", today[0]) if len(today) == 1 else None
        above = above or units.of_province(tx, "health_department", province)
        return {
            "ref": _ref(values["code"]),
            "kind": values["kind"],
            "name": values["name"],
            "search": search[:400],
            "list": list_ or None,
            "commune": code or None,
            "district": district,
            "province": province,
            "parent_id": above.id if above else None,
            "exempt": bool(values.get("exempt")),
            "valid_to": values.get("valid_to"),
        }

    def finish(self, tx: Connection) -> bool:
        return False


def _ref(code: str) -> str:
    """A code of the operator's list, or the ref of a unit that the map gives."""
    return code if ":" in code else f"site:{code}"


def _province(tx: Connection, commune: places.Commune | None, said: str | None) -> tuple[str, str]:
    known = places.provinces(tx, "2025")
    if commune and commune.list == "2024":
        codes = places.successors_of(tx, commune.code)
        commune = places.commune(tx, "2025", codes[0]) if codes else None
    if commune:
        return commune.province_code, commune.province
    for code, name in known:
        if said and (said.zfill(2) == code or place_key(said) == place_key(name)):
            return code, name
    raise Refused("Tỉnh (2025): không có trong danh mục 34 tỉnh, thành phố")


def _link(tx: Connection, values: dict[str, Any]) -> None:
    ref = _ref(values["code"])
    wanted = {key: _ref(values[key]) for key in ("successor", "parent") if values.get(key)}
    ids = imports.units_by_ref(tx, [ref, *wanted.values()])
    for key, other in wanted.items():
        title = "Mã cơ sở thay thế" if key == "successor" else "Mã đơn vị cấp trên"
        if other not in ids or other == ref:
            raise Refused(
                f"{title}: không tìm thấy {values[key]}; cơ sở đã được nhập mà không có liên kết này"
            )
    if ref not in ids:
        return
    links = {f"{key}_id": ids[other] for key, other in wanted.items()}
    if "successor" not in wanted and values["kind"] == "station" and values.get("place"):
        # The same station as the map's: whoever names it by its code means that one.
        same = units.of_commune(tx, "station", *values["place"].split(":"))
        if same and fold(same.name) == fold(values["name"]):
            links["successor_id"] = same.id
    imports.set_links(tx, ids[ref], **links)


NOTES = ("Mỗi dòng là một cơ sở. Chạy lại với cùng mã cơ sở sẽ sửa cơ sở đó, không tạo thêm.",)

KIND = Kind("sites", "Cơ sở tiêm chủng", COLUMNS, SitesImport, NOTES, passes=2)
