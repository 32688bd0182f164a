"""Worklists of supervisors: tickets of the units below them, worst first; never personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, func, select

from storage.approvals import approvals
from storage.reports import reports
from storage.tickets import tickets
from storage.units import units


@dataclass(frozen=True)
class Item:
    ticket_id: int
    code: str
    kind: str
    unit_id: int
    unit: str
    due_at: datetime
    holder_id: int | None
    clock: str


_ITEM = (
    tickets.c.id,
    reports.c.code,
    tickets.c.kind,
    units.c.id,
    units.c.name,
    tickets.c.due_at,
    tickets.c.holder_id,
    tickets.c.clock,
)


@dataclass(frozen=True)
class Page:
    """n: how many tickets the whole list has; alike: all of them at one unit."""

    items: list[Item]
    n: int
    alike: bool


def open_until(tx: Connection, top: list[int], until: datetime | None, limit: int, offset: int) -> Page:
    """Open tickets at or below these units that are due by then (None: all)."""
    where = [tickets.c.state == "open"]
    if until is not None:
        where.append(tickets.c.due_at <= until)
    return _page(tx, top, where, (tickets.c.due_at, tickets.c.id), limit, offset)


def unconfirmed(tx: Connection, top: list[int], limit: int, offset: int) -> Page:
    """Tickets approved there that the Platform has not confirmed, longest first."""
    waiting = select(func.min(approvals.c.approved_at)).where(
        approvals.c.ticket_id == tickets.c.id, approvals.c.state == "waiting"
    )
    return _page(
        tx,
        top,
        [waiting.scalar_subquery().isnot(None)],
        (waiting.scalar_subquery(), tickets.c.id),
        limit,
        offset,
    )


def _page(
    tx: Connection,
    top: list[int],
    where: list[ColumnElement[bool]],
    order: tuple[Any, ...],
    limit: int,
    offset: int,
) -> Page:
    tree = _below(top)
    found = (
        select(*_ITEM)
        .join(tree, tree.c.id == tickets.c.unit_id)
        .join(reports, reports.c.id == tickets.c.report_id)
        .join(units, units.c.id == tickets.c.unit_id)
        .where(*where)
    )
    counted = (
        select(func.count(), func.min(tickets.c.unit_id), func.max(tickets.c.unit_id))
        .select_from(tickets)
        .join(tree, tree.c.id == tickets.c.unit_id)
        .where(*where)
    )
    n, first, last = tx.execute(counted).one()
    rows = tx.execute(found.order_by(*order).limit(limit).offset(offset))
    return Page([Item(*row) for row in rows], int(n), first == last)


def _below(top: list[int]) -> CTE:
    tree = select(units.c.id).where(units.c.id.in_(top)).cte("tree", recursive=True)
    return tree.union(select(units.c.id).where(units.c.parent_id == tree.c.id))
