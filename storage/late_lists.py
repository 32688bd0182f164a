"""Lists that are late below some units: not back by the end of their second day, or not finished with the campaign."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, and_, func, or_, select

from storage.lists import AWAY, LIVE, List, lists
from storage.units import units

LAST_SECOND = timedelta(seconds=1)  # due_at names it; what comes within it is on time


def below(
    tx: Connection, top: list[int], now: datetime, limit: int, offset: int = 0
) -> tuple[list[List], int]:
    """Of makers or police at or below these units, the longest due first; and how many."""
    tree = select(units.c.id).where(units.c.id.in_(top)).cte("tree", recursive=True)
    tree = tree.union(select(units.c.id).where(units.c.parent_id == tree.c.id))
    c, here = lists.c, select(tree.c.id)
    where = (c.maker_id.in_(here) | c.police_id.in_(here), is_late(now))
    n = int(tx.execute(select(func.count()).select_from(lists).where(*where)).scalar_one())
    if not limit or not n:
        return [], n
    columns = [c[name] for name in List.__dataclass_fields__]
    rows = tx.execute(select(*columns).where(*where).order_by(c.due_at, c.id).limit(limit).offset(offset))
    return [List(*row) for row in rows], n


def is_late(now: datetime) -> ColumnElement[bool]:
    """As handlers.lists.moments.late says of one. What has no number yet concerns nobody above."""
    c, passed = lists.c, now - LAST_SECOND
    away = c.state.in_((*AWAY, "draft")) & (c.due_at <= passed)
    return c.number.isnot(None) & c.state.in_(LIVE) & (away | (c.finish_by <= passed))


def kept_by_branch(
    tx: Connection, tree: CTE, since: datetime | None, now: datetime
) -> dict[int, tuple[int, int]]:
    """Of the police under each branch: lists back or due in the period, and how many were back in their two days."""
    c = lists.c
    passed = (_within(c.returned_at, since, now), _within(c.due_at, since, now - LAST_SECOND))
    rows = tx.execute(
        select(tree.c.branch, c.returned_at, c.due_at)
        .join(lists, c.police_id == tree.c.id)
        .where(c.number.isnot(None), c.state != "dropped", or_(*passed))
    )
    found: dict[int, tuple[int, int]] = {}
    for branch, returned_at, due_at in rows:
        due, kept = found.get(branch, (0, 0))
        in_time = returned_at is not None and returned_at < due_at + LAST_SECOND
        found[branch] = (due + 1, kept + in_time)
    return found


def _within(column: Any, since: datetime | None, now: datetime) -> ColumnElement[bool]:
    return column <= now if since is None else and_(column > since, column <= now)
