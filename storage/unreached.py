"""Unreached: tickets whose last news nobody has got; the call list of a unit, and «answered, not delivered» above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Id, UtcTime, metadata

unreached = Table(
    "unreached",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),  # policy time
    Column("what", String(20), nullable=False),  # the news that did not arrive: answered · asked · …
    Column(
        "ways", String(200), nullable=False
    ),  # «zalo=outside,sms=refused»: what was tried, and what came of it
)


@dataclass(frozen=True)
class Unreached:
    ticket_id: int
    since: datetime
    what: str
    ways: tuple[tuple[str, str], ...]


def keep(
    tx: Connection, ticket_id: int, since: datetime, what: str, ways: tuple[tuple[str, str], ...]
) -> None:
    values = {"since": since, "what": what, "ways": ",".join("=".join(way) for way in ways)[:200]}
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(
        insert(unreached)
        .values(ticket_id=ticket_id, **values)
        .on_conflict_do_update(index_elements=["ticket_id"], set_=values)
    )


def get(tx: Connection, ticket_id: int) -> Unreached | None:
    row = tx.execute(select(unreached).where(unreached.c.ticket_id == ticket_id)).first()
    if row is None:
        return None
    ways = tuple((one.partition("=")[0], one.partition("=")[2]) for one in row.ways.split(",") if one)
    return Unreached(row.ticket_id, row.since, row.what, ways)


def clear(tx: Connection, ticket_id: int) -> bool:
    """Somebody knows now; True where it stood on the list."""
    return tx.execute(delete(unreached).where(unreached.c.ticket_id == ticket_id)).rowcount > 0
