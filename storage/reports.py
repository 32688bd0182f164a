"""Reports: what a resident sends at once, under one code, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    CompoundSelect,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    union,
)

from storage import vault
from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.people import links

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("talk_id", Id, ForeignKey("talks.id"), index=True),  # None: imported, nobody has claimed it yet
    Column("resident_id", Id, ForeignKey("residents.id"), index=True),
    Column("about", Encrypted, nullable=False),
    Column("phone_key", LargeBinary(16), index=True),
    Column("proven", Boolean, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("import_ref", LargeBinary(16), unique=True),
    Column("erased", Boolean, nullable=False, server_default="0"),  # see storage/erasing.py
)

watchers = Table(
    "watchers",
    metadata,
    Column("report_id", Id, ForeignKey("reports.id"), primary_key=True),
    Column("talk_id", Id, ForeignKey("talks.id"), primary_key=True, index=True),
)


@dataclass(frozen=True)
class Report:
    """about: name, birth, sex, number, phone, foreign, permanent, current — what the resident said of the person."""

    id: int
    code: str
    talk_id: int | None
    resident_id: int | None
    about: dict[str, Any]
    proven: bool
    channel: str
    received_at: datetime


_COLUMNS = [reports.c[name] for name in Report.__dataclass_fields__]


def add(
    tx: Connection,
    *,
    code: str,
    talk_id: int | None,
    resident_id: int | None,
    about: dict[str, Any],
    proven: bool,
    channel: str,
    received_at: datetime,
    import_ref: bytes | None = None,
) -> Report:
    phone = about.get("phone")
    row = tx.execute(
        insert(reports)
        .values(
            code=code,
            talk_id=talk_id,
            resident_id=resident_id,
            about=about,
            phone_key=vault.of(tx).index("phone", phone) if phone else None,
            proven=proven,
            channel=channel,
            received_at=received_at,
            import_ref=import_ref,
        )
        .returning(*_COLUMNS)
    ).one()
    report = Report(*row)
    if talk_id is not None:
        watch(tx, report.id, talk_id)
    return report


def get(tx: Connection, report_id: int) -> Report:
    return Report(*tx.execute(select(*_COLUMNS).where(reports.c.id == report_id)).one())


def by_code(tx: Connection, code: str) -> Report | None:
    row = tx.execute(select(*_COLUMNS).where(reports.c.code == code)).first()
    return Report(*row) if row else None


def code_taken(tx: Connection, code: str) -> bool:
    return tx.execute(select(reports.c.id).where(reports.c.code == code)).first() is not None


def watch(tx: Connection, report_id: int, talk_id: int) -> None:
    """Lets the chat follow this report from now on."""
    tx.execute(delete(watchers).where(watchers.c.report_id == report_id, watchers.c.talk_id == talk_id))
    tx.execute(insert(watchers).values(report_id=report_id, talk_id=talk_id))


def unwatch(tx: Connection, talk_id: int) -> None:
    tx.execute(delete(watchers).where(watchers.c.talk_id == talk_id))


# A chat follows what was filed or opened there, and what was filed with proof of a record that it has proven too: the
# same person in another channel, or the family. What somebody filed without proof is opened by its code only.
_FOLLOWED = select(watchers.c.talk_id, watchers.c.report_id)
_PROVEN = (
    select(links.c.talk_id, reports.c.id.label("report_id"))
    .join(reports, reports.c.resident_id == links.c.resident_id)
    .where(reports.c.proven)
)


def _seen_by(talk_id: int) -> CompoundSelect[int]:
    return union(
        _FOLLOWED.with_only_columns(watchers.c.report_id).where(watchers.c.talk_id == talk_id),
        _PROVEN.with_only_columns(reports.c.id).where(links.c.talk_id == talk_id),
    )


def _who_sees(report_id: int) -> CompoundSelect[int]:
    return union(
        _FOLLOWED.with_only_columns(watchers.c.talk_id).where(watchers.c.report_id == report_id),
        _PROVEN.with_only_columns(links.c.talk_id).where(reports.c.id == report_id),
    )


def watched(tx: Connection, talk_id: int) -> list[Report]:
    """The reports that this chat follows, newest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(reports.c.id.in_(_seen_by(talk_id)))
        .order_by(reports.c.received_at.desc(), reports.c.id.desc())
    )
    return [Report(*row) for row in rows]


def watching(tx: Connection, report_id: int) -> list[int]:
    """The talks to which every change of the report may be told."""
    return sorted(tx.execute(_who_sees(report_id)).scalars())


def may_see(tx: Connection, report_id: int, talk_id: int) -> bool:
    found = union(
        _FOLLOWED.where(watchers.c.report_id == report_id, watchers.c.talk_id == talk_id),
        _PROVEN.where(reports.c.id == report_id, links.c.talk_id == talk_id),
    )
    return tx.execute(found).first() is not None
