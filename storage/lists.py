"""Verification lists: people whose identity commune police compare with the population database, with a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from storage.columns import Encrypted, Id, UtcTime, metadata

AWAY = ("through", "hamlet", "police")  # with somebody else
LIVE = ("draft", *AWAY, "back")

lists = Table(
    "lists",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(10), nullable=False),  # cleaning · tickets · round
    Column("maker_id", Id, ForeignKey("units.id"), nullable=False),
    Column("police_id", Id, ForeignKey("units.id"), nullable=False),
    Column("through_id", Id, ForeignKey("units.id")),
    Column("copy_id", Id, ForeignKey("units.id")),
    Column("title", Encrypted),  # a name for people, as of a site's own round
    Column("year", SmallInteger),
    Column("number", Integer),
    Column("day", Date),
    Column("due_at", UtcTime),
    Column("finish_by", UtcTime),  # of the cleaning campaign (S4)
    Column("state", String(8), nullable=False),  # draft · through · hamlet · police · back · done · dropped
    Column("version", Integer, nullable=False, server_default="1"),
    Column("made_by", Id, ForeignKey("staff.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("returned_at", UtcTime),
    Column("signed", Encrypted),  # {"ref", "day", "by"}: the police's reference, its date, the signatory
    Column("erased", Boolean, nullable=False, server_default="0"),
    UniqueConstraint("maker_id", "year", "number"),
)
Index("ix_lists_maker", lists.c.maker_id, lists.c.state)
Index("ix_lists_police", lists.c.police_id, lists.c.state)
Index("ix_lists_through", lists.c.through_id, lists.c.state)
Index("ix_lists_copy", lists.c.copy_id, lists.c.state)

list_events = Table(
    "list_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list_id", Id, ForeignKey("lists.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("what", String(20), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id")),  # None: the desk itself
    Column("details", Encrypted, nullable=False),
)


@dataclass(frozen=True)
class List:
    """kind: cleaning · tickets · round. number, day, due_at: from the day on which it leaves the draft. through_id: the
    People's Committee that a site's own list goes through; copy_id: the station that gets a copy of it (S1)."""

    id: int
    kind: str
    maker_id: int
    police_id: int
    through_id: int | None
    copy_id: int | None
    title: str | None
    year: int | None
    number: int | None
    day: date | None
    due_at: datetime | None
    finish_by: datetime | None
    state: str
    version: int
    made_by: int
    made_at: datetime
    returned_at: datetime | None
    signed: dict[str, str] | None


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: str
    staff_id: int | None
    details: dict[str, Any]


class Changed(Exception):
    """Somebody else changed the list meanwhile."""


_LIST = [lists.c[name] for name in List.__dataclass_fields__]


def add(
    tx: Connection,
    *,
    kind: str,
    maker_id: int,
    police_id: int,
    through_id: int | None,
    copy_id: int | None,
    title: str | None,
    finish_by: datetime | None,
    made_by: int,
    made_at: datetime,
) -> List:
    """A draft, without number and date yet."""
    values = {"kind": kind, "maker_id": maker_id, "police_id": police_id, "through_id": through_id, "copy_id": copy_id,
                  "title": title, "finish_by": finish_by, "state": "draft", "made_by": made_by, "made_at": made_at}  # fmt: skip
    return List(*tx.execute(insert(lists).values(**values).returning(*_LIST)).one())


def get(tx: Connection, list_id: int) -> List:
    return List(*tx.execute(select(*_LIST).where(lists.c.id == list_id)).one())


def find(tx: Connection, list_id: int) -> List | None:
    row = tx.execute(select(*_LIST).where(lists.c.id == list_id)).first()
    return List(*row) if row else None


def change(tx: Connection, found: List, **values: object) -> List:
    """Writes these columns where the list is still as it was read; raises Changed otherwise."""
    row = tx.execute(
        update(lists)
        .where(lists.c.id == found.id, lists.c.version == found.version)
        .values(version=lists.c.version + 1, **values)
        .returning(*_LIST)
    ).first()
    if row is None:
        raise Changed(found.id)
    return List(*row)


def hold(tx: Connection, found: List) -> None:
    """Until the turn's end nobody else sends it on or gives it back; raises Changed where somebody has."""
    same = update(lists).where(lists.c.id == found.id, lists.c.version == found.version)
    if tx.execute(same.values(version=found.version)).rowcount != 1:
        raise Changed(found.id)


