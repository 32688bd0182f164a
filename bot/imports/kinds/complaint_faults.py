"""What a row of the backlog says is wrong: checked while it is read, a fault when its report is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.imports import readers as r
from bot.imports.kinds import complaint_others as others
from bot.imports.problems import Refused
from handlers.faults import Fault
from handlers.rules.doses import field_of
from handlers.rules.names import fold
from locales.times import ZONE

field = r.one_of({
    "ho ten": "name", "ho va ten": "name", "name": "name", "ngay sinh": "birth", "birth date": "birth",
    "gioi tinh": "sex", "sex": "sex", "so dinh danh": "number", "so cccd": "number", "so cmnd": "number",
    "so giay to": "number", "id number": "number", "cccd": "number", "cmnd": "number",
    "vac xin": "vaccine", "vaccine": "vaccine", "ngay tiem": "day", "injection date": "day", "so lo": "lot", "lot": "lot",
    "mui thu may": "ordinal", "mui so": "ordinal", "which dose": "ordinal", "co so tiem": "place", "noi tiem": "place",
    "site": "place", **others.FORCES,
})  # fmt: skip

FIELD_HELP = (
    "Với Sai thông tin: Họ tên, Ngày sinh, Giới tính hoặc Số định danh. Với Mũi tiêm ghi sai: Vắc xin, Ngày tiêm, Số lô, "
    "Mũi thứ mấy hoặc Cơ sở tiêm. Với Lực lượng: Nhóm 3 (công an), 4 (quân đội), 5 (phạm nhân), 6 (cai nghiện, BTXH)."
)

_CLASSES = {"co ban": "primary", "bo sung": "additional", "nhac lai": "booster"}


def _ordinal(cell: str) -> dict[str, Any]:
    """«Nhắc lại 1»."""
    said = fold(cell).removeprefix("mui ").removeprefix("lieu ")
    name, _space, number = said.rpartition(" ")
    if name not in _CLASSES or not number.isdecimal():
        raise Refused(f"không hiểu «{cell[:40]}»; hãy ghi như Cơ bản 2, Nhắc lại 1")
    return {"dose_class": _CLASSES[name], "ordinal": int(number)}


_PERSON = {"name": r.text(100), "birth": r.birth, "sex": r.sex, "number": r.number}
_DOSE: dict[str, Callable[[str], Any]] = {
    "vaccine": r.text(60),
    "day": lambda cell: r.day(cell).isoformat(),
    "lot": r.text(40),
    "ordinal": _ordinal,
    "place": lambda cell: {"site_id": None, "site_name": r.text(200)(cell)},
}
Finds = Callable[[str | None], int | None]  # a site by its name, where the row says it was


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The row with its old and new value as their field must be; raises Refused where it says too little."""
    if values["kind"] in ("dose_missing", "dose_duplicate", "dose_not_mine") and not values.get("day"):
        raise Refused("Ngày tiêm: còn trống")
    if values.get("day") and values["day"] > values["received"].astimezone(ZONE).date():
        raise Refused("Ngày tiêm: sau thời điểm nhận phản ánh")
    if values["kind"] in others.KINDS:
        return others.checked(values)
    readers = {"personal": _PERSON, "foreigner": _PERSON, "dose_wrong": _DOSE}.get(values["kind"])
    if readers is None:
        return values
    if not values.get("field") or not values.get("new"):
        named = "Mũi tiêm ghi sai" if values["kind"] == "dose_wrong" else "Sai thông tin"
        raise Refused(f"{named}: cần cột Thông tin sai và Đúng là")
    if values["field"] not in readers:
        raise Refused("Thông tin sai: không thuộc loại phản ánh này")
    return {**values, **_read_both(values, readers[values["field"]])}


def _read_both(values: dict[str, Any], reader: Callable[[str], Any]) -> dict[str, Any]:
    """The old value as it was said; the new one as that field must be."""
    try:
        new = reader(values["new"])
    except Refused as problem:
        raise Refused(f"Đúng là: {problem}") from None
    try:
        return {"new": new, "old": reader(values["old"]) if values.get("old") else None}
    except Refused:
        return {"new": new, "old": None}  # what was recorded may be beyond reading: that is the complaint


def fault(values: dict[str, Any], finds: Finds, site: int | None) -> Fault:
    """site: the one that the row names for the dose."""
    made: dict[str, Any] = {"kind": values["kind"]}
    dose = {key: values.get(key) for key in ("vaccine", "lot", "site_name")}
    day = values["day"].isoformat() if values.get("day") else None
    dose |= {"day": day, "dose_class": None, "ordinal": None, "site_id": site}
    where: dict[str, Any] = {"site": site, "place": values.get("site_commune")}
    if values["kind"] in others.KINDS:
        return others.fault(values, dose, site)
    match values["kind"]:
        case "personal" | "foreigner":
            made["kind"] = "personal"
            change = {**made, **{key: values.get(key) for key in ("field", "old", "new")}}
            kind = "foreigner" if values.get("foreign") else "personal"  # the facts decide, as in the chat
            return Fault("identity", kind, (change,), **(where if kind == "foreigner" else {}))
        case "dose_wrong":
            old = values["old"] or field_of(dose, values["field"])
            change = {**made, "field": values["field"], "old": old, "new": values["new"], "dose": dose}
            if values["field"] == "place":
                change["new"] = {**values["new"], "site_id": finds(values["new"]["site_name"])}
                where["second_site"] = change["new"]["site_id"]
        case "dose_duplicate":
            change = {**made, "field": "twice", "dose": dose, "old": [dose, {}], "new": None, "had": []}
        case "dose_not_mine":
            change = {**made, "field": "not_mine", "dose": dose, "old": dose, "new": None, "had": []}
        case "other_record":
            new: dict[str, Any] = {
                "doses": [],
                "had": [],
                "numbers": None,
                "name": None,
                "phone": None,
                **_there(values.get("old")),
            }
            change = {**made, "field": "record", "old": None, "new": new}
        case _:
            change = {**made, "field": "dose", "old": None, "new": dose}
    return Fault("dose", values["kind"], (change,), **where)


def _there(said: str | None) -> dict[str, str]:
    """Under what the other record stands: a number, or a name."""
    if not said:
        return {}
    try:
        return {"numbers": r.number(said)}
    except Refused:
        return {"name": said}
