"""The clock of a ticket: the letter's 48 hours or the desk's own aim, with the hours of the unit's province."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from handlers.rules import deadlines as rules
from storage import policies, units


def ladder(tx: Connection, clock: str, unit_id: int) -> Sequence[rules.Step]:
    province = units.get(tx, unit_id).province
    steps = [
        rules.Step(s.rung, s.after, s.recipients, s.waits_for_morning, s.letter)
        for s in policies.ladder_of(tx, province, clock)
    ]
    return steps or rules.LADDERS[clock]


def due_at(tx: Connection, clock: str, unit_id: int, received_at: datetime) -> datetime:
    """S1 fixes its 48 hours; the desk's own aim may be another in every province."""
    if clock == "letter":
        return rules.due_at(received_at)
    steps = (*ladder(tx, clock, unit_id), *rules.LADDERS[clock])
    return rules.due_at(received_at, next(step.after for step in steps if step.rung == rules.PASSED[clock]))
