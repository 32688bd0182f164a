"""What is to be changed, in words: «Họ và tên: Nguyễn Van A → Nguyễn Văn A»."""

from __future__ import annotations

from typing import Any

from handlers.rules import days, identity
from locales import Text, Words, _, joined, lines
from storage.tickets import Ticket

FIELDS: dict[str, Words] = {
    "number": _("ID number"),
    "name": _("Name"),
    "birth": _("Birth date"),
    "sex": _("Sex"),
    "dose": _("Dose"),
    "vaccine": _("Vaccine"),
    "day": _("Day of the dose"),
    "lot": _("Lot"),
    "ordinal": _("Which dose"),
    "place": _("Site"),
    "phone": _("Phone"),
}

SEXES: dict[str, Words] = {"male": _("Male"), "female": _("Female")}

DOSE_CLASSES: dict[str, Words] = {
    "primary": _("primary dose"),
    "additional": _("additional dose"),
    "booster": _("booster dose"),
}


def value(change_field: str, what: Any, *, full: bool = False) -> Text:
    """One value of a change; ID numbers are masked unless full."""
    if what in (None, "", {}):
        return _("none")
    if change_field == "number":
        number = what["value"] if isinstance(what, dict) else str(what)
        return number if full else identity.mask_number(number)
    if change_field == "phone":
        return str(what) if full else identity.mask_phone(str(what))
    if change_field == "birth":
        return days.Day.of(str(what)).text()
    if change_field == "sex":
        return SEXES.get(str(what), str(what))
    if change_field == "day":
        return days.Day.of(str(what)).text()
    if change_field == "place":
        return str(what.get("site_name") or _("none"))
    if change_field in ("dose", "ordinal"):
        return dose(what)
    return str(what)


def dose(what: dict[str, Any], between: str = ", ") -> Text:
    """«Mũi 2, Comirnaty, 12/08/2021, lô …, Trạm Y tế xã …»; what is not known is left out."""
    parts: list[Text] = []
    if what.get("dose_class"):
        named = DOSE_CLASSES.get(what["dose_class"], what["dose_class"])
        parts.append(_("{kind} {n}", kind=named, n=what["ordinal"]) if what.get("ordinal") else named)
    elif what.get("dose_no"):
        parts.append(_("dose {n}", n=what["dose_no"]))
    if what.get("vaccine"):
        parts.append(what["vaccine"])
    if what.get("day"):
        parts.append(days.Day.of(what["day"]).text())
    if what.get("lot"):
        parts.append(_("lot {lot}", lot=what["lot"]))
    if what.get("site_name"):
        parts.append(what["site_name"])
    return joined(between, *parts)


def change(one: dict[str, Any], *, before: dict[str, Any] | None = None, full: bool = False) -> Text:
    """«Họ và tên: Nguyễn Van A → Nguyễn Văn A»; before: the change that stands above it."""
    from handlers import wording_call, wording_doses, wording_person, wording_urgent

    of_kind = wording_doses.told(one, before, full=full) or wording_urgent.told(one)
    of_kind = of_kind or wording_call.told(one) or wording_person.told(one, full=full)
    if of_kind is not None:
        return of_kind
    if one.get("kind") == "other":
        words = _("«{words}»", words=one["new"]) if one.get("new") else _("told by voice message or photo")
        return lines(_("About: {site}", site=one["site_name"]), words) if one.get("site_name") else words
    name = FIELDS.get(one["field"], one["field"])
    if one["field"] == "dose" and not one.get("old"):
        return _("Not on record: {new}", new=value("dose", one.get("new")))
    old = value(one["field"], one.get("old"), full=full)
    if not one.get("old") and one["field"] != "number":
        old = _("not known")  # nobody is without a name; the resident could not say what the record shows
    return _("{field}: {old} → {new}", field=name, old=old,
             new=value(one["field"], one.get("new"), full=full))  # fmt: skip


def changes(ticket: Ticket, *, full: bool = False) -> Text:
    return lines(*each(ticket.changes, full=full))


def each(changes: list[dict[str, Any]], *, full: bool = False) -> list[Text]:
    pairs = zip([None, *changes], changes, strict=False)
    return [change(one, before=before, full=full) for before, one in pairs]
