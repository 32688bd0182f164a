"""Tone: how grave an alert is, and the word that its message begins with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from handlers.rules.deadlines import FIRST
from locales import Words, _
from storage.alarms import Carried


class Tone(IntEnum):
    NEW = 0
    UNCONFIRMED = 1
    REMIND = 2
    UNLISTED = 3
    ALARM = 4
    NEARING = 5
    OVERDUE = 6


TONE_OF = {
    "new": Tone.NEW,
    "unconfirmed": Tone.UNCONFIRMED,
    "own_remind": Tone.REMIND,
    "own_passed": Tone.OVERDUE,
    "remind_site": Tone.REMIND,
    "remind_head": Tone.REMIND,
    "unlisted": Tone.UNLISTED,
    "unlisted_up": Tone.UNLISTED,
    "alarm": Tone.ALARM,
    "silent": Tone.ALARM,
    "supervisors": Tone.NEARING,
    "overdue": Tone.OVERDUE,
    "daily": Tone.OVERDUE,
    "campaign": Tone.OVERDUE,
}

# A message begins with a word: neither colour nor a picture alone says how grave it is.
WORDS: dict[Tone, Words] = {
    Tone.NEW: _("New ticket"),
    Tone.UNCONFIRMED: _("Not confirmed"),
    Tone.REMIND: _("Reminder"),
    Tone.UNLISTED: _("Not on a verification list yet"),
    Tone.ALARM: _("⚠ Please look at once"),
    Tone.NEARING: _("Nearly overdue"),
    Tone.OVERDUE: _("OVERDUE"),
}


def of(alert: Carried, now: datetime) -> Tone:
    """After an outage a reminder comes too late to be one: what is overdue by now is called so."""
    tone = TONE_OF.get(alert.rung.partition(":")[0], Tone.REMIND)
    if tone is Tone.NEW and alert.kind in FIRST:
        return Tone.ALARM
    late = tone in (Tone.REMIND, Tone.NEARING) and alert.due_at <= now
    return Tone.OVERDUE if late else tone


def worst_first(alerts: Iterable[Carried], now: datetime) -> list[tuple[Tone, Carried]]:
    """One entry a ticket, under the worst of its rungs; the longest overdue first."""
    worst: dict[int, tuple[Tone, Carried]] = {}
    for alert in alerts:
        tone = of(alert, now)
        if alert.ticket_id not in worst or tone > worst[alert.ticket_id][0]:
            worst[alert.ticket_id] = (tone, alert)
    return sorted(worst.values(), key=lambda found: (-found[0], found[1].due_at, found[1].ticket_id))
