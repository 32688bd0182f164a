"""Backlog of the rarer kinds: ID numbers, phones, foreigners, signatures, recovery, forces, and what is no record's fault."""

from __future__ import annotations

from typing import Any

from bot.imports import readers as r
from bot.imports.problems import Refused
from handlers.faults import Fault

FORCES = {
    "nhom 3": "nhom_3", "cong an": "nhom_3", "nhom 4": "nhom_4", "quan doi": "nhom_4", "nhom 5": "nhom_5",
    "pham nhan": "nhom_5", "nhom 6": "nhom_6", "cai nghien": "nhom_6", "btxh": "nhom_6", "cai nghien, btxh": "nhom_6",
}  # fmt: skip
NUMBERS = ("id_missing", "id_format")
SERVICE = ("other", "reaction", "call_back")
KINDS = (*NUMBERS, *SERVICE, "phone", "not_signed", "f0", "force")


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The row with its right value as this kind needs it; raises Refused where it says too little."""
    kind = values["kind"]
    if kind in ("not_signed", "force") and not values.get("day"):
        raise Refused("Ngày tiêm: còn trống")
    if kind == "force":
        if values.get("field") not in (None, *FORCES.values()):
            raise Refused("Thông tin sai: không thuộc loại phản ánh này")
        return values
    if kind in SERVICE:
        if not (values.get("words") or values.get("new") or kind == "call_back"):
            raise Refused("Nội dung: còn trống")
        if kind == "call_back" and not values.get("phone"):
            raise Refused("Số điện thoại: còn trống, hoặc không gọi được")
        return values
    if kind in NUMBERS:
        new = r.number(values["new"]) if values.get("new") else values.get("number")
        if not new:
            raise Refused("Đúng là: cần số giấy tờ đúng")
        return {**values, "new": new}
    if kind == "phone":
        new = r.phone(values["new"]) if values.get("new") else values.get("phone")
        if not new:
            raise Refused("Đúng là: cần số điện thoại di động đúng")
        return {**values, "new": new}
    if kind == "f0" and values.get("new"):
        return {**values, "new": r.day(values["new"]).isoformat()}
    return values


def fault(values: dict[str, Any], dose: dict[str, Any], site: int | None) -> Fault:
    """As the chat's own form makes it, so that it goes the same way."""
    kind, place = values["kind"], values.get("site_commune")
    made: dict[str, Any] = {"kind": kind, "old": None, "new": None}
    words = values.get("words") or values.get("new")
    match kind:
        case "id_missing" | "id_format":
            change = {**made, "field": "number", "old": values.get("old"), "new": values["new"]}
            return Fault("identity", kind, (change,))
        case "phone":
            change = {
                **made,
                "field": "phone",
                "old": values.get("old"),
                "new": values["new"],
                "trouble": "wrong",
            }
        case "not_signed":
            change = {**made, "field": "signature", "dose": dose}
        case "f0":
            new = {"positive": None, "recovered": values.get("new")}
            return Fault("dose", kind, ({**made, "field": "recovered", "new": new},))
        case "force":
            change = {**made, "field": "dose", "new": dose, "group": values.get("field")}
        case "call_back":
            asked = {**made, "field": "call", "new": words, "time": "any"}
            return Fault("service", kind, (asked,), place=values.get("permanent"))
        case _:
            told = {**made, "field": "words", "new": words, "site_name": values.get("site_name")}
            return Fault("service", kind, (told,), site=site, place=place)
    return Fault("dose", kind, (change,), site=site, place=place)
