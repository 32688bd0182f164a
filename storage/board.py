"""The board: open, nearing, overdue, kept, hours; counted per branch of the tree of units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CTE, Connection, and_, case, func, literal, or_, select

from storage.approvals import approvals
from storage.reports import reports
from storage.tickets import rounds, stays, tickets
from storage.units import units

NEARING = timedelta(hours=12)  # the board's column
NEARLY = timedelta(hours=6)  # the list of what is about to be overdue: from hour 42 on
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One branch (a unit and all under it). closed and kept count rounds of the period, hours those held in it."""

    unit_id: int
    unit: str
    deep: bool  # other units hang below it
    open: int = 0
    nearing: int = 0
    overdue: int = 0
    due: int = 0
    kept: int = 0
    durations: tuple[float, ...] = ()  # hours from receipt to closing, sorted
    held: float = 0.0
    unconfirmed: int = 0

    @property
    def median(self) -> float | None:
        n, half = len(self.durations), len(self.durations) // 2
        if not n:
            return None
        return self.durations[half] if n % 2 else (self.durations[half - 1] + self.durations[half]) / 2

    @property
    def silent(self) -> bool:
        return not (self.open or self.due or self.held or self.unconfirmed)


def lines(tx: Connection, unit_id: int, since: datetime | None, now: datetime) -> list[Line]:
    """The unit itself and each unit directly under it, worst first; those without anything to say are left out."""
    tree = _branches(unit_id)
    found = {
        row.id: {"unit_id": row.id, "unit": row.name, "deep": bool(row.deep) and row.id != unit_id}
        for row in tx.execute(_direct(unit_id))
    }
    for columns in (
        _open(tx, tree, now),
        _kept(tx, tree, since, now),
        _durations(tx, tree, since, now),
        _held(tx, tree, since, now),
        _unconfirmed(tx, tree),
    ):
        for branch, values in columns.items():
            found[branch].update(values)
    made = [Line(**values) for values in found.values()]  # type: ignore[arg-type]
    return sorted((line for line in made if not line.silent), key=_worst_first)


def total(found: Iterable[Line], unit_id: int, unit: str) -> Line:
    found = list(found)
    return Line(
        unit_id,
        unit,
        False,
        *(sum(getattr(line, name) for line in found) for name in ("open", "nearing", "overdue", "due", "kept")),
        tuple(sorted(hours for line in found for hours in line.durations)),
        sum(line.held for line in found),
        sum(line.unconfirmed for line in found),
    )


def _worst_first(line: Line) -> tuple[float, ...]:
    return (-line.overdue, -line.nearing, -line.open, line.kept - line.due, line.unit_id)


def _direct(unit_id: int):  # type: ignore[no-untyped-def]
    under = units.alias("under")
    deep = select(1).where(under.c.parent_id == units.c.id).exists()
    return select(units.c.id, units.c.name, deep.label("deep")).where(
        or_(units.c.id == unit_id, units.c.parent_id == unit_id)
    )


def _branches(unit_id: int) -> CTE:
    """(id, branch) of every unit below: branch is the unit directly under `unit_id` that it hangs on."""
    top = select(units.c.id, units.c.id.label("branch")).where(units.c.parent_id == unit_id)
    tree = top.cte("tree", recursive=True)
    return tree.union(
        select(units.c.id, tree.c.branch).where(units.c.parent_id == tree.c.id),
    )


def _of(tree: CTE, unit_id: int) -> CTE:
    return tree
