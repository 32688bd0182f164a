"""A backlog of complaints from another channel, each with the time at which it was received there."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.imports import readers as r
from bot.imports.columns import Column
from bot.imports.job import Job, Kept, Kind
from bot.imports.problems import Refused
from bot.imports.sites import Sites
from handlers import opening
from handlers.faults import Fault
from locales.times import ZONE
from storage import imports, reports

_KINDS = r.one_of({
    "thieu mui": "dose_missing", "thieu mui tiem": "dose_missing", "missing dose": "dose_missing",
    "sai thong tin": "personal", "sai thong tin ca nhan": "personal", "wrong data": "personal",
    "wrong personal data": "personal",
})  # fmt: skip
_FIELDS = r.one_of({
    "ho ten": "name", "ho va ten": "name", "name": "name", "ngay sinh": "birth", "birth date": "birth",
    "gioi tinh": "sex", "sex": "sex", "so dinh danh": "number", "so cccd": "number", "so cmnd": "number",
    "so giay to": "number", "id number": "number", "cccd": "number", "cmnd": "number",
})  # fmt: skip
_VALUES = {"name": r.text(100), "birth": r.birth, "sex": r.sex, "number": r.number}

COLUMNS = (
    Column("code", "Mã phản ánh gốc", "Original code", r.text(60), "CT-0001", also=("Mã phản ánh",)),
    Column("received", "Thời điểm nhận", "Received at", r.moment, "24/11/2021 14:30", True,
           "Lúc kênh cũ nhận phản ánh; 48 giờ tính từ đó.", ("Ngày nhận", "Received")),
    Column("name", "Họ và tên", "Full name", r.text(100), "Giàng Thị Mẫu", True, also=("Họ tên", "Name")),
    Column("birth", "Ngày sinh", "Birth date", r.birth, "05/03/1995", help="Có thể chỉ có năm."),
    Column("sex", "Giới tính", "Sex", r.sex, "Nữ"),
    Column("number", "Số CMND/CCCD/HC", "ID number", r.number, "015195000000",
           also=("Số CCCD", "Số CCCD/định danh", "Số giấy tờ", "Số định danh")),
    Column("foreign", "Quốc tịch", "Nationality", r.foreign, "Việt Nam"),
    Column("phone", "Số điện thoại", "Phone", r.phone, "0900000000", also=("Điện thoại", "SĐT")),
    Column("permanent", "Mã xã thường trú (2025)", "Permanent commune code (2025)", r.commune("2025"),
           "04585", also=("Mã xã thường trú",), help="Mã cũ ghi thành 2024:04612."),
    Column("kind", "Loại phản ánh", "Kind", _KINDS, "Thiếu mũi", True, "Thiếu mũi hoặc Sai thông tin."),
    Column("day", "Ngày tiêm", "Injection date", r.day, "12/08/2021", help="Với Thiếu mũi."),
    Column("vaccine", "Vắc xin", "Vaccine", r.text(60), "Comirnaty"),
    Column("lot", "Số lô", "Lot", r.text(40), ""),
    Column("site_name", "Cơ sở tiêm", "Site", r.text(200), "Trạm Y tế xã Bản Công", also=("Địa điểm tiêm",)),
    Column("site_code", "Mã cơ sở tiêm", "Site code", r.text(40), "", also=("Mã cơ sở",)),
    Column("site_commune", "Mã xã của cơ sở", "Site commune code", r.commune("2024"), "",
           help="Mã trước 01/07/2025; mã mới ghi thành 2025:04585."),
    Column("field", "Thông tin sai", "Wrong field", _FIELDS, "",
           help="Với Sai thông tin: Họ tên, Ngày sinh, Giới tính hoặc Số định danh."),
    Column("old", "Đang ghi", "Recorded", r.text(100), ""),
    Column("new", "Đúng là", "Right value", r.text(100), "", also=("Giá trị đúng",)),
)  # fmt: skip


class Complaints:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.sites = Sites()

    def read(self, values: dict[str, Any]) -> dict[str, Any]:
        """The complaint, with `ref`, by which the same one is known again."""
        if values["received"] > self.job.now:
            raise Refused("Thời điểm nhận: ở tương lai")
        if values["kind"] == "dose_missing":
            if not values.get("day"):
                raise Refused("Ngày tiêm: còn trống")
            if values["day"] > values["received"].astimezone(ZONE).date():
                raise Refused("Ngày tiêm: sau thời điểm nhận phản ánh")
        elif not values.get("field") or not values.get("new"):
            raise Refused("Sai thông tin: cần cột Thông tin sai và Đúng là")
        else:
            values = {**values, **_read_both(values)}
        said = json.dumps({k: str(v) for k, v in sorted(values.items()) if v is not None})
        return {**values, "ref": self.job.vault.index("complaint", said)}

    def keep(self, tx: Connection, batch: list[tuple[int, Any]], pass_: int) -> Kept:
        kept = Kept()
        known = imports.reports_known(tx, {values["ref"] for _n, values in batch})
        for _n, values in batch:
            if values["ref"] in known:
                kept.skipped += 1
                continue
            known.add(values["ref"])
            self._open(tx, values, values["received"])
            kept.kept += 1
        return kept

    def _open(self, tx: Connection, values: dict[str, Any], received_at: datetime) -> None:
        opening.imported_report(
            self.job.moment(tx),
            code=self._fresh_code(tx),
            about=_about(values),
            faults=[self._dose(tx, values) if values["kind"] == "dose_missing" else _personal(values)],
            received_at=received_at,
            import_ref=values["ref"],
        )

    def _fresh_code(self, tx: Connection) -> str:
        while True:
            code = "PA-" + self.job.new_code(opening.ALPHABET, 5)
            if not reports.code_taken(tx, code):
                return code

    def _dose(self, tx: Connection, values: dict[str, Any]) -> Fault:
        day, place = values["day"], values.get("site_commune")
        site = self.sites.find(tx, values.get("site_name"), values.get("site_code"), place, day)
        new = {key: values.get(key) for key in ("vaccine", "lot", "site_name")}
        new |= {"day": day.isoformat(), "dose_class": None, "ordinal": None, "site_id": site}
        change = {"kind": "dose_missing", "field": "dose", "old": None, "new": new}
        return Fault("dose", "dose_missing", (change,), site=site, place=place)

    def finish(self, tx: Connection) -> bool:
        return False


def _read_both(values: dict[str, Any]) -> dict[str, Any]:
    """The old value as it was said; the new one as that field must be."""
    reader = _VALUES[values["field"]]
    try:
        new = reader(values["new"])
    except Refused as problem:
        raise Refused(f"Đúng là: {problem}") from None
    try:
        return {"new": new, "old": reader(values["old"]) if values.get("old") else None}
    except Refused:
        return {"new": new, "old": None}  # what was recorded may be beyond reading: that is the complaint


def _about(values: dict[str, Any]) -> dict[str, Any]:
    number = values.get("number")
    return {
        **{key: values.get(key) for key in ("name", "birth", "sex", "phone", "permanent")},
        "foreign": bool(values.get("foreign")),
        "original_code": values.get("code"),
        "number": {"kind": r.kind_of_number(number), "value": number} if number else {},
    }


def _personal(values: dict[str, Any]) -> Fault:
    change = {"kind": "personal", **{key: values.get(key) for key in ("field", "old", "new")}}
    return Fault("identity", "personal", (change,))


NOTES = ("Mỗi dòng là một phản ánh còn tồn. Phản ánh giống hệt đã nhập trước đó được bỏ qua.",)

KIND = Kind("complaints", "Phản ánh tồn", COLUMNS, Complaints, NOTES)
