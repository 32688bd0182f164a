"""Canned answers of a unit's own: words that its people send again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, insert, or_, select, update

from storage.columns import Encrypted, Id, UtcTime, metadata

canned = Table(
    "canned",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False, index=True),
    Column("kind", String(20)),  # of tickets; None: every kind
    Column("outcome", String(12), nullable=False),  # answer · ask · approve · reject · later
    Column("words", Encrypted, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
)


@dataclass(frozen=True)
class Canned:
    id: int
    unit_id: int
    kind: str | None
    outcome: str
    words: str
    staff_id: int  # who added it


_COLUMNS = [canned.c[name] for name in Canned.__dataclass_fields__]


def add(
    tx: Connection, unit_id: int, kind: str | None, outcome: str, words: str, staff_id: int, now: datetime
) -> int:
    made: int = tx.execute(
        insert(canned)
        .values(unit_id=unit_id, kind=kind, outcome=outcome, words=words, staff_id=staff_id, made_at=now)
        .returning(canned.c.id)
    ).scalar_one()
    return made


def of_unit(
    tx: Connection, unit_id: int, kind: str | None = None, outcome: str | None = None
) -> list[Canned]:
    """Those that fit; without kind and outcome, all."""
    found = select(*_COLUMNS).where(canned.c.unit_id == unit_id, canned.c.removed_at.is_(None))
    if kind is not None:
        found = found.where(or_(canned.c.kind == kind, canned.c.kind.is_(None)))
    if outcome is not None:
        found = found.where(canned.c.outcome == outcome)
    return [Canned(*row) for row in tx.execute(found.order_by(canned.c.id))]


def get(tx: Connection, canned_id: int) -> Canned | None:
    row = tx.execute(select(*_COLUMNS).where(canned.c.id == canned_id, canned.c.removed_at.is_(None))).first()
    return Canned(*row) if row else None


def remove(tx: Connection, canned_id: int, now: datetime) -> None:
    tx.execute(update(canned).where(canned.c.id == canned_id).values(removed_at=now))
