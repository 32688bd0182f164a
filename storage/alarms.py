"""Alarms: what the words of an alert are made of, one question for all that a message carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select

from storage.approvals import approvals
from storage.deadlines import alerts
from storage.reports import reports
from storage.tickets import rounds, tickets
from storage.units import units


@dataclass(frozen=True)
class Carried:
    """An alert and its ticket, no personal data. unconfirmed_since: approved, not on the Platform yet."""

    alert_id: int
    rung: str
    round_id: int
    closed_at: datetime | None
    unconfirmed_since: datetime | None
    ticket_id: int
    version: int
    code: str
    kind: str
    unit_id: int
    unit: str
    due_at: datetime
    finish_by: datetime | None
    holder_id: int | None
    copy_to: int | None
    clock: str


_COLUMNS: tuple[Any, ...] = (
    alerts.c.id,
    alerts.c.rung,
    rounds.c.id,
    rounds.c.closed_at,
    approvals.c.approved_at,
    tickets.c.id,
    tickets.c.version,
    reports.c.code,
    tickets.c.kind,
    units.c.id,
    units.c.name,
    rounds.c.due_at,
    rounds.c.finish_by,
    tickets.c.holder_id,
    tickets.c.copy_to,
    tickets.c.clock,
)


def carried(tx: Connection, outbox_id: int) -> list[Carried]:
    """Everything that the message of this outbox row is to say."""
    waiting = and_(approvals.c.round_id == rounds.c.id, approvals.c.state == "waiting")
    rows = tx.execute(
        select(*_COLUMNS)
        .select_from(alerts)
        .join(rounds, rounds.c.id == alerts.c.round_id)
        .join(tickets, tickets.c.id == rounds.c.ticket_id)
        .join(reports, reports.c.id == tickets.c.report_id)
        .join(units, units.c.id == tickets.c.unit_id)
        .outerjoin(approvals, waiting)
        .where(alerts.c.outbox_id == outbox_id, alerts.c.dropped.is_(None))
        .order_by(alerts.c.id)
    )
    return [Carried(*row) for row in rows]
