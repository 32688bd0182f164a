"""Tickets: one responsible unit's part of a report, with the rounds of its clock and the stays at its units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    insert,
    select,
    update,
)

from storage.columns import Encrypted, Id, UtcTime, metadata

OF_THE_SITE = ("other",)  # complaints about the unit itself: its head's, not everybody's there

tickets = Table(
    "tickets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report_id", Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("axis", String(10), nullable=False),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),
    Column("copy_to", Id, ForeignKey("units.id")),
    Column("holder_id", Id, ForeignKey("staff.id")),
    Column("state", String(10), nullable=False),  # open · closed
    Column("version", Integer, nullable=False, server_default="1"),
    Column("changes", Encrypted, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("later_until", Date),
    Column("round_id", Id),  # the current round; no key, because the two tables name each other
    Column("due_at", UtcTime, nullable=False),  # of the current round, so that a queue is one index
    Column(
        "clock", String(8), nullable=False, server_default="letter"
    ),  # letter: 48 hours (S1) · own: the desk's own
    Column(
        "owed", Boolean, nullable=False, server_default=false()
    ),  # was to be done on the day of the dose (S2)
)
Index("ix_tickets_queue", tickets.c.unit_id, tickets.c.state, tickets.c.due_at)
Index("ix_tickets_due", tickets.c.state, tickets.c.due_at)

rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("number", SmallInteger, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),  # written once: received + 48 h (S1)
    Column("finish_by", UtcTime),  # the campaign's hard stop
    Column("first_answer_at", UtcTime),
    Column("closed_at", UtcTime),
    Column(
        "outcome", String(12)
    ),  # approved · rejected · withdrawn · settled (the resident said it is right)
    Column("reason", String(40)),
    Column("reopened_at", UtcTime),  # reopened by staff or an import: this round was not kept
    UniqueConstraint("ticket_id", "number"),
)

stays = Table(
    "stays",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False, index=True),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime),
)


@dataclass(frozen=True)
class Ticket:
    """changes: [{"kind", "field", "old", "new", …}], as the forms made them; reasons: why this unit has it."""

    id: int
    report_id: int
    kind: str
    axis: str
    unit_id: int
    copy_to: int | None
    holder_id: int | None
    state: str
    version: int
    changes: list[dict[str, Any]]
    reasons: list[str]
    later_until: date | None
    round_id: int
    due_at: datetime
    clock: str
    owed: bool


@dataclass(frozen=True)
class Round:
    id: int
    ticket_id: int
    number: int
    received_at: datetime
    due_at: datetime
    finish_by: datetime | None
    first_answer_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    reason: str | None
    reopened_at: datetime | None


class Changed(Exception):
    """Somebody else changed the ticket meanwhile."""


_TICKET = [tickets.c[name] for name in Ticket.__dataclass_fields__]
_ROUND = [rounds.c[name] for name in Round.__dataclass_fields__]


def add(
    tx: Connection,
    *,
    report_id: int,
    kind: str,
    axis: str,
    unit_id: int,
    copy_to: int | None,
    changes: list[dict[str, Any]],
    reasons: list[str],
    received_at: datetime,
    due_at: datetime,
    finish_by: datetime | None = None,
    clock: str = "letter",
    owed: bool = False,
) -> Ticket:
    """Opens the ticket with its first round and stay."""
    ticket_id = tx.execute(
        insert(tickets)
        .values(
            report_id=report_id,
            kind=kind,
            axis=axis,
            unit_id=unit_id,
            copy_to=copy_to,
            state="open",
            changes=changes,
            reasons=reasons,
            due_at=due_at,
            clock=clock,
            owed=owed,
        )
        .returning(tickets.c.id)
    ).scalar_one()
    add_round(tx, ticket_id, unit_id, 1, received_at, due_at, finish_by)
    return get(tx, ticket_id)


def add_round(
    tx: Connection,
    ticket_id: int,
    unit_id: int,
    number: int,
    received_at: datetime,
    due_at: datetime,
    finish_by: datetime | None = None,
) -> int:
    round_id: int = tx.execute(
        insert(rounds)
        .values(
            ticket_id=ticket_id, number=number, received_at=received_at, due_at=due_at, finish_by=finish_by
        )
        .returning(rounds.c.id)
    ).scalar_one()
    tx.execute(insert(stays).values(round_id=round_id, unit_id=unit_id, since=received_at))
    tx.execute(
        update(tickets)
        .where(tickets.c.id == ticket_id)
        .values(round_id=round_id, due_at=due_at, state="open", version=tickets.c.version + 1)
    )
    return round_id


def get(tx: Connection, ticket_id: int) -> Ticket:
    return Ticket(*tx.execute(select(*_TICKET).where(tickets.c.id == ticket_id)).one())


def find(tx: Connection, ticket_id: int) -> Ticket | None:
    row = tx.execute(select(*_TICKET).where(tickets.c.id == ticket_id)).first()
    return Ticket(*row) if row else None


def of_report(tx: Connection, report_id: int) -> list[Ticket]:
    rows = tx.execute(select(*_TICKET).where(tickets.c.report_id == report_id).order_by(tickets.c.id))
    return [Ticket(*row) for row in rows]


def round_of(tx: Connection, ticket: Ticket) -> Round:
    return get_round(tx, ticket.round_id)


def get_round(tx: Connection, round_id: int) -> Round:
    return Round(*tx.execute(select(*_ROUND).where(rounds.c.id == round_id)).one())


def change(tx: Connection, ticket: Ticket, **values: object) -> Ticket:
    """Writes these columns where the ticket is still as it was read; raises Changed otherwise."""
    row = tx.execute(
        update(tickets)
        .where(tickets.c.id == ticket.id, tickets.c.version == ticket.version)
        .values(version=tickets.c.version + 1, **values)
        .returning(*_TICKET)
    ).first()
    if row is None:
        raise Changed(ticket.id)
    return Ticket(*row)


def change_round(tx: Connection, round_id: int, **values: object) -> None:
    tx.execute(update(rounds).where(rounds.c.id == round_id).values(**values))


def end_stay(tx: Connection, round_id: int, until: datetime) -> None:
    tx.execute(update(stays).where(stays.c.round_id == round_id, stays.c.until.is_(None)).values(until=until))


def begin_stay(tx: Connection, round_id: int, unit_id: int, since: datetime) -> None:
    tx.execute(insert(stays).values(round_id=round_id, unit_id=unit_id, since=since))


def here_since(tx: Connection, ticket: Ticket) -> datetime | None:
    """Since when its unit has had it, in this round; None once it is closed."""
    c = stays.c
    found = select(c.since).where(c.round_id == ticket.round_id, c.until.is_(None)).order_by(c.id.desc())
    since: datetime | None = tx.execute(found.limit(1)).scalar()
    return since
