"""Unsigned doses: those of which the Platform says so, and nobody here that they are signed or stand in minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, FromClause, and_, func, or_, select

from storage.doses import doses
from storage.people import residents
from storage.signing import signatures
from storage.units import units

Pair = tuple[int, int]  # a resident and the number of the dose

SAME = and_(
    signatures.c.resident_id == doses.c.resident_id,
    signatures.c.dose_no == doses.c.dose_no,
    signatures.c.day == doses.c.day,
)
BESIDE: FromClause = doses.outerjoin(signatures, SAME)
# The Platform says that it is not signed, and nobody here that it is, or the Platform said so again afterwards.
OPEN: ColumnElement[bool] = and_(
    doses.c.signed.is_(False), or_(signatures.c.resident_id.is_(None), signatures.c.denied_at.isnot(None))
)


@dataclass(frozen=True)
class Waiting:
    """A dose without a signature; denied: somebody said that it is signed, and the Platform does not show it."""

    resident_id: int
    dose_no: int
    dose_class: str | None
    ordinal: int | None
    vaccine: str | None
    lot: str | None
    details: dict[str, Any]
    denied: bool

    @property
    def pair(self) -> Pair:
        return self.resident_id, self.dose_no


def _answering(unit_ids: Iterable[int]) -> CTE:
    """These units, and those that they took over from: a dose keeps the site that it was given at."""
    here = select(units.c.id).where(units.c.id.in_(list(unit_ids))).cte("here", recursive=True)
    return here.union(select(units.c.id).where(units.c.successor_id == here.c.id))


def _at(unit_id: int, day: date) -> ColumnElement[bool]:
    return and_(doses.c.site_id.in_(select(_answering([unit_id]).c.id)), doses.c.day == day)


def found() -> Any:
    """The question for doses as Waiting has them."""
    d = doses.c
    what = (d.resident_id, d.dose_no, d.dose_class, d.ordinal, d.vaccine, d.lot, residents.c.details)
    return select(*what, signatures.c.denied_at.isnot(None)).select_from(
        BESIDE.join(residents, residents.c.id == d.resident_id)
    )


def waiting(tx: Connection, unit_id: int, day: date, limit: int, offset: int = 0) -> list[Waiting]:
    """Unsigned doses of the unit and its predecessors, first those that the Platform does not show as signed."""
    order = (signatures.c.denied_at.is_(None), doses.c.resident_id, doses.c.dose_no)
    rows = found().where(_at(unit_id, day), OPEN).order_by(*order).limit(limit).offset(offset)
    return [Waiting(*row) for row in tx.execute(rows)]


def pairs(tx: Connection, unit_id: int, day: date) -> list[Pair]:
    """All of them, in the same order."""
    order = (signatures.c.denied_at.is_(None), doses.c.resident_id, doses.c.dose_no)
    both = select(doses.c.resident_id, doses.c.dose_no).select_from(BESIDE)
    return [(row[0], row[1]) for row in tx.execute(both.where(_at(unit_id, day), OPEN).order_by(*order))]


def count(tx: Connection, unit_id: int, day: date) -> int:
    how_many = select(func.count()).select_from(BESIDE).where(_at(unit_id, day), OPEN)
    return int(tx.execute(how_many).scalar_one())


def days(tx: Connection, unit_id: int) -> list[tuple[date, int]]:
    """Days with unsigned doses, the newest first."""
    here = doses.c.site_id.in_(select(_answering([unit_id]).c.id))
    each = select(doses.c.day, func.count()).select_from(BESIDE).where(here, doses.c.day.isnot(None), OPEN)
    return [(row[0], row[1]) for row in tx.execute(each.group_by(doses.c.day).order_by(doses.c.day.desc()))]


def open_among(tx: Connection, among: Collection[Pair], since: date) -> dict[Pair, tuple[int, date]]:
    """(site, day) of those of these doses that wait, given since that day at a known site."""
    d = doses.c
    given = select(d.resident_id, d.dose_no, d.site_id, d.day).select_from(BESIDE)
    here = (d.resident_id.in_({one[0] for one in among}), d.site_id.isnot(None), d.day >= since)
    rows = tx.execute(given.where(*here, OPEN))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows if (row[0], row[1]) in among}


def left_open(tx: Connection, since: date, through: date) -> list[tuple[int, date, int]]:
    """(site as recorded, day, doses) that wait, of all these days."""
    d = doses.c
    each = select(d.site_id, d.day, func.count()).select_from(BESIDE)
    here = (d.site_id.isnot(None), d.day >= since, d.day <= through, OPEN)
    rows = tx.execute(each.where(*here).group_by(d.site_id, d.day).order_by(d.day, d.site_id))
    return [(row[0], row[1], row[2]) for row in rows]


def by_branch(tree: CTE, since: date | None, until: date) -> Any:
    """(branch, n) of what waits of the days before until; tree: (id, branch) of units, see board.py."""
    here = select(tree.c.id, tree.c.branch).join(units, units.c.id == tree.c.id)
    answers = here.where(units.c.successor_id.is_(None)).cte("answers", recursive=True)
    older = select(units.c.id, answers.c.branch).join(answers, units.c.successor_id == answers.c.id)
    answers = answers.union(older)
    of_days = (doses.c.day < until, *((doses.c.day >= since,) if since else ()), OPEN)
    each = select(answers.c.branch, func.count().label("n")).join_from(
        answers, BESIDE, doses.c.site_id == answers.c.id
    )
    return each.where(*of_days).group_by(answers.c.branch)
