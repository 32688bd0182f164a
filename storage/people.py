"""Residents as the Platform last said, found through keyed indexes of their numbers and phone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
)

from storage import vault
from storage.columns import Encrypted, Id, UtcTime, metadata

residents = Table(
    "residents",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "ref", LargeBinary(16), nullable=False, unique=True
    ),  # keyed index of the Platform's own person id
    Column("details", Encrypted, nullable=False),
    Column("as_of", UtcTime, nullable=False),
    Column("commune", String(10)),  # of permanent residence, so that a station finds whom it has to clean
    Column("fault", String(8)),  # missing · format · personal: what S4 §1 calls wrong; None: nothing known
)
Index(
    "ix_residents_fault",
    residents.c.commune,
    residents.c.fault,
    sqlite_where=residents.c.fault.isnot(None),
    postgresql_where=residents.c.fault.isnot(None),
)

resident_keys = Table(
    "resident_keys",
    metadata,
    Column("key", LargeBinary(16), primary_key=True),
    Column("resident_id", Id, ForeignKey("residents.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    metadata,
    Column("talk_id", Id, ForeignKey("talks.id"), primary_key=True),
    Column("resident_id", Id, ForeignKey("residents.id"), primary_key=True, index=True),
    Column("proven_at", UtcTime, nullable=False),
)


@dataclass(frozen=True)
class Resident:
    """details: name, birth ("1995-03-05" or "1952"), sex, national_id, old_id, passport, phone, foreign, commune
    ("2025:04585", permanent residence) — each may be missing; exactly what the Platform said at `as_of`."""

    id: int
    details: dict[str, Any]
    as_of: datetime

    @property
    def number(self) -> str | None:
        d = self.details
        return d.get("national_id") or d.get("old_id") or d.get("passport")


def get(tx: Connection, resident_id: int) -> Resident:
    c = residents.c
    return Resident(*tx.execute(select(c.id, c.details, c.as_of).where(c.id == resident_id)).one())


def foreign(tx: Connection, resident_ids: Collection[int]) -> set[int]:
    """Those of them who are no Vietnamese citizens by the last export."""
    c, ids, found = residents.c, list(resident_ids), set[int]()
    for some in (ids[n : n + 500] for n in range(0, len(ids), 500)):
        rows = tx.execute(select(c.id, c.details).where(c.id.in_(some)))
        found |= {row.id for row in rows if row.details.get("foreign")}
    return found


def keys_of(v: vault.Vault, details: dict[str, Any]) -> set[bytes]:
    """Every index under which a person with these details is found."""
    numbers = (details.get(kind) for kind in ("national_id", "old_id", "passport"))
    keys = {v.index("number", number) for number in numbers if number}
    if details.get("phone"):
        keys.add(v.index("phone", details["phone"]))
    return keys


def with_number(tx: Connection, number: str) -> list[Resident]:
    return _with_key(tx, vault.of(tx).index("number", number))


def with_phone(tx: Connection, phone: str) -> list[Resident]:
    return _with_key(tx, vault.of(tx).index("phone", phone))


def _with_key(tx: Connection, key: bytes) -> list[Resident]:
    c = residents.c
    rows = tx.execute(
        select(c.id, c.details, c.as_of)
        .join(resident_keys, resident_keys.c.resident_id == c.id)
        .where(resident_keys.c.key == key)
        .order_by(c.id)
    )
    return [Resident(*row) for row in rows]


def link(tx: Connection, talk_id: int, resident_id: int, now: datetime) -> None:
    """Lets the chat see this record from now on: its holder proved the phone."""
    tx.execute(delete(links).where(links.c.talk_id == talk_id, links.c.resident_id == resident_id))
    tx.execute(insert(links).values(talk_id=talk_id, resident_id=resident_id, proven_at=now))


def linked(tx: Connection, talk_id: int) -> list[Resident]:
    c = residents.c
    rows = tx.execute(
        select(c.id, c.details, c.as_of)
        .join(links, links.c.resident_id == c.id)
        .where(links.c.talk_id == talk_id)
        .order_by(links.c.proven_at, c.id)
    )
    return [Resident(*row) for row in rows]


def chats_of(tx: Connection, resident_id: int) -> list[int]:
    """The chats that see this record, the last proven first."""
    c = links.c
    found = select(c.talk_id).where(c.resident_id == resident_id).order_by(c.proven_at.desc(), c.talk_id)
    return list(tx.execute(found).scalars())


def unlink(tx: Connection, talk_id: int) -> None:
    tx.execute(delete(links).where(links.c.talk_id == talk_id))
