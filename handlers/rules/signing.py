"""Signing the day's doses (S1, S2, S4): who signs whose round, when a site is asked, when the signer hears what is left."""

from __future__ import annotations

import datetime as dt
from datetime import date, datetime, timedelta
from typing import Literal

from handlers.rules.deadlines import EVENING, MORNING, VIETNAM
from handlers.rules.lists import end_of

ASKED = dt.time(16)  # our own aim; S2 says only «ngay trong ngày»
TOLD = dt.time(8)
SETTLES = timedelta(minutes=5)  # an import comes in parts, and is asked about once
DAY = timedelta(days=1)

Signer = Literal["chairman", "head"]


def signer(kind: str) -> Signer:
    """S1: «Chủ tịch UBND cấp xã» where the commune held the round, which its station did; else «Người đứng đầu Cơ sở»."""
    return "chairman" if kind == "station" else "head"


def asks(day: date, now: datetime) -> tuple[str, datetime] | None:
    """The rung at which a site is asked about unsigned doses of this day that came to be known now.

    Today's at 16:00, after that as they come, once an hour at most; yesterday's the morning after; an older backlog
    never.
    """
    today, soon = now.astimezone(VIETNAM).date(), now + SETTLES
    if day == today:
        at = _clock(day, ASKED)
        return ("ask", at) if now < at else _hourly("ask", min(soon, end_of(day)))
    if day == today - DAY:
        return _hourly("next", max(soon, _clock(today, MORNING)))
    return None


def _hourly(name: str, at: datetime) -> tuple[str, datetime]:
    return f"{name}:{at.astimezone(VIETNAM):%H}", at


def told(day: date, now: datetime) -> tuple[date, str, datetime]:
    """(its day, rung, moment): when the signer hears what is unsigned of this day: at its end, else at the next 08:00."""
    at_end = end_of(day)
    return (day, "end", at_end) if now < at_end else next_morning(now)


def next_morning(now: datetime) -> tuple[date, str, datetime]:
    today = now.astimezone(VIETNAM).date()
    day = today if now < _clock(today, TOLD) else today + DAY
    return day, "morning", _clock(day, TOLD)


def last_over(now: datetime) -> date:
    """The last day that has ended."""
    today = now.astimezone(VIETNAM).date()
    return today if now >= end_of(today) else today - DAY


def at_night(now: datetime) -> bool:
    """Such a message comes without a sound: nobody can sign before the morning."""
    time = now.astimezone(VIETNAM).time()
    return time >= EVENING or time < MORNING


def _clock(day: date, time: dt.time) -> datetime:
    return datetime.combine(day, time, VIETNAM).astimezone(dt.UTC)
