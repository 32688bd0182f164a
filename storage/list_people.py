"""The people of verification lists: what was known of each, what the police said, and what became of it."""

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
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.lists import LIVE, lists

list_people = Table(
    "list_people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list_id", Id, ForeignKey("lists.id"), nullable=False),
    Column("place", Integer, nullable=False),  # its number on the list, from 1
    Column("key", String(12), nullable=False),  # what finds the row again in a workbook, whatever its order
    Column("resident_id", Id, ForeignKey("residents.id"), index=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), index=True),
    Column("person_key", LargeBinary(16), index=True),  # keyed index of the right number, from its return on
    Column("fault", String(8)),  # missing · format · personal; None: of a site's own round
    Column("given", Encrypted, nullable=False),
    Column("reviewed", Encrypted),  # what the hamlet's team said
    Column("verdict", String(10)),  # matches · differs · unknown · supplement
    Column("corrected", Encrypted),
    Column("words", Encrypted),  # of the police: what has to be supplemented, or a remark
    Column("verdict_at", UtcTime),
    Column("verdict_by", Id, ForeignKey("staff.id")),
    Column("updated_at", UtcTime),  # ticked off as entered on the Platform
    Column("updated_by", Id, ForeignKey("staff.id")),
    Column("outcome", String(16)),  # of the letters, where it cannot be put right
    Column("checked", String(8)),  # right · wrong: what an export showed after that
    Column("checked_at", UtcTime),
    UniqueConstraint("list_id", "place"),
    UniqueConstraint("list_id", "key"),
)
Index("ix_list_people_verdict", list_people.c.list_id, list_people.c.verdict)


@dataclass(frozen=True)
class Line:
    """given: name, birth, sex, number, residence (words), shown (what the Platform has, by field), phone (for the
    maker's eyes) — each may be missing. corrected: {field: value} that the police corrected."""

    id: int
    list_id: int
    place: int
    key: str
    resident_id: int | None
    ticket_id: int | None
    fault: str | None
    given: dict[str, Any]
    reviewed: str | None
    verdict: str | None
    corrected: dict[str, str] | None
    words: str | None
    verdict_at: datetime | None
    verdict_by: int | None
    updated_at: datetime | None
    updated_by: int | None
    outcome: str | None
    checked: str | None
    checked_at: datetime | None

    @property
    def settled(self) -> bool:
        """Nothing is left to do: seen right, or an outcome of the letters."""
        return self.checked == "right" or self.outcome is not None


@dataclass(frozen=True)
class Counts:
    """said: with a verdict; n: all."""

    n: int
    matches: int
    differs: int
    unknown: int
    supplement: int
    updated: int
    settled: int

    @property
    def said(self) -> int:
        return self.matches + self.differs + self.unknown + self.supplement


_LINE = [list_people.c[name] for name in Line.__dataclass_fields__]


def add(
    tx: Connection,
    list_id: int,
    key: str,
    given: dict[str, Any],
    *,
    fault: str | None = None,
    resident_id: int | None = None,
    ticket_id: int | None = None,
) -> Line:
    last = select(func.coalesce(func.max(list_people.c.place), 0)).where(list_people.c.list_id == list_id)
    values = {"list_id": list_id, "place": int(tx.execute(last).scalar_one()) + 1, "key": key, "given": given, "fault": fault,
                  "resident_id": resident_id, "ticket_id": ticket_id}  # fmt: skip
    return Line(*tx.execute(insert(list_people).values(**values).returning(*_LINE)).one())


def drop(tx: Connection, line: Line) -> None:
    """Of a draft only; those behind it move up when the list is numbered."""
    tx.execute(delete(list_people).where(list_people.c.id == line.id))


def number_through(tx: Connection, list_id: int) -> None:
    """1, 2, 3 without gaps, as the list leaves the draft."""
    for place, line in enumerate(of_list(tx, list_id), 1):
        if line.place != place:
            tx.execute(update(list_people).where(list_people.c.id == line.id).values(place=place))


def get(tx: Connection, line_id: int) -> Line:
    return Line(*tx.execute(select(*_LINE).where(list_people.c.id == line_id)).one())


def at_place(tx: Connection, list_id: int, place: int) -> Line | None:
    row = tx.execute(
        select(*_LINE).where(list_people.c.list_id == list_id, list_people.c.place == place)
    ).first()
    return Line(*row) if row else None


def of_list(tx: Connection, list_id: int, limit: int | None = None, offset: int = 0) -> list[Line]:
    found = select(*_LINE).where(list_people.c.list_id == list_id).order_by(list_people.c.place)
    rows = tx.execute(found.limit(limit).offset(offset) if limit is not None else found)
    return [Line(*row) for row in rows]


def counts(tx: Connection, list_id: int) -> Counts:
    c = list_people.c
    said = (
        func.count().filter(c.verdict == name) for name in ("matches", "differs", "unknown", "supplement")
    )
    settled = (c.checked == "right") | c.outcome.isnot(None)
    row = tx.execute(
        select(func.count(), *said, func.count(c.updated_at), func.count().filter(settled)).where(
            c.list_id == list_id
        )
    ).one()
    return Counts(*map(int, row))


def change(tx: Connection, line: Line, **values: object) -> Line:
    row = tx.execute(
        update(list_people).where(list_people.c.id == line.id).values(**values).returning(*_LINE)
    )
    return Line(*row.one())


def of_ticket(tx: Connection, ticket_id: int) -> Line | None:
    """Its place on a list that is not finished or given up; a ticket stands on one at a time."""
    c = list_people.c
    row = tx.execute(_live().where(c.ticket_id == ticket_id)).first()
    return Line(*row) if row else None


def of_resident(tx: Connection, resident_id: int) -> Line | None:
    row = tx.execute(_live().where(list_people.c.resident_id == resident_id)).first()
    return Line(*row) if row else None


def _live() -> Any:
    c = list_people.c
    open_ = (c.outcome.is_(None), c.checked.is_distinct_from("right"), lists.c.state.in_(LIVE))
    return select(*_LINE).join(lists, lists.c.id == c.list_id).where(*open_).order_by(c.id.desc()).limit(1)


def to_check(tx: Connection, resident_ids: Collection[int], keys: Collection[bytes]) -> list[Row[Any]]:
    """(id, resident_id, person_key, verdict_at, updated_at) of those that are back and that an export may settle."""
    c = list_people.c
    mine = c.resident_id.in_(list(resident_ids)) | c.person_key.in_(list(keys))
    back = (lists.c.state.in_(("back", "done")), c.verdict.in_(("matches", "differs")), c.outcome.is_(None))
    return list(
        tx.execute(
            select(c.id, c.resident_id, c.person_key, c.verdict_at, c.updated_at)
            .join(lists, lists.c.id == c.list_id)
            .where(mine, *back, c.checked.is_distinct_from("right"))
        )
    )


def any_to_check(tx: Connection) -> bool:
    found = select(lists.c.id).where(lists.c.state == "back").limit(1)
    return tx.execute(found).first() is not None
