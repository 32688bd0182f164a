"""Signing: the doses of a day that a site has signed on the Platform or confirmed by minutes, and when it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    func,
    select,
)

from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.deadlines import insert_for
from storage.queue import queue_columns, queue_indexes

signatures = Table(
    "signatures",
    metadata,
    Column("resident_id", Id, ForeignKey("residents.id"), primary_key=True),
    Column("dose_no", SmallInteger, primary_key=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False, index=True),
    Column("day", Date, nullable=False),  # of the dose
    Column("at", UtcTime, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("minutes", Encrypted),  # {"number", "day"} of the biên bản that stands in for a signature (S1)
    Column("denied_at", UtcTime),  # as of the export that shows it unsigned after all
)

signing_rungs = Table(
    "signing_rungs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("rung", String(10), nullable=False),  # ask · ask:HH · next:HH of a site; end · morning of the desk
    *queue_columns(),
    UniqueConstraint("unit_id", "day", "rung"),
)
queue_indexes(signing_rungs)

OF_THE_DESK = ("end", "morning")
AT_ONCE = 500


def plan(tx: Connection, unit_id: int, day: date, rung: str, run_at: datetime) -> None:
    """The same rung of a day twice stays one."""
    values: dict[str, Any] = {"unit_id": unit_id, "day": day, "rung": rung, "run_at": run_at}
    tx.execute(
        insert_for(tx, signing_rungs)
        .values(**values, lane=f"signing:{unit_id}:{day.isoformat()}:{rung}")
        .on_conflict_do_nothing(index_elements=["unit_id", "day", "rung"])
    )


def first_asked(tx: Connection) -> date | None:
    """The earliest day about which a site was asked; an older backlog rings nowhere."""
    r = signing_rungs.c
    found: date | None = tx.execute(select(func.min(r.day)).where(r.rung.not_in(OF_THE_DESK))).scalar()
    return found


def asked(tx: Connection, unit_ids: Iterable[int]) -> set[tuple[int, date]]:
    """(unit, day) of these units about which they were asked."""
    r, some = signing_rungs.c, sorted(set(unit_ids))
    found: set[tuple[int, date]] = set()
    for at in range(0, len(some), AT_ONCE):
        here = (r.unit_id.in_(some[at : at + AT_ONCE]), r.rung.not_in(OF_THE_DESK))
        found |= {(row[0], row[1]) for row in tx.execute(select(r.unit_id, r.day).where(*here))}
    return found
