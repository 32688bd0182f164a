"""A ticket's history in words, for residents and staff."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import wording_ways
from handlers.rules import days
from handlers.wording import HELPERS, channel
from locales import Text, Words, _, joined
from storage import units
from storage.history import Event

EVENTS: dict[str, Words] = {
    "received": _("Received"),
    "taken": _("Taken into work"),
    "asked": _("The unit asks: {words}"),
    "police_asks": _("{unit} asks: {words}"),
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
    "elsewhere": _("Our message did not get through ({channel}); it went to another chat ({to})"),
    "brief": _("A short notice that there is news went to the resident ({channel})"),
    "called": _("Called the resident"),
    "helped": _("Filed with the help of {who}"),
    "in_person": _("Papers compared in person"),
    "verifying": _("{unit} is comparing the data with the population register"),
    "verified": _("{unit} has finished comparing"),
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
    if "ways" in details:
        details["channel"] = wording_ways.in_full(details["ways"])
    for name in ("channel", "to"):
        if isinstance(details.get(name), str):
            details[name] = channel(details[name])
    if isinstance(details["unit"], int):
        details["unit"] = units.get(tx, details["unit"]).name
    if details["reason"] in REASONS:
        details["reason"] = REASONS[details["reason"]].title
    if details.get("how") in HELPERS:
        details["who"] = HELPERS[details["how"]]
    if details["until"]:
        details["until"] = days.Day.of(details["until"]).text()
    own, service = (OWN_ACTS, OWN_SERVICE_ACTS) if to_resident else (EVENTS, SERVICE_EVENTS)
    told = service.get(one.what) if one.details.get("service") else None
    told = told or own.get(one.what) or EVENTS.get(one.what)
    text: Text = Words(told.msgid, details) if told else one.what
    return joined(" – ", _("{at}", at=one.at), text)
