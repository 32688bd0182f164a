"""Absences: who is away until when, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Connection, Date, ForeignKey, Select, Table, insert, select, update

from storage.columns import Id, UtcTime, metadata

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")  # days are those of the calendar on the wall

absences = Table(
    "absences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("substitute_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("since", UtcTime, nullable=False),
    Column("last_day", Date, nullable=False),  # still away on that day
    Column("ended_at", UtcTime),
)


@dataclass(frozen=True)
class Absence:
    id: int
    staff_id: int
    substitute_id: int
    last_day: date


_COLUMNS = [absences.c[name] for name in Absence.__dataclass_fields__]


def begin(tx: Connection, staff_id: int, substitute_id: int, last_day: date, now: datetime) -> None:
    """The newest word counts."""
    end(tx, staff_id, now)
    tx.execute(
        insert(absences).values(staff_id=staff_id, substitute_id=substitute_id, since=now, last_day=last_day)
    )


def end(tx: Connection, staff_id: int, now: datetime) -> bool:
    """True where they were away."""
    mine = (absences.c.staff_id == staff_id, absences.c.ended_at.is_(None))
    return tx.execute(update(absences).where(*mine).values(ended_at=now)).rowcount > 0


def of(tx: Connection, staff_id: int, today: date) -> Absence | None:
    """The absence of today, where there is one."""
    row = tx.execute(
        select(*_COLUMNS).where(
            absences.c.staff_id == staff_id, absences.c.ended_at.is_(None), absences.c.last_day >= today
        )
    ).first()
    return Absence(*row) if row else None


def passed(tx: Connection, today: date) -> list[Absence]:
    """Those whose last day is over, and of whom nobody has said so yet."""
    over = (absences.c.ended_at.is_(None), absences.c.last_day < today)
    return [Absence(*row) for row in tx.execute(select(*_COLUMNS).where(*over).order_by(absences.c.id))]


def standing_in(substitute_id: int, now: datetime) -> Select[Any]:
    """Of whom this person does the work today, as a part of other questions."""
    return select(absences.c.staff_id).where(
        absences.c.substitute_id == substitute_id,
        absences.c.ended_at.is_(None),
        absences.c.last_day >= now.astimezone(VIETNAM).date(),
    )


def stood_in_for(tx: Connection, substitute_id: int, now: datetime) -> list[int]:
    """The people whose work this person does today."""
    return list(tx.execute(standing_in(substitute_id, now).order_by(absences.c.id)).scalars())
