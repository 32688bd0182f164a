"""Who leads, who co-operates, who is responsible (S3: «cần xác định rõ vai trò các cơ quan/đơn vị chủ trì, phối hợp, đơn vị
chịu trách nhiệm và thời hạn hoàn thành»), for every kind of ticket and of list."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from handlers.rules.lists import needs_police

# unit: whose ticket or list it is · copy: who reads along · committee, police, station: of the unit's commune · team: the
# hamlet's Project-06 team · recorders: the sites that recorded the doses · site: the one that gave it.
# viettel: of the province, which helps sites with the Platform and with handling reports.
Role = Literal["unit", "copy", "committee", "police", "station", "team", "recorders", "site", "viettel"]


@dataclass(frozen=True)
class Answerable:
    """source: the letter, or "" where the roles are the desk's own reading."""

    lead: Role
    together: tuple[Role, ...]
    responsible: Role
    source: str


@dataclass(frozen=True)
class _Row:
    together: tuple[Role, ...]
    source: str


# Of a ticket the unit that has it both leads and is responsible.
TICKETS: dict[str, _Row] = {
    "dose_missing": _Row((), "S1 «cơ sở tiêm chịu trách nhiệm về việc này»"),
    "dose_wrong": _Row((), "S1 «kiến nghị trực tiếp cơ sở mình đã tiêm»"),
    "dose_duplicate": _Row((), "S1; S2 §3"),
    "dose_not_mine": _Row((), "S1"),
    "other_record": _Row(("recorders",), ""),
    "personal": _Row((), "S4 §1, §4"),
    "id_missing": _Row((), "S4 §1, §4"),
    "id_format": _Row((), "S4 §1, §4"),
    "phone": _Row((), ""),
    "foreigner": _Row((), "S1 «Không thực hiện xác minh»"),
    "not_signed": _Row((), "S4 «hằng ngày phải thực hiện kiểm tra, ký xác nhận»"),
    "f0": _Row((), "S1 «Trạm Y tế xã, phường, thị trấn chịu trách nhiệm nhập»"),
    "force": _Row((), "S2; S4 §6"),
    "reaction": _Row((), "S3"),
    "still_here": _Row((), "S1 «đề nghị cơ sở tiêm chủng kiểm tra lại thông tin»"),
    "site_tech": _Row(("site",), "S1, S0"),
    "call_back": _Row((), ""),
    "other": _Row((), ""),
}


def of_ticket(
    kind: str, axis: str, *, foreign: bool, station: bool, reasons: Collection[str] = ()
) -> Answerable:
    """station: whether a commune health station has it."""
    row = TICKETS[kind]
    together = row.together
    if station and needs_police(axis, kind, foreign):
        together = ("police", "team")  # S4 §2: the hamlet's team reviews, the police compare
    elif kind == "not_signed" and station:
        together = ("committee",)  # S1: of commune rounds the Chairman signs
    elif "two_sites" in reasons:
        together = ("recorders",)
    elif not together and axis != "service":
        together = (
            "viettel",
        )  # S1: «phối hợp … sử dụng Nền tảng để triển khai tiêm và xử lý phản ánh của người dân»
    if "exempt_site" not in reasons:  # S4 §6: such a site only learns of it
        together = (*together, "copy")
    return Answerable("unit", together, "unit", row.source)


# S1: the maker leads («Trạm Y tế cấp xã phối hợp với Công an cấp xã … lập danh sách»), the police answer for the return
# within two days; after it the maker for the Platform (S4 §4).
def of_list(kind: str, *, returned: bool) -> Answerable:
    with_: dict[str, tuple[Role, ...]] = {
        "cleaning": ("team", "police"),  # S4 §2
        "tickets": ("police",),
        "round": ("committee", "police", "station"),  # S1: through the commune; the station has a copy
    }
    source = {"cleaning": "S4", "tickets": "S1, S4", "round": "S1"}[kind]
    if returned:
        return Answerable("unit", with_[kind], "unit", source)
    return Answerable("unit", with_[kind], "police", f"{source} «không quá 02 ngày»")
