"""Unreached: tickets whose last news nobody has got; the call list of a unit, and «answered, not delivered» above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Id, UtcTime, metadata
from storage.outbox import outbox
from storage.reports import reports
from storage.talks import talks
from storage.tickets import OF_THE_SITE, tickets
from storage.units import units

unreached = Table(
    "unreached",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),  # policy time
    Column("what", String(20), nullable=False),  # the news that did not arrive: answered · asked · …
    Column(
        "ways", String(200), nullable=False
    ),  # «zalo=outside,sms=refused»: what was tried, and what came of it
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),  # as of the ticket, for the list
)
Index("ix_unreached_unit", unreached.c.unit_id, unreached.c.since)

ASKED = "call_back"  # no news: the resident asks for a call, and only the call ends that

Ways = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Unreached:
    ticket_id: int
    since: datetime
    what: str
    ways: Ways


@dataclass(frozen=True)
class Listed(Unreached):
    code: str
    kind: str
    unit_id: int
    unit: str


def keep(tx: Connection, ticket_id: int, since: datetime, what: str, ways: Iterable[tuple[str, str]]) -> None:
    written = ",".join("=".join(way) for way in ways)[:200]
    unit = select(tickets.c.unit_id).where(tickets.c.id == ticket_id).scalar_subquery()
    values: dict[str, Any] = {"since": since, "what": what, "ways": written, "unit_id": unit}
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(
        insert(unreached)
        .values(ticket_id=ticket_id, **values)
        .on_conflict_do_update(index_elements=["ticket_id"], set_=values)
    )


def _ways(written: str) -> Ways:
    return tuple((one.partition("=")[0], one.partition("=")[2]) for one in written.split(",") if one)


def get(tx: Connection, ticket_id: int) -> Unreached | None:
    row = tx.execute(select(unreached).where(unreached.c.ticket_id == ticket_id)).first()
    return Unreached(row.ticket_id, row.since, row.what, _ways(row.ways)) if row else None


def clear(tx: Connection, *ticket_ids: int) -> bool:
    """Somebody knows now; True where any of them stood on the list."""
    told = (unreached.c.ticket_id.in_(ticket_ids), unreached.c.what != ASKED)
    return tx.execute(delete(unreached).where(*told)).rowcount > 0


def called(tx: Connection, ticket_id: int) -> bool:
    """Also where the resident asked for it; True where the ticket stood on the list."""
    return tx.execute(delete(unreached).where(unreached.c.ticket_id == ticket_id)).rowcount > 0


def shown_in(tx: Connection, channel: str, chat: str) -> None:
    """This chat has been shown everything that was told there."""
    filed = (
        select(tickets.c.id)
        .join(reports, reports.c.id == tickets.c.report_id)
        .join(talks, talks.c.id == reports.c.talk_id)
        .where(talks.c.channel == channel, talks.c.chat == chat)
    )
    told = select(outbox.c.ticket_id).where(
        outbox.c.channel == channel,
        outbox.c.chat == chat,
        outbox.c.outcome == "sent",
        outbox.c.ticket_id.isnot(None),
    )
    seen = or_(unreached.c.ticket_id.in_(filed), unreached.c.ticket_id.in_(told))
    tx.execute(delete(unreached).where(seen, unreached.c.what != ASKED))


def move(tx: Connection, ticket_id: int, unit_id: int) -> None:
    """The ticket is with another unit, and so is the call."""
    tx.execute(update(unreached).where(unreached.c.ticket_id == ticket_id).values(unit_id=unit_id))


def at(
    tx: Connection, unit_ids: Sequence[int], limit: int, offset: int = 0, *, only_clerk_at: Sequence[int] = ()
) -> tuple[list[Listed], int]:
    """The call list of these units, longest first, and how many stand on it.

    only_clerk_at: units whose complaints about themselves are not for this reader."""
    hidden = or_(tickets.c.kind.not_in(OF_THE_SITE), unreached.c.unit_id.not_in(only_clerk_at))
    return _listed(tx, limit, offset, unreached.c.unit_id.in_(unit_ids), hidden)


def below(tx: Connection, tops: Sequence[int], limit: int, offset: int = 0) -> tuple[list[Listed], int]:
    """The same of these units and all below them."""
    tree = select(units.c.id).where(units.c.id.in_(tops)).cte("tree", recursive=True)
    tree = tree.union(select(units.c.id).where(units.c.parent_id == tree.c.id))
    return _listed(tx, limit, offset, unreached.c.unit_id.in_(select(tree.c.id)))


def _listed(tx: Connection, limit: int, offset: int, *where: ColumnElement[bool]) -> tuple[list[Listed], int]:
    both = unreached.join(tickets, tickets.c.id == unreached.c.ticket_id)
    n = tx.execute(select(func.count()).select_from(both).where(*where)).scalar_one()
    if not n or not limit:
        return [], int(n)
    whole = both.join(reports, reports.c.id == tickets.c.report_id).join(
        units, units.c.id == unreached.c.unit_id
    )
    named = (reports.c.code, tickets.c.kind, units.c.name.label("unit"))
    found = select(unreached, *named).select_from(whole).where(*where)
    rows = tx.execute(found.order_by(unreached.c.since, unreached.c.ticket_id).limit(limit).offset(offset))
    return [
        Listed(r.ticket_id, r.since, r.what, _ways(r.ways), r.code, r.kind, r.unit_id, r.unit) for r in rows
    ], int(n)
