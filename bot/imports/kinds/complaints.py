"""A backlog of complaints from another channel, each with the time at which it was received there."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.imports import readers as r
from bot.imports.columns import Column
from bot.imports.job import Job, Kept, Kind
from bot.imports.kinds import complaint_faults as faults
from bot.imports.kinds import complaint_words as kinds
from bot.imports.problems import Refused
from bot.imports.sites import Sites
from handlers import opening
from handlers.faults import Fault
from storage import imports, reports

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
    Column("kind", "Loại phản ánh", "Kind", kinds.kind, "Thiếu mũi", True, kinds.HELP),
    Column("day", "Ngày tiêm", "Injection date", r.day, "12/08/2021",
           help="Với mọi loại về mũi tiêm; mũi đang ghi sai thì là ngày đang ghi."),
    Column("vaccine", "Vắc xin", "Vaccine", r.text(60), "Comirnaty"),
    Column("lot", "Số lô", "Lot", r.text(40), ""),
    Column("site_name", "Cơ sở tiêm", "Site", r.text(200), "Trạm Y tế xã Bản Công", also=("Địa điểm tiêm",)),
    Column("site_code", "Mã cơ sở tiêm", "Site code", r.text(40), "", also=("Mã cơ sở",)),
    Column("site_commune", "Mã xã của cơ sở", "Site commune code", r.commune("2024"), "",
           help="Mã trước 01/07/2025; mã mới ghi thành 2025:04585."),
    Column("field", "Thông tin sai", "Wrong field", faults.field, "", help=faults.FIELD_HELP),
    Column("old", "Đang ghi", "Recorded", r.text(100), "",
           help="Với Mũi tiêm nằm ở hồ sơ khác: số giấy tờ hoặc họ tên ở hồ sơ kia."),
    Column("new", "Đúng là", "Right value", r.text(100), "", also=("Giá trị đúng",),
           help="Với Sai định dạng, Chưa có số: số giấy tờ đúng. Với Sai số điện thoại: số mới. Với F0: ngày khỏi bệnh."),
    Column("words", "Nội dung", "In words", r.text(1000), "",
           help="Với Phản ứng sau tiêm, Gọi lại, Việc khác."),
)  # fmt: skip


class Complaints:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.sites = Sites()

    def read(self, values: dict[str, Any]) -> dict[str, Any]:
        """The complaint, with `ref`, by which the same one is known again."""
        if values["received"] > self.job.now:
            raise Refused("Thời điểm nhận: ở tương lai")
        values = faults.checked(values)
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
            faults=[self._fault(tx, values)],
            received_at=received_at,
            import_ref=values["ref"],
        )

    def _fresh_code(self, tx: Connection) -> str:
        while True:
            code = "PA-" + self.job.new_code(opening.ALPHABET, 5)
            if not reports.code_taken(tx, code):
                return code

    def _fault(self, tx: Connection, values: dict[str, Any]) -> Fault:
        def finds(name: str | None, code: str | None = None, commune: str | None = None) -> int | None:
            return self.sites.find(tx, name, code, commune, values.get("day"))

        site = finds(values.get("site_name"), values.get("site_code"), values.get("site_commune"))
        return faults.fault(values, finds, site)

    def finish(self, tx: Connection) -> bool:
        return False


def _about(values: dict[str, Any]) -> dict[str, Any]:
    number = values.get("number")
    return {
        **{key: values.get(key) for key in ("name", "birth", "sex", "phone", "permanent")},
        "foreign": bool(values.get("foreign")),
        "original_code": values.get("code"),
        "number": {"kind": r.kind_of_number(number), "value": number} if number else {},
    }


NOTES = ("Mỗi dòng là một phản ánh còn tồn. Phản ánh giống hệt đã nhập trước đó được bỏ qua.",)

KIND = Kind("complaints", "Phản ánh tồn", COLUMNS, Complaints, NOTES)
