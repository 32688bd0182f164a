"""Codes that work once: only their hash is stored, and whoever comes second finds them spent."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, update


def hash_of(code: str) -> bytes:
    return hashlib.sha256(code.strip().upper().encode()).digest()


def spend(
    tx: Connection, table: Table, code: str, machine_now: datetime, *columns: Column[Any]
) -> Row[Any] | None:
    """These columns of the code's row, spent from now on; None where it is unknown, used or too old."""
    return tx.execute(
        update(table)
        .where(
            table.c.code_hash == hash_of(code), table.c.used_at.is_(None), table.c.expires_at > machine_now
        )
        .values(used_at=machine_now)
        .returning(*columns)
    ).first()
