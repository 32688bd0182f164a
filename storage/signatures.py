"""Signatures: what people say here that they have signed on the Platform, or put into minutes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, update

from storage import units, unsigned
from storage.deadlines import insert_for
from storage.doses import doses
from storage.signing import signatures
from storage.unsigned import BESIDE, OPEN, SAME, Pair, Waiting


@dataclass(frozen=True)
class Signature:
    """denied: an export showed the dose unsigned after all."""

    at: datetime
    staff_id: int
    minutes: dict[str, str] | None
    denied: bool


def of_doses(tx: Connection, resident_id: int, numbers: Collection[int]) -> list[Signature]:
    """Of the doses of one person, as they are on record."""
    s = signatures.c
    found = select(s.at, s.staff_id, s.minutes, s.denied_at.isnot(None)).select_from(
        doses.join(signatures, SAME)
    )
    here = (s.resident_id == resident_id, s.dose_no.in_(list(numbers)))
    return [Signature(*row) for row in tx.execute(found.where(*here).order_by(s.dose_no))]


def sign(
    tx: Connection,
    unit_id: int,
    day: date,
    chosen: Collection[Pair],
    at: datetime,
    staff_id: int,
    minutes: dict[str, str] | None = None,
) -> int:
    """Of the chosen those that still wait; how many that were."""
    units.hold(tx, unit_id)  # two may sign the same doses at once; the second ticks what is left
    open_ = set(unsigned.pairs(tx, unit_id, day))
    said = {"unit_id": unit_id, "day": day, "at": at, "staff_id": staff_id, "minutes": minutes}
    rows = [
        {"resident_id": one[0], "dose_no": one[1], **said, "denied_at": None}
        for one in sorted(set(chosen) & open_)
    ]
    if rows:
        insert = insert_for(tx, signatures)
        changed = {name: insert.excluded[name] for name in (*said, "denied_at")}
        tx.execute(
            insert.on_conflict_do_update(index_elements=["resident_id", "dose_no"], set_=changed), rows
        )
    return len(rows)


def _ticked(unit_id: int, day: date, staff_id: int, since: datetime) -> ColumnElement[bool]:
    """By this person since then, and not contradicted meanwhile."""
    s = signatures.c
    return and_(s.unit_id == unit_id, s.day == day, s.staff_id == staff_id, s.at >= since, ~OPEN)


def ticked(
    tx: Connection, unit_id: int, day: date, staff_id: int, since: datetime, limit: int, offset: int = 0
) -> tuple[list[Waiting], int]:
    """What this person has ticked of that day, which can be taken back as long as the Platform does not show it signed."""
    where = (_ticked(unit_id, day, staff_id, since), doses.c.signed.is_(False))
    found = unsigned.found().where(*where).order_by(doses.c.resident_id, doses.c.dose_no)
    n = tx.execute(select(func.count()).select_from(BESIDE).where(*where)).scalar_one()
    return [Waiting(*row) for row in tx.execute(found.limit(limit).offset(offset))], int(n)


def take_back(
    tx: Connection, unit_id: int, day: date, chosen: Collection[Pair], staff_id: int, since: datetime
) -> int:
    """Only what this person ticked since then; how many that were."""
    s = signatures.c
    theirs = (s.unit_id == unit_id, s.day == day, s.staff_id == staff_id, s.at >= since)
    gone = [
        tx.execute(delete(signatures).where(*theirs, s.resident_id == one[0], s.dose_no == one[1])).rowcount
        for one in chosen
    ]
    return sum(gone)


def deny(tx: Connection, shown: dict[Pair, datetime]) -> int:
    """An export newer than the tick shows these doses unsigned; minutes stand in for a signature, and go on to. How many
    that concerns."""
    s = signatures.c
    rows = tx.execute(
        select(s.resident_id, s.dose_no, s.at).where(
            s.resident_id.in_({one[0] for one in shown}), s.minutes.is_(None)
        )
    ).all()
    denied = 0
    for row in rows:
        as_of = shown.get((row.resident_id, row.dose_no))
        if as_of is not None and as_of > row.at:
            same = (s.resident_id == row.resident_id, s.dose_no == row.dose_no)
            denied += tx.execute(update(signatures).where(*same).values(denied_at=as_of)).rowcount
    return denied
