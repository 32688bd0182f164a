"""The people of verification lists: what was known of each, what the police said, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
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
from storage.tickets import tickets

BEFORE_POLICE = ("draft", "hamlet", "through")

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
    Column("remark", Encrypted),  # the maker's, beside the outcome
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
    remark: str | None

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


def add_many(tx: Connection, list_id: int, rows: list[dict[str, Any]]) -> None:
    """key, given, fault, resident_id, ticket_id of each, behind those that are on it."""
    last = select(func.coalesce(func.max(list_people.c.place), 0)).where(list_people.c.list_id == list_id)
    first = int(tx.execute(last).scalar_one()) + 1
    made = [{"list_id": list_id, "place": place, **row} for place, row in enumerate(rows, first)]
    for some in (made[n : n + 500] for n in range(0, len(made), 500)):
        tx.execute(insert(list_people), some)


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


def find(tx: Connection, line_id: int) -> Line | None:
    row = tx.execute(select(*_LINE).where(list_people.c.id == line_id)).first()
    return Line(*row) if row else None


def at_place(tx: Connection, list_id: int, place: int) -> Line | None:
    if place >= 1_000_000:  # no list is so long, and no column so wide
        return None
    row = tx.execute(
        select(*_LINE).where(list_people.c.list_id == list_id, list_people.c.place == place)
    ).first()
    return Line(*row) if row else None


def beside(tx: Connection, line: Line) -> tuple[int | None, int | None, int]:
    """The place before and the place behind this one on its list, and how many stand before it."""
    c = list_people.c
    before = c.place < line.place
    row = tx.execute(
        select(
            func.max(c.place).filter(before),
            func.min(c.place).filter(c.place > line.place),
            func.count().filter(before),
        ).where(c.list_id == line.list_id)
    ).one()
    return row[0], row[1], int(row[2])


def lists_of(tx: Connection, keys: Collection[str], unit_ids: Collection[int]) -> set[int]:
    """The lists of these makers or police on which rows with these keys stand."""
    c = list_people.c
    theirs = lists.c.maker_id.in_(list(unit_ids)) | lists.c.police_id.in_(list(unit_ids))
    found = select(c.list_id).distinct().join(lists, lists.c.id == c.list_id)
    return set(tx.execute(found.where(theirs, c.key.in_(list(keys)))).scalars())


def of_list(tx: Connection, list_id: int, limit: int | None = None, offset: int = 0) -> list[Line]:
    found = select(*_LINE).where(list_people.c.list_id == list_id).order_by(list_people.c.place)
    rows = tx.execute(found.limit(limit).offset(offset) if limit is not None else found)
    return [Line(*row) for row in rows]


def unsaid(tx: Connection, list_id: int) -> list[int]:
    """The places of those of whom the police have said nothing yet."""
    c = list_people.c
    found = select(c.place).where(c.list_id == list_id, c.verdict.is_(None)).order_by(c.place)
    return list(tx.execute(found).scalars())


def last_said(tx: Connection, list_id: int) -> datetime | None:
    """When the police said something of anybody on it."""
    c = list_people.c
    found: datetime | None = tx.execute(select(func.max(c.verdict_at)).where(c.list_id == list_id)).scalar()
    return found


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


def match(tx: Connection, lines: Collection[Line], by: int | None, now: datetime) -> int:
    """Says of all of them at once that they match; how many that were."""
    values = {"verdict": "matches", "corrected": None, "words": None, "verdict_at": now, "verdict_by": by}
    said = update(list_people).where(list_people.c.id.in_([line.id for line in lines]))
    return tx.execute(said.values(**values)).rowcount


def of_ticket(tx: Connection, ticket_id: int) -> Line | None:
    """Its place on a list that is not finished or given up; a ticket stands on one at a time."""
    c = list_people.c
    row = tx.execute(_live().where(c.ticket_id == ticket_id)).first()
    return Line(*row) if row else None


def of_resident(tx: Connection, resident_id: int) -> Line | None:
    row = tx.execute(_live().where(list_people.c.resident_id == resident_id)).first()
    return Line(*row) if row else None


def concluded(tx: Connection, ticket_id: int, since: datetime) -> bool:
    """Whether since then a list brought one of the letters' outcomes of this ticket's person."""
    c = list_people.c
    mine = (c.ticket_id == ticket_id, c.outcome.isnot(None), c.verdict_at >= since)
    found = select(c.id).join(lists, lists.c.id == c.list_id).where(*mine, lists.c.state != "dropped")
    return tx.execute(found.limit(1)).first() is not None


def unticketed(tx: Connection, resident_id: int, maker_id: int) -> Line | None:
    """The resident's line on a list of this unit that has not reached the police, and that no ticket stands for."""
    c = list_people.c
    mine = (c.resident_id == resident_id, c.ticket_id.is_(None), lists.c.maker_id == maker_id)
    before = lists.c.state.in_(BEFORE_POLICE)
    row = tx.execute(_live().where(*mine, before)).first()
    return Line(*row) if row else None


