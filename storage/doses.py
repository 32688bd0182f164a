"""Doses as the Platform last said; the desk's own values stand in approvals, never here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    delete,
    select,
)

from storage.columns import Id, UtcTime, metadata

doses = Table(
    "doses",
    metadata,
    Column("resident_id", Id, ForeignKey("residents.id"), primary_key=True),
    Column("dose_no", SmallInteger, primary_key=True),  # «mũi n» as the Platform counts; display only
    Column("dose_class", String(10)),  # primary · additional · booster
    Column("ordinal", SmallInteger),
    Column("vaccine", String(60)),
    Column("day", Date),
    Column("lot", String(40)),
    Column("site_name", String(200)),  # as recorded, for ever
    Column("site_id", Id, ForeignKey("units.id")),
    Column("signed", Boolean),
    Column("as_of", UtcTime, nullable=False),
    sqlite_with_rowid=False,
)
# Only what the Platform says is unsigned; an export without that column says nothing.
Index(
    "ix_doses_unsigned",
    doses.c.site_id,
    doses.c.day,
    sqlite_where=doses.c.signed.is_(False),
    postgresql_where=doses.c.signed.is_(False),
)


@dataclass(frozen=True)
class Dose:
    resident_id: int
    dose_no: int
    dose_class: str | None
    ordinal: int | None
    vaccine: str | None
    day: date | None
    lot: str | None
    site_name: str | None
    site_id: int | None
    signed: bool | None
    as_of: datetime


def of_resident(tx: Connection, resident_id: int) -> list[Dose]:
    rows = tx.execute(
        select(*(doses.c[name] for name in Dose.__dataclass_fields__))
        .where(doses.c.resident_id == resident_id)
        .order_by(doses.c.dose_no)
    )
    return [Dose(*row) for row in rows]


def drop(tx: Connection, resident_id: int, numbers: Iterable[int]) -> None:
    """The Platform no longer has them."""
    tx.execute(delete(doses).where(doses.c.resident_id == resident_id, doses.c.dose_no.in_(list(numbers))))
