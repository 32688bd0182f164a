"""The board: open, nearing, overdue, kept, hours of what has 48; counted per branch of the tree of units.

A ticket with a clock of its own is only counted apart: no letter says how soon it must be done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, and_, case, func, literal_column, or_, select

from storage import late_lists, unsigned
from storage.absences import VIETNAM
from storage.approvals import approvals
from storage.tickets import rounds, stays, tickets
from storage.units import units

NEARING = timedelta(hours=12)
HOUR = timedelta(hours=1)

Columns = dict[int, dict[str, Any]]  # branch -> what is known of it


@dataclass(frozen=True)
class Line:
    """One branch: a unit and all under it. due and kept count rounds, hours are those of the period."""

    unit_id: int
    unit: str
    deep: bool = False  # other units hang below it
    open: int = 0
    nearing: int = 0
    overdue: int = 0
    due: int = 0
    kept: int = 0
    durations: tuple[float, ...] = ()  # hours from receipt to closing, in order
    held: float = 0.0
    unconfirmed: int = 0
    other: int = 0  # open, with a clock of their own
    lists_due: int = 0  # verification lists of the police there
    lists_kept: int = 0
    unsigned: int = 0  # doses of the period that nobody signed by the end of their day, nor since

    @property
    def median(self) -> float | None:
        n, half = len(self.durations), len(self.durations) // 2
        if not n:
            return None
        return self.durations[half] if n % 2 else (self.durations[half - 1] + self.durations[half]) / 2

    @property
    def silent(self) -> bool:
        tickets_ = self.open or self.due or self.durations or self.held or self.unconfirmed or self.other
        return not (tickets_ or self.unsigned or self.lists_due)


def lines(tx: Connection, unit_id: int, since: datetime | None, now: datetime) -> list[Line]:
    """The unit itself and each unit directly under it, worst first; who has nothing to show is left out."""
    tree = _branches(unit_id)
    known: Columns = {
        row.id: {"unit_id": row.id, "unit": row.name, "deep": bool(row.deep) and row.id != unit_id}
        for row in tx.execute(_direct(unit_id))
    }
    for found in (
        _open(tx, tree, now),
        _kept(tx, tree, since, now),
        _durations(tx, tree, since, now),
        _held(tx, tree, since, now),
        _unconfirmed(tx, tree),
        _unsigned(tx, tree, since, now),
        _lists(tx, tree, since, now),
    ):
        for branch, values in found.items():
            known[branch].update(values)
    made = [Line(**values) for values in known.values()]
    return sorted((line for line in made if not line.silent), key=_worst_first)


def total(found: Iterable[Line], unit_id: int, unit: str) -> Line:
    every = list(found)
    return Line(
        unit_id,
        unit,
        open=sum(line.open for line in every),
        nearing=sum(line.nearing for line in every),
        overdue=sum(line.overdue for line in every),
        due=sum(line.due for line in every),
        kept=sum(line.kept for line in every),
        durations=tuple(sorted(hours for line in every for hours in line.durations)),
        held=sum(line.held for line in every),
        unconfirmed=sum(line.unconfirmed for line in every),
        other=sum(line.other for line in every),
        unsigned=sum(line.unsigned for line in every),
        lists_due=sum(line.lists_due for line in every),
        lists_kept=sum(line.lists_kept for line in every),
    )


def _worst_first(line: Line) -> tuple[int, ...]:
    return (-line.overdue, -line.nearing, -line.open, line.kept - line.due, line.unit_id)


def _direct(unit_id: int) -> Any:
    under = units.alias("under")
    deep = select(under.c.id).where(under.c.parent_id == units.c.id).exists()
    return select(units.c.id, units.c.name, deep.label("deep")).where(_at_or_directly_under(unit_id))


def _at_or_directly_under(unit_id: int) -> ColumnElement[bool]:
    return or_(units.c.id == unit_id, units.c.parent_id == unit_id)


def _branches(unit_id: int) -> CTE:
    """(id, branch) of every unit from here down: the branch is the unit directly below that it hangs on."""
    top = select(units.c.id, units.c.id.label("branch")).where(_at_or_directly_under(unit_id))
    tree = top.cte("tree", recursive=True)
    further = select(units.c.id, tree.c.branch).where(units.c.parent_id == tree.c.id, tree.c.id != unit_id)
    return tree.union(further)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, literal_column("1")), else_=literal_column("0"))), 0)


def _open(tx: Connection, tree: CTE, now: datetime) -> Columns:
    due, of_letter = tickets.c.due_at, _OF_LETTER
    rows = tx.execute(
        select(
            tree.c.branch,
            _number(of_letter).label("open"),
            _number(and_(of_letter, due > now, due <= now + NEARING)).label("nearing"),
            _number(and_(of_letter, due <= now)).label("overdue"),
            _number(~of_letter).label("other"),
        )
        .join(tickets, tickets.c.unit_id == tree.c.id)
        .where(tickets.c.state == "open")
        .group_by(tree.c.branch)
    )
    return {
        row.branch: {name: int(getattr(row, name)) for name in ("open", "nearing", "overdue", "other")}
        for row in rows
    }


_OF_LETTER = tickets.c.clock == "letter"


def _within(column: ColumnElement[datetime], since: datetime | None, now: datetime) -> ColumnElement[bool]:
    return column <= now if since is None else and_(column > since, column <= now)


def _last_stay() -> Any:
    """A round counts for the unit that held it at the end; the hours before are counted by _held."""
    return (
        select(stays.c.round_id, func.max(stays.c.id).label("id")).group_by(stays.c.round_id).subquery("last")
    )


def _kept(tx: Connection, tree: CTE, since: datetime | None, now: datetime) -> Columns:
    """Rounds closed or due in the period; kept in 48 h, and never opened again by staff or an import (S1)."""
    last = _last_stay()
    kept = and_(rounds.c.closed_at <= rounds.c.due_at, rounds.c.reopened_at.is_(None))
    rows = tx.execute(
        select(tree.c.branch, func.count().label("due"), _number(kept).label("kept"))
        .select_from(rounds)
        .join(last, last.c.round_id == rounds.c.id)
        .join(stays, stays.c.id == last.c.id)
        .join(tree, tree.c.id == stays.c.unit_id)
        .join(tickets, and_(tickets.c.id == rounds.c.ticket_id, _OF_LETTER))
        .where(or_(_within(rounds.c.closed_at, since, now), _within(rounds.c.due_at, since, now)))
        .group_by(tree.c.branch)
    )
    return {row.branch: {"due": row.due, "kept": int(row.kept)} for row in rows}


def _durations(tx: Connection, tree: CTE, since: datetime | None, now: datetime) -> Columns:
    last = _last_stay()
    rows = tx.execute(
        select(tree.c.branch, rounds.c.received_at, rounds.c.closed_at)
        .select_from(rounds)
        .join(last, last.c.round_id == rounds.c.id)
        .join(stays, stays.c.id == last.c.id)
        .join(tree, tree.c.id == stays.c.unit_id)
        .join(tickets, and_(tickets.c.id == rounds.c.ticket_id, _OF_LETTER))
        .where(_within(rounds.c.closed_at, since, now))
    )
    hours: dict[int, list[float]] = defaultdict(list)
    for branch, received_at, closed_at in rows:
        hours[branch].append((closed_at - received_at) / HOUR)
    return {branch: {"durations": tuple(sorted(found))} for branch, found in hours.items()}


def _held(tx: Connection, tree: CTE, since: datetime | None, now: datetime) -> Columns:
    """The part of each stay that lies in the period, counted against the unit that held the ticket then."""
    lasts = or_(stays.c.until.is_(None), stays.c.until > since) if since else stays.c.since <= now
    rows = tx.execute(
        select(tree.c.branch, stays.c.since, stays.c.until)
        .join(stays, stays.c.unit_id == tree.c.id)
        .join(rounds, rounds.c.id == stays.c.round_id)
        .join(tickets, and_(tickets.c.id == rounds.c.ticket_id, _OF_LETTER))
        .where(stays.c.since < now, lasts)
    )
    hours: dict[int, float] = defaultdict(float)
    for branch, began, until in rows:
        start, end = max(began, since or began), min(until or now, now)
        hours[branch] += max(0.0, (end - start) / HOUR)
    return {branch: {"held": round(found, 1)} for branch, found in hours.items()}


def _unconfirmed(tx: Connection, tree: CTE) -> Columns:
    rows = tx.execute(
        select(tree.c.branch, func.count().label("n"))
        .join(tickets, tickets.c.unit_id == tree.c.id)
        .join(approvals, approvals.c.ticket_id == tickets.c.id)
        .where(approvals.c.state == "waiting")
        .group_by(tree.c.branch)
    )
    return {row.branch: {"unconfirmed": row.n} for row in rows}


def _unsigned(tx: Connection, tree: CTE, since: datetime | None, now: datetime) -> Columns:
    """By the unit that answers today; today's doses can still be signed in time."""
    days = (since.astimezone(VIETNAM).date() if since else None, now.astimezone(VIETNAM).date())
    rows = tx.execute(unsigned.by_branch(tree, *days))
    return {row.branch: {"unsigned": row.n} for row in rows}


def _lists(tx: Connection, tree: CTE, since: datetime | None, now: datetime) -> Columns:
    kept = late_lists.kept_by_branch(tx, tree, since, now)
    return {branch: {"lists_due": due, "lists_kept": n} for branch, (due, n) in kept.items()}
