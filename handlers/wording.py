"""Tickets in words: kinds, changes, reasons, time left, states; for residents and staff alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers.rules import days, identity
from locales import Text, Words, _, joined, lines
from locales.times import By
from storage import staff, tickets, units
from storage.history import Event
from storage.tickets import Ticket

KINDS: dict[str, Words] = {
    "dose_missing": _("Missing dose"),
    "personal": _("Wrong personal data"),
}

FIELDS: dict[str, Words] = {
    "number": _("ID number"),
    "name": _("Name"),
    "birth": _("Birth date"),
    "sex": _("Sex"),
    "dose": _("Dose"),
}

SEXES: dict[str, Words] = {"male": _("Male"), "female": _("Female")}

DOSE_CLASSES: dict[str, Words] = {
    "primary": _("primary dose"),
    "additional": _("additional dose"),
    "booster": _("booster dose"),
}

ROUTES: dict[str, Words] = {
    "gave_the_dose": _("this site gave the dose"),
    "site_merged": _("the site on record has since been merged into it"),
    "commune_known": _("the dose was given in this commune"),
    "district_centre": _("the dose was given in this district"),
    "commune_split": _("the old commune was divided; the province finds the right station"),
    "province_only": _("only the province of the dose is known; the province finds the site"),
    "home_province": _("the place of the dose is not known; the home province finds the site"),
    "permanent_residence": _("personal data is corrected at the health station of permanent residence"),
    "current_residence": _("permanent residence is not known, so the station of current residence has it"),
    "residence_unknown": _("residence is not known; the province finds the right station"),
    "dose_province": _("the province of the dose has it"),
    "foreigner_site": _("for a foreign passport the vaccination site answers"),
    "exempt_site": _("the vaccination site gets a copy for information"),
    "handed_over": _("another unit handed it over"),
    "desk": _("no unit could be found yet; the desk's administrator assigns it"),
}


def kind(ticket: Ticket) -> Text:
    return KINDS.get(ticket.kind, ticket.kind)


def why_here(ticket: Ticket) -> Text:
    return joined("; ", *(ROUTES.get(reason, reason) for reason in ticket.reasons))


def value(change_field: str, what: Any, *, full: bool = False) -> Text:
    """One value of a change; ID numbers are masked unless full."""
    if what in (None, "", {}):
        return _("none")
    if change_field == "number":
        number = what["value"] if isinstance(what, dict) else str(what)
        return number if full else identity.mask_number(number)
    if change_field == "birth":
        return days.Day.of(str(what)).text()
    if change_field == "sex":
        return SEXES.get(str(what), str(what))
    if change_field == "dose":
        return dose(what)
    return str(what)


def dose(what: dict[str, Any]) -> Text:
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
    return joined(", ", *parts)


def change(one: dict[str, Any], *, full: bool = False) -> Text:
    """«Họ và tên: Nguyễn Van A → Nguyễn Văn A»."""
    name = FIELDS.get(one["field"], one["field"])
    if one["field"] == "dose" and not one.get("old"):
        return _("Not on record: {new}", new=value("dose", one.get("new")))
    old = value(one["field"], one.get("old"), full=full)
    if not one.get("old") and one["field"] != "number":
        old = _("not known")  # nobody is without a name; the resident could not say what the record shows
    return _("{field}: {old} → {new}", field=name, old=old,
             new=value(one["field"], one.get("new"), full=full))  # fmt: skip


def changes(ticket: Ticket, *, full: bool = False) -> Text:
    return lines(*(change(one, full=full) for one in ticket.changes))


def time_left(due_at: datetime, now: datetime) -> Text:
    """«còn 41 giờ» or «quá hạn 3 giờ»."""
    return _("{time} left", time=due_at - now) if due_at > now else _("overdue by {time}", time=now - due_at)


def before(due_at: datetime, now: datetime) -> Text:
    """«trước 16:00 Chủ nhật 24/05»."""
    return _("before {when}", when=By(due_at, now))


def unit(tx: Connection, ticket: Ticket) -> str:
    return units.get(tx, ticket.unit_id).name


def holder(tx: Connection, ticket: Ticket) -> Text:
    """The unit, and the person where somebody has taken it."""
    name = unit(tx, ticket)
    if ticket.holder_id is None:
        return name
    return _("{unit} ({person})", unit=name, person=staff.name_of(tx, ticket.holder_id))


OUTCOMES: dict[str, Words] = {
    "approved": _("The site says it has corrected the record"),
    "rejected": _("Something is missing: please send it"),
    "withdrawn": _("Withdrawn"),
    "settled": _("You said it is right now"),
}


def state(tx: Connection, ticket: Ticket, now: datetime) -> Text:
    """What a resident reads as the state of the ticket."""
    round_ = tickets.round_of(tx, ticket)
    if ticket.state == "closed":
        return OUTCOMES.get(round_.outcome or "", _("Closed"))
    if ticket.holder_id is not None:
        return joined(", ", _("Being handled"), time_left(round_.due_at, now))
    return joined(", ", _("Waiting for the unit"), time_left(round_.due_at, now))


EVENTS: dict[str, Words] = {
    "received": _("Received"),
    "taken": _("Taken into work"),
    "asked": _("The unit asks: {words}"),
    "answered": _("The unit answers: {words}"),
    "approved": _("The unit says it has corrected the record. {words}"),
    "rejected": _("Sent back: {reason} {words}"),
    "later": _("Will be handled later, until {until}: {words}"),
    "note": _("Internal note: {words}"),
    "assigned": _("Given to a colleague"),
    "released": _("Back in the unit's queue"),
    "handed_over": _("Handed over to {unit}. {words}"),
    "withdrawn": _("Withdrawn by the resident"),
    "settled": _("The resident says it is right now"),
    "still_wrong": _("The resident says it is still wrong. {words}"),
    "repaired": _("The resident sent what was missing: {words}"),
    "words": _("The resident adds: {words}"),
    "reopened": _("Opened again: the national system still shows the old value"),
    "confirmed": _("The national system shows the right value"),
    "overdue": _("The deadline passed; supervisors were alerted"),
    "returned": _("Opened again by staff"),
}


OWN_ACTS: dict[str, Words] = {
    "withdrawn": _("You withdrew it"),
    "settled": _("You said it is right now"),
    "still_wrong": _("You said it is still wrong. {words}"),
    "repaired": _("You sent what was missing: {words}"),
    "words": _("You added: {words}"),
}


def event(tx: Connection, one: Event, *, to_resident: bool = False) -> Text:
    """«16:00 20/11/2026 – Đã tiếp nhận»."""
    from handlers.rejections import REASONS

    details = {"words": "", "reason": "", "until": "", "unit": "", **one.details}
    if isinstance(details["unit"], int):
        details["unit"] = units.get(tx, details["unit"]).name
    if details["reason"] in REASONS:
        details["reason"] = REASONS[details["reason"]].title
    if details["until"]:
        details["until"] = days.Day.of(details["until"]).text()
    told = (OWN_ACTS if to_resident else EVENTS).get(one.what) or EVENTS.get(one.what)
    text: Text = Words(told.msgid, details) if told else one.what
    return joined(" – ", _("{at}", at=one.at), text)
