"""Staff: one row, one invite; the codes go to FILE.invites.xlsx and stand nowhere else in clear."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from bot.imports import readers as r
from bot.imports.columns import Column
from bot.imports.job import Job, Kept, Kind
from bot.imports.problems import Refused
from bot.imports.sites import is_named
from handlers import links
from handlers.opening import ALPHABET
from handlers.rules.names import fold
from handlers.staff.inviting import LENGTH, VALID
from handlers.staff.rights import ROLES_AT
from locales.times import ZONE
from storage import imports, staff, units

_ROLES = r.one_of({
    "can bo": "clerk", "nhan vien": "clerk", "clerk": "clerk",
    "phu trach": "head", "truong tram": "head", "giam doc": "head", "lanh dao": "head", "head": "head",
    "giam sat": "supervisor", "supervisor": "supervisor",
    "cong an": "police", "police": "police",
    "quan tri": "admin", "admin": "admin",
})  # fmt: skip

COLUMNS = (
    Column("name", "Họ và tên", "Full name", r.text(100), "Lò Thị Ví Dụ", True, also=("Họ tên", "Name")),
    Column("unit", "Đơn vị", "Unit", r.text(200), "station:2025:04585", True,
           "Tên đơn vị, hoặc mã như station:2025:04585, committee:2025:04585, site:90001."),
    Column("role", "Vai trò", "Role", _ROLES, "Cán bộ", True,
           "Cán bộ, Phụ trách, Giám sát, Công an hoặc Quản trị."),
)  # fmt: skip


class StaffImport:
    def __init__(self, job: Job) -> None:
        self.job = job

    def read(self, values: dict[str, Any]) -> dict[str, Any]:
        return values

    def keep(self, tx: Connection, batch: list[tuple[int, Any]], pass_: int) -> Kept:
        kept = Kept()
        expires = self.job.machine_now + VALID
        until = expires.astimezone(ZONE).strftime("%H:%M %d/%m/%Y")
        for number, values in batch:
            try:
                unit = _unit(tx, values["unit"])
                _check_role(unit, values["role"])
            except Refused as problem:
                kept.refused.append((number, str(problem)))
                continue
            code = self.job.new_code(ALPHABET, LENGTH)
            staff.invite(tx, code, unit.id, values["role"], values["name"], expires)
            told = [values["name"], unit.name, values["role"], code, until]
            kept.beside.append((number, [*told, *links.joining(tx, self.job.desk, code)]))
            kept.kept += 1
        return kept

    def finish(self, tx: Connection) -> bool:
        return False


def _check_role(unit: units.Unit, role: str) -> None:
    if unit.valid_to is not None:
        raise Refused("Đơn vị: không còn hoạt động")
    if role not in ROLES_AT.get(unit.kind, ()):
        raise Refused("Vai trò: đơn vị này không có vai trò như vậy")


def _unit(tx: Connection, said: str) -> units.Unit:
    if unit := units.by_ref(tx, said):
        return unit
    key = fold(said)
    found = [unit for unit in imports.units_named(tx, key) if key and is_named(unit.name, key)]
    found = [unit for unit in found if unit.valid_to is None] or found
    if len(found) > 1:
        refs = ", ".join(unit.ref for unit in found[:3])
        raise Refused(f"Đơn vị: có {len(found)} đơn vị tên này; hãy ghi mã, ví dụ {refs}")
    if not found:
        raise Refused(f"Đơn vị: không tìm thấy «{said}»")
    return found[0]


HEADERS = ("Họ và tên", "Đơn vị", "Vai trò", "Mã mời", "Dùng được đến", "Liên kết", "Liên kết Telegram")
NOTES = (
    "Mỗi dòng tạo một mã mời dùng một lần; các mã nằm trong tệp .invites.xlsx bên cạnh tệp này.",
    "Người được mời gửi cho bàn phản ánh: /vaodonvi MÃ. Nhập lại cùng một tệp không tạo thêm mã.",
)

KIND = Kind("staff", "Nhân sự", COLUMNS, StaffImport, NOTES, again=False, beside=("invites", HEADERS))
