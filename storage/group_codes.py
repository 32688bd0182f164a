"""Group codes: one of them, said in a group, binds the group to a unit; once, and within a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, Table, insert

from storage.columns import Id, UtcTime, metadata
from storage.one_time import hash_of, spend

group_codes = Table(
    "group_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("expires_at", UtcTime, nullable=False),  # machine time
    Column("used_at", UtcTime),
)


def make(tx: Connection, code: str, unit_id: int, staff_id: int, expires_at: datetime) -> None:
    tx.execute(
        insert(group_codes).values(
            code_hash=hash_of(code), unit_id=unit_id, staff_id=staff_id, expires_at=expires_at
        )
    )


def use(tx: Connection, code: str, machine_now: datetime) -> tuple[int, int] | None:
    """(unit, who made it), and the code is spent; None where it is unknown, used or too old."""
    row = spend(tx, group_codes, code, machine_now, group_codes.c.unit_id, group_codes.c.staff_id)
    return (row.unit_id, row.staff_id) if row else None
