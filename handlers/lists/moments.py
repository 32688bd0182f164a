"""What a moment of a list is about, and whether it still is: nothing rings for a list that has gone on meanwhile."""

from __future__ import annotations

from datetime import datetime

from handlers.rules import lists as rules
from storage.lists import AWAY, LIVE, List

MET = ("new", "through", "hamlet", "draft", "back")  # it has come to somebody: the police, …, the maker again
STATE = {"new": "police"}


def kind(rung: str) -> str:
    return rung.partition(":")[0]


def holds(found: List) -> int:
    """The unit whose turn it is; the hamlet's team works through the maker."""
    return {"police": found.police_id, "through": found.through_id}.get(found.state) or found.maker_id


def late_back(found: List, now: datetime) -> bool:
    """Not back by the end of the second day (S1), whoever has it."""
    away = found.number is not None and found.state in (*AWAY, "draft")
    return away and found.due_at is not None and now >= rules.passed(found.due_at)


def late_cleaning(found: List, now: datetime) -> bool:
    """Not finished by the end of the cleaning campaign (S4); a draft without a number is its maker's alone."""
    return found.state in LIVE and found.finish_by is not None and now >= rules.passed(found.finish_by)


def late(found: List, now: datetime) -> bool:
    return found.number is not None and (late_back(found, now) or late_cleaning(found, now))


def matters(found: List, rung: str, now: datetime) -> bool:
    name = kind(rung)
    if name in MET:
        return found.state == STATE.get(name, name)
    if name == "remind":
        return found.number is not None and found.state in (*AWAY, "draft")
    if name == "late":
        return late_back(found, now)
    return late_cleaning(found, now) if name == "campaign" else late(found, now)
