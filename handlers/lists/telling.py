"""The message that collects what happened with lists: made when it leaves, without what is over by then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers.lists import moments, rights
from handlers.lists.telling_text import SHOWN, Told, Tone, message
from handlers.putting import body_of
from handlers.reply import Button, Reply
from handlers.turn import Moment, Turn
from locales import _
from storage import list_alerts, list_rungs, lists, outbox, staff, talks
from storage.lists import List
from storage.staff import Staff


def undelivered(tx: Connection, outbox_id: int, now: datetime) -> None:
    """The message will not arrive: whoever is to hear instead is looked for at once."""
    for alert in list_alerts.carried_by(tx, outbox_id):
        list_rungs.plan(tx, alert.list_id, [(f"lost:{alert.id}", now)])


def compose(moment: Moment, outbox_id: int, recipient_id: int) -> dict[str, Any] | None:
    """The message as its reader gets it; None where all of it has gone on meanwhile."""
    outbox.hold(moment.tx, outbox_id)
    person = staff.get(moment.tx, recipient_id)
    told = read(moment, person, outbox_id) if person else []
    if person is None or not told:
        return None
    lang = talks.get(moment.tx, person.talk_id).lang
    buttons = _buttons(moment, person, told, outbox_id)
    return body_of(Reply(message(moment, person, told), buttons, "card", rank="alert"), lang)


def read(moment: Moment | Turn, person: Staff, outbox_id: int) -> Told:
    """What that message says to this person, gravest first: one entry a list, without what is over or not theirs."""
    known: dict[int, List | None] = {}
    gravest: dict[int, tuple[Tone, List, str]] = {}
    for alert in list_alerts.carried_by(moment.tx, outbox_id):
        if alert.recipient_id != person.id:
            continue
        if alert.list_id not in known:
            one = lists.get(moment.tx, alert.list_id)
            known[one.id] = one if rights.of(moment.tx, person, one).see else None
        found = known[alert.list_id]
        if found is None or not moments.matters(found, alert.rung, moment.now):
            continue
        tone = _tone(moment, person, found, alert.rung)
        if found.id not in gravest or tone >= gravest[found.id][0]:
            gravest[found.id] = (tone, found, alert.rung)
    return sorted(gravest.values(), key=lambda one: (-one[0], one[1].due_at or one[1].made_at, one[1].id))


def _tone(moment: Moment | Turn, person: Staff, found: List, rung: str) -> Tone:
    """After an outage a reminder comes too late to be one."""
    if moments.kind(rung) == "back":
        return Tone.BACK
    if moments.late_back(found, moment.now):
        return Tone.LATE
    if moments.kind(rung) in ("campaign", "daily"):
        return Tone.CLEANING
    if moments.kind(rung) == "remind":
        return Tone.REMIND
    return Tone.NEW if person.at(moments.holds(found)) else Tone.NOBODY


def _buttons(moment: Moment, person: Staff, told: Told, outbox_id: int) -> tuple[Button, ...]:
    above = [found for _tone, found, _rung in told[:SHOWN] if not rights.of(moment.tx, person, found).people]
    late = any(moments.late(found, moment.now) for found in above)
    if len(told) == 1:
        opens = Button(_("Open the list"), f"l:{told[0][1].id}", "primary")
        return (opens, Button(_("I urge them"), f"l:urge:{outbox_id}")) if late else (opens,)
    if not late:
        return (Button(_("Show the lists"), "l:show", "primary"),)
    return (
        Button(_("Show the lists"), "b:lists", "primary"),
        Button(_("I urge them"), f"l:urge:{outbox_id}"),
    )
