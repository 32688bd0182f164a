"""Tending groups: what no longer shows the truth is brought up to date, without any act having to think of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.groups import cards, losing, summary
from handlers.turn import Moment
from storage import group_cards, groups


def due(tx: Connection, now: datetime) -> list[int]:
    """Groups in which something must change; one question where there are no groups."""
    watched = groups.watched(tx)
    if not watched:
        return []
    by_cards = set(group_cards.groups_due(tx, now))
    return [one.id for one in watched if one.id in by_cards or one.removed_at or summary.due(one, now)]


def tend(moment: Moment, group_id: int) -> bool:
    """Whether anything changed in this group; a bounded part of what is due."""
    group = groups.hold(moment.tx, group_id)
    if group.removed_at is not None:
        return losing.tell(moment, group)
    changed = cards.bring_up(moment, group)
    return summary.bring_up(moment, group) or changed