def on_live(
    tx: Connection, ticket_ids: Collection[int], resident_ids: Collection[int]
) -> tuple[set[int], set[int]]:
    """Which of these tickets and which of these residents stand on a live list already."""
    c = list_people.c
    found: list[set[int]] = []
    for column, ids in ((c.ticket_id, list(ticket_ids)), (c.resident_id, list(resident_ids))):
        taken: set[int] = set()
        for some in (ids[n : n + 500] for n in range(0, len(ids), 500)):
            rows = tx.execute(
                select(column).join(lists, lists.c.id == c.list_id).where(column.in_(some), *still_open())
            )
            taken |= {int(one) for one in rows.scalars()}
        found.append(taken)
    return found[0], found[1]


def still_open() -> tuple[ColumnElement[bool], ...]:
    """Of a line: on a list that is not finished or given up, and itself not settled."""
    c = list_people.c
    return (c.outcome.is_(None), c.checked.is_distinct_from("right"), lists.c.state.in_(LIVE))


def _live() -> Any:
    c = list_people.c
    found = select(*_LINE).join(lists, lists.c.id == c.list_id).where(*still_open())
    return found.order_by(c.id.desc()).limit(1)


def to_check(tx: Connection, resident_ids: Collection[int], keys: Collection[bytes]) -> list[Row[Any]]:
    """(id, resident_id, person_key, verdict_at, updated_at) of those that are back and that an export may settle."""
    c = list_people.c
    mine = c.resident_id.in_(list(resident_ids)) | c.person_key.in_(list(keys))
    back = (lists.c.state == "back", c.verdict.in_(("matches", "differs")), c.outcome.is_(None))
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


def left(tx: Connection, list_id: int) -> list[tuple[str | None, str | None, bool, int]]:
    """(fault, verdict, ticked off, how many) of those that are not settled."""
    c = list_people.c
    ticked = c.updated_at.isnot(None)
    rows = tx.execute(
        select(c.fault, c.verdict, ticked, func.count())
        .where(c.list_id == list_id, *_unsettled())
        .group_by(c.fault, c.verdict, ticked)
    )
    return [(row[0], row[1], bool(row[2]), row[3]) for row in rows]


def any_left(tx: Connection, list_id: int) -> bool:
    """Whether anybody is not settled."""
    found = select(list_people.c.id).where(list_people.c.list_id == list_id, *_unsettled()).limit(1)
    return tx.execute(found).first() is not None


def first_due(tx: Connection, list_id: int) -> datetime | None:
    """When the first answer is due of the reports that are on it."""
    c = list_people.c
    found: datetime | None = tx.execute(
        select(func.min(tickets.c.due_at))
        .join(list_people, c.ticket_id == tickets.c.id)
        .where(c.list_id == list_id, tickets.c.state == "open")
    ).scalar()
    return found


def by_file(tx: Connection, list_id: int, faults: Collection[str], verdicts: Collection[str]) -> list[Line]:
    """Those with one of these faults that are to be entered on the Platform and not ticked off yet."""
    c = list_people.c
    rows = tx.execute(
        select(*_LINE).where(*_to_enter(list_id, verdicts), c.fault.in_(list(faults))).order_by(c.place)
    )
    return [Line(*row) for row in rows]


def one_by_one(tx: Connection, list_id: int, faults: Collection[str], verdicts: Collection[str]) -> list[int]:
    """The places of those with none of these faults that are to be put right and not ticked off yet."""
    c = list_people.c
    others = c.fault.is_(None) | c.fault.not_in(list(faults))
    found = select(c.place).where(*_to_enter(list_id, verdicts), others).order_by(c.place)
    return list(tx.execute(found).scalars())


def _to_enter(list_id: int, verdicts: Collection[str]) -> tuple[Any, ...]:
    c = list_people.c
    return (c.list_id == list_id, c.verdict.in_(list(verdicts)), c.updated_at.is_(None), *_unsettled())


def said(tx: Connection, list_id: int, verdicts: Collection[str]) -> list[Line]:
    """Those of whom the police said one of these, and that are not settled."""
    c = list_people.c
    mine = (c.list_id == list_id, c.verdict.in_(list(verdicts)))
    return [Line(*row) for row in tx.execute(select(*_LINE).where(*mine, *_unsettled()).order_by(c.place))]


def _unsettled() -> tuple[Any, ...]:
    return (list_people.c.outcome.is_(None), list_people.c.checked.is_distinct_from("right"))
