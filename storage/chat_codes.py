"""Chat codes: one of them, said in another chat, makes that chat the same member of staff's; once, within minutes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, Table, delete, insert, select

from storage.columns import Id, UtcTime, metadata
from storage.one_time import hash_of, spend

chat_codes = Table(
    "chat_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),  # machine time
    Column("used_at", UtcTime),
)


def make(tx: Connection, code: str, staff_id: int, expires_at: datetime) -> None:
    """The person's only living code."""
    drop(tx, staff_id)
    tx.execute(insert(chat_codes).values(code_hash=hash_of(code), staff_id=staff_id, expires_at=expires_at))


def maker_of(tx: Connection, code: str, machine_now: datetime) -> int | None:
    """Whose living code this is; asking does not spend it."""
    c = chat_codes.c
    living = (c.code_hash == hash_of(code), c.used_at.is_(None), c.expires_at > machine_now)
    return tx.execute(select(c.staff_id).where(*living)).scalar()


def use(tx: Connection, code: str, machine_now: datetime) -> int | None:
    """Whose code it was, spent from now on; None where it is unknown, used or too old."""
    row = spend(tx, chat_codes, code, machine_now, chat_codes.c.staff_id)
    return row.staff_id if row else None


def drop(tx: Connection, staff_id: int) -> None:
    """What has not been used dies."""
    tx.execute(delete(chat_codes).where(chat_codes.c.staff_id == staff_id, chat_codes.c.used_at.is_(None)))