def held(tx: Connection, list_id: int) -> List:
    """As it is now; until the turn's end nobody else changes it."""
    found = select(*_LIST).where(lists.c.id == list_id)
    return List(*tx.execute(found.with_for_update(key_share=True)).one())


def newest_draft(tx: Connection, unit_ids: list[int], kind: str) -> List | None:
    c = lists.c
    mine = (c.maker_id.in_(unit_ids), c.state == "draft", c.kind == kind)
    row = tx.execute(select(*_LIST).where(*mine).order_by(c.id.desc()).limit(1)).first()
    return List(*row) if row else None


def next_number(tx: Connection, maker_id: int, year: int) -> int:
    """The unit's own count in this year."""
    highest = select(func.max(lists.c.number)).where(lists.c.maker_id == maker_id, lists.c.year == year)
    return int(tx.execute(highest).scalar() or 0) + 1


def at(tx: Connection, unit_ids: list[int], limit: int, offset: int = 0) -> tuple[list[List], int]:
    """Lists that concern these units and are not finished, the earliest due first, drafts last; and how many."""
    return _page(tx, [concerns(unit_ids), lists.c.state.in_(LIVE)], limit, offset)


def ended(tx: Connection, unit_ids: list[int], limit: int, offset: int = 0) -> tuple[list[List], int]:
    """Those that are finished or given up, once they had a number."""
    over = (lists.c.state.in_(("done", "dropped")), lists.c.number.isnot(None))
    return _page(tx, [concerns(unit_ids), *over], limit, offset)


def concerns(unit_ids: list[int]) -> ColumnElement[bool]:
    """The maker's at any time; the others' from when it reached them."""
    c = lists.c
    begun = c.state != "draft"
    return (
        c.maker_id.in_(unit_ids)
        | (c.police_id.in_(unit_ids) & c.state.in_(("police", "back", "done")))
        | (c.through_id.in_(unit_ids) & begun)
        | (c.copy_id.in_(unit_ids) & begun)
    )


def _page(
    tx: Connection, where: list[ColumnElement[bool]], limit: int, offset: int
) -> tuple[list[List], int]:
    n = int(tx.execute(select(func.count()).select_from(lists).where(*where)).scalar_one())
    order = (lists.c.due_at.is_(None), lists.c.due_at, lists.c.id)
    rows = tx.execute(select(*_LIST).where(*where).order_by(*order).limit(limit).offset(offset))
    return [List(*row) for row in rows], n


def happened(
    tx: Connection, list_id: int, at_: datetime, what: str, staff_id: int | None, **details: object
) -> None:
    tx.execute(
        insert(list_events).values(list_id=list_id, at=at_, what=what, staff_id=staff_id, details=details)
    )


def newest(tx: Connection, list_id: int, n: int) -> list[Happened]:
    """What happened last, in order."""
    c = list_events.c
    found = select(c.at, c.what, c.staff_id, c.details).where(c.list_id == list_id)
    rows = tx.execute(found.order_by(c.at.desc(), c.id.desc()).limit(n)).all()
    return [Happened(*row) for row in reversed(rows)]


def history(tx: Connection, list_id: int) -> list[Happened]:
    c = list_events.c
    rows = tx.execute(
        select(c.at, c.what, c.staff_id, c.details).where(c.list_id == list_id).order_by(c.at, c.id)
    )
    return [Happened(*row) for row in rows]
