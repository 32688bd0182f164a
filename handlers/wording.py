"""Tickets in words: kinds, reasons, time left, states; for residents and staff alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from handlers import wording_changes
from handlers.lists import of_ticket
from handlers.rules.deadlines import AT_ONCE, FIRST, SOONEST
from locales import Text, Words, _, joined, ngettext
from locales.times import By
from storage import staff, tickets, units
from storage.tickets import Ticket

DAY = timedelta(days=1)

KINDS: dict[str, Words] = {
    "dose_missing": _("Missing dose"),
    "dose_wrong": _("Wrong dose data"),
    "dose_duplicate": _("A dose recorded twice"),
    "dose_not_mine": _("A dose that is not mine"),
    "other_record": _("A dose on another record"),
    "personal": _("Wrong personal data"),
    "id_missing": _("No ID number on record"),
    "id_format": _("ID number in a wrong format"),
    "phone": _("Phone number wrong or lost"),
    "foreigner": _("Wrong data of a foreigner"),
    "not_signed": _("Dose not signed"),
    "f0": _("Recovered from COVID-19"),
    "force": _("Dose given with a force"),
    "reaction": _("Unwell after a shot"),
    "still_here": _("Still at the site, dose not shown"),
    "site_tech": _("Line or software fault"),
    "call_back": _("A call is asked for"),
    "other": _("Other matter"),
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
    "signs_the_dose": _("the site that gave the dose signs it"),
    "last_dose_here": _("the last dose was given here (our recommendation, no letter says who)"),
    "lives_here": _("it is the health station nearby (our recommendation, no letter says who)"),
    "permanent_nearby": _(
        "it is the health station of permanent residence (our recommendation, no letter says who)"
    ),
    "enters_recovered": _("the commune health station enters those who have recovered"),
    "handed_over": _("another unit handed it over"),
    "about_the_site": _("it is about this site; its head answers"),
    "about_the_commune": _("it is about a place in this commune; the head of its health station answers"),
    "force_unit": _("the health unit of the force gave the dose"),
    "force_unknown": _("the health unit of the force is not known here; the province finds it"),
    "technical": _("it is the province's contact for this"),
    "has_the_report": _("it has the report that the call is about"),
    "named_nearby": _("it is the health station of the commune that you named"),
    "site_unknown": _("only the province is known; the province finds the site that it is about"),
    "desk": _("no unit could be found yet; the desk's administrator assigns it"),
}


HELPERS: dict[str, Words] = {
    "relative": _("a relative or neighbour"),
    "volunteer": _("a volunteer"),
    "staff": _("staff"),
}

CHANNELS: dict[str, Words] = {
    "web": _("web chat"),
    "telegram": _("Telegram"),
    "zalo": _("Zalo"),
    "zalo_bot": _("Zalo Bot"),
    "sms": _("SMS"),
    "import": _("backlog, imported"),
}


def channel(name: str) -> Text:
    return CHANNELS.get(name, name)


def kind(ticket: Ticket) -> Text:
    return KINDS.get(ticket.kind, ticket.kind)


def marked(kind: str) -> Text:
    """For staff: what supervisors were alerted of at once stands out."""
    name = KINDS.get(kind, kind)
    return joined(" ", "⚠", name) if kind in (*AT_ONCE, *FIRST) else name


def part(ticket: Ticket, name: Text | None = None) -> Text:
    """«Mũi tiêm ghi sai (mũi cơ bản 1)»: a report may have several of a kind."""
    name = name or kind(ticket)
    about = ticket.changes[0].get("dose") if ticket.changes else None
    which = {name: (about or {}).get(name) for name in ("dose_class", "ordinal", "dose_no")}
    if not about or not any(which.values()):
        return name
    return _("{kind} ({dose})", kind=name, dose=wording_changes.dose(which))


def why_here(ticket: Ticket) -> Text:
    return joined("; ", *(ROUTES.get(reason, reason) for reason in ticket.reasons))


def time_left(due_at: datetime, now: datetime) -> Text:
    """«còn 41 giờ» or «quá hạn 3 giờ»."""
    return _("{time} left", time=due_at - now) if due_at > now else _("overdue by {time}", time=now - due_at)


class Timed(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def clock(self) -> str: ...


def left(one: Timed, now: datetime) -> Text:
    """What the letter's clock counts in hours, the desk's own counts in days, until the last one."""
    if one.kind in SOONEST and one.due_at > now:
        return _("as soon as possible")
    length = abs(one.due_at - now)
    if one.clock == "letter" or length < DAY:
        return time_left(one.due_at, now)
    days_left = (length + timedelta(minutes=1)) // DAY  # as hours are told: a fresh one has its seven
    days_ = ngettext("{n} day", "{n} days", days_left)
    return _("{time} left", time=days_) if one.due_at > now else _("overdue by {time}", time=days_)


def before(due_at: datetime, now: datetime) -> Text:
    """«trước 16:00 Chủ nhật 24/05»."""
    return _("before {when}", when=By(due_at, now))


def due(one: Timed, now: datetime) -> Text:
    """Before when an answer is due, where a letter or the desk has set a time."""
    return _("as soon as possible") if one.kind in SOONEST else before(one.due_at, now)


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


COMPARED: dict[str, Words] = {
    "away": _("The data is being compared with the population register; you need not do anything yet"),
    "asked": _("Commune police wait for your answer"),
    "back": _("The data has been compared; the unit that handles it goes on"),
}


def state(tx: Connection, ticket: Ticket, now: datetime) -> Text:
    """What a resident reads as the state of the ticket."""
    round_ = tickets.round_of(tx, ticket)
    if ticket.state == "closed":
        own = SERVICE_OUTCOMES if ticket.axis == "service" else {}
        return own.get(round_.outcome or "") or OUTCOMES.get(round_.outcome or "", _("Closed"))
    if told := COMPARED.get(of_ticket.compared(tx, ticket) or ""):
        return _("{state} ({left})", state=told, left=left(ticket, now))
    if ticket.holder_id is not None:
        return joined(", ", _("Being handled"), left(ticket, now))
    return joined(", ", _("Waiting for the unit"), left(ticket, now))
