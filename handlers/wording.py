"""Tickets in words: kinds, changes, reasons, time left, states; for residents and staff alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from handlers.rules import days, identity
from handlers.rules.deadlines import AT_ONCE
from locales import Text, Words, _, joined, lines, ngettext
from locales.times import By
from storage import staff, tickets, units
from storage.history import Event
from storage.tickets import Ticket

DAY = timedelta(days=1)

KINDS: dict[str, Words] = {
    "dose_missing": _("Missing dose"),
    "dose_wrong": _("Wrong dose data"),
    "dose_duplicate": _("A dose recorded twice"),
    "dose_not_mine": _("A dose that is not mine"),
    "other_record": _("A dose on another record"),
    "personal": _("Wrong personal data"),
    "other": _("Other matter"),
}

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
    "recorded_here": _("the dose is on record at this site"),
    "right_site_told": _("the site where it really was given gets a copy"),
    "two_sites": _("two sites recorded it, so the province's CDC decides between them"),
    "two_provinces": _("the sites are in two provinces; the other CDC gets a copy"),
    "joins_records": _("the province finds the other record and joins the two"),
    "handed_over": _("another unit handed it over"),
    "about_the_site": _("it is about this site; its head answers"),
    "about_the_commune": _("it is about a place in this commune; the head of its health station answers"),
    "site_unknown": _("only the province is known; the province finds the site that it is about"),
    "desk": _("no unit could be found yet; the desk's administrator assigns it"),
}


CHANNELS: dict[str, Words] = {
    "web": _("web chat"),
    "telegram": _("Telegram"),
    "zalo": _("Zalo"),
    "import": _("backlog, imported"),
}


def channel(name: str) -> Text:
    return CHANNELS.get(name, name)


def kind(ticket: Ticket) -> Text:
    return KINDS.get(ticket.kind, ticket.kind)


def marked(kind: str) -> Text:
    """For staff: what supervisors were alerted of at once stands out."""
    name = KINDS.get(kind, kind)
    return joined(" ", "⚠", name) if kind in AT_ONCE else name


def part(ticket: Ticket, name: Text | None = None) -> Text:
    """«Mũi tiêm ghi sai (mũi cơ bản 1)»: a report may have several of a kind."""
    name = name or kind(ticket)
    about = ticket.changes[0].get("dose") if ticket.changes else None
    which = {name: (about or {}).get(name) for name in ("dose_class", "ordinal", "dose_no")}
    if not about or not any(which.values()):
        return name
    return _("{kind} ({dose})", kind=name, dose=dose(which))


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
    from handlers import wording_doses

    of_dose = wording_doses.told(one, before, full=full)
    if of_dose is not None:
        return of_dose
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


def time_left(due_at: datetime, now: datetime) -> Text:
    """«còn 41 giờ» or «quá hạn 3 giờ»."""
    return _("{time} left", time=due_at - now) if due_at > now else _("overdue by {time}", time=now - due_at)


class Timed(Protocol):
    @property
    def due_at(self) -> datetime: ...
    @property
    def clock(self) -> str: ...


def left(one: Timed, now: datetime) -> Text:
    """What the letter's clock counts in hours, the desk's own counts in days, until the last one."""
    length = abs(one.due_at - now)
    if one.clock == "letter" or length < DAY:
        return time_left(one.due_at, now)
    days_left = (length + timedelta(minutes=1)) // DAY  # as hours are told: a fresh one has its seven
    days_ = ngettext("{n} day", "{n} days", days_left)
    return _("{time} left", time=days_) if one.due_at > now else _("overdue by {time}", time=days_)


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
SERVICE_OUTCOMES: dict[str, Words] = {
    "answered": _("The unit has answered"),
    "settled": _("You said that it is settled"),
}


def state(tx: Connection, ticket: Ticket, now: datetime) -> Text:
    """What a resident reads as the state of the ticket."""
    round_ = tickets.round_of(tx, ticket)
    if ticket.state == "closed":
        own = SERVICE_OUTCOMES if ticket.axis == "service" else {}
        return own.get(round_.outcome or "") or OUTCOMES.get(round_.outcome or "", _("Closed"))
    if ticket.holder_id is not None:
        return joined(", ", _("Being handled"), left(ticket, now))
    return joined(", ", _("Waiting for the unit"), left(ticket, now))


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
    "no_paper": _("The resident has no paper any more: please search the site's register"),
    "undelivered": _("Our message has not reached the resident ({channel})"),
    "missed": _("Our message has not reached one of the chats ({channel}); another one has it"),
    "shown": _("The resident is back, and was told that there is news"),
}


OWN_ACTS: dict[str, Words] = {
    "withdrawn": _("You withdrew it"),
    "settled": _("You said it is right now"),
    "still_wrong": _("You said it is still wrong. {words}"),
    "repaired": _("You sent what was missing: {words}"),
    "words": _("You added: {words}"),
    "no_paper": _("You said that there is no paper any more; the site is asked to search its register"),
}


# Of a complaint about a site: nothing in it is right or wrong.
SERVICE_EVENTS: dict[str, Words] = {
    "settled": _("The resident says that it is settled"),
    "still_wrong": _("The resident says that it is not settled yet. {words}"),
}
OWN_SERVICE_ACTS: dict[str, Words] = {
    "settled": _("You said that it is settled"),
    "still_wrong": _("You said that it is not settled yet. {words}"),
}


def event(tx: Connection, one: Event, *, to_resident: bool = False) -> Text:
    """«16:00 20/11/2026 – Đã tiếp nhận»."""
    from handlers import papers
    from handlers.rejections import REASONS
    from handlers.staff import canned_words

    details = {"words": "", "reason": "", "until": "", "unit": "", **one.details}
    details["words"] = canned_words.spoken(details)
    if details.get("sent"):
        sent = papers.counted_kinds(details["sent"])
        details["words"] = joined(". ", sent, details["words"]) if details["words"] else sent
    if "channel" in details:
        details["channel"] = channel(str(details["channel"]))
    if isinstance(details["unit"], int):
        details["unit"] = units.get(tx, details["unit"]).name
    if details["reason"] in REASONS:
        details["reason"] = REASONS[details["reason"]].title
    if details["until"]:
        details["until"] = days.Day.of(details["until"]).text()
    own, service = (OWN_ACTS, OWN_SERVICE_ACTS) if to_resident else (EVENTS, SERVICE_EVENTS)
    told = service.get(one.what) if one.details.get("service") else None
    told = told or own.get(one.what) or EVENTS.get(one.what)
    text: Text = Words(told.msgid, details) if told else one.what
    return joined(" – ", _("{at}", at=one.at), text)
