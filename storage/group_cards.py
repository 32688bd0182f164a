"""Group cards: the card of each ticket in its unit's groups, and which of them no longer show what is true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from storage import outbox
from storage.groups import LIVE, group_cards, groups
from storage.tickets import tickets

# How near the deadline is; a card shows «VERSION:NEARNESS», and changes when either does.
NEAR = (("6", timedelta(hours=6)), ("12", timedelta(hours=12)), ("24", timedelta(hours=24)))
OVERDUE, FAR, ENDED = "over", "far", "ended"
URGENT = (OVERDUE, "6", "12")
COUNTED = 0  # in place of a card: the group's summary counts the ticket
DONE = "done"  # the last state of a card: closed, or at another unit


@dataclass(frozen=True)
class Due:
    """A ticket whose card is missing or shows what is no longer so; shown: None where there was none."""

    ticket_id: int
    version: int
    nearness: str  # over · 6 · 12 · 24 · far · ended
    outbox_id: int | None
    shown: str | None

    @property
    def state(self) -> str:
        return f"{self.version}:{self.nearness}"


def _nearness(now: datetime) -> ColumnElement[str]:
    steps = [(tickets.c.due_at <= now + time, name) for name, time in NEAR]
    return case((tickets.c.due_at <= now, OVERDUE), *steps, else_=FAR)


def _columns(nearness: ColumnElement[str]) -> Select[Any]:
    return select(
        tickets.c.id, tickets.c.version, nearness, group_cards.c.outbox_id, group_cards.c.shown
    ).order_by(tickets.c.due_at, tickets.c.id)


def _open(now: datetime) -> Select[Any]:
    """Open tickets of the group's unit that have no card, or one of another state. What is only counted gets a card
    when it becomes urgent, or comes back after it was done."""
    nearness = _nearness(now)
    state = cast(tickets.c.version, String) + ":" + nearness
    urgent = and_(nearness.in_(URGENT), group_cards.c.shown != nearness)
    counted = group_cards.c.outbox_id == COUNTED
    there = and_(group_cards.c.group_id == groups.c.id, group_cards.c.ticket_id == tickets.c.id)
    return (
        _columns(nearness)
        .select_from(groups)
        .join(tickets, and_(tickets.c.unit_id == groups.c.unit_id, tickets.c.state == "open"))
        .outerjoin(group_cards, there)
        .where(
            groups.c.removed_at.is_(None),
            or_(
                group_cards.c.ticket_id.is_(None),
                and_(counted, or_(group_cards.c.shown == DONE, urgent)),
                and_(~counted, group_cards.c.shown != state),
            ),
        )
    )


def _ended() -> Select[Any]:
    """Cards with buttons whose ticket is closed or at another unit."""
    return (
        _columns(literal(ENDED))
        .select_from(group_cards)
        .join(groups, groups.c.id == group_cards.c.group_id)
        .join(tickets, tickets.c.id == group_cards.c.ticket_id)
        .where(
            LIVE,
            groups.c.removed_at.is_(None),
            or_(tickets.c.state != "open", tickets.c.unit_id != groups.c.unit_id),
        )
    )


def due(tx: Connection, group_id: int, now: datetime, limit: int) -> list[Due]:
    """What of this group must change, least time left first."""
    found: list[Due] = []
    for asked in (_open(now), _ended()):
        rows = tx.execute(asked.where(groups.c.id == group_id).limit(limit - len(found)))
        found += [Due(*row) for row in rows]
    return found


def due_one(tx: Connection, group_id: int, ticket_id: int, now: datetime) -> Due | None:
    for asked in (_open(now), _ended()):
        row = tx.execute(asked.where(groups.c.id == group_id, tickets.c.id == ticket_id)).first()
        if row:
            return Due(*row)
    return None


def groups_due(tx: Connection, now: datetime) -> list[int]:
    """The groups in which something must change."""
    found: set[int] = set()
    for asked in (_open(now), _ended()):
        ids = asked.with_only_columns(groups.c.id).order_by(None).distinct()
        found.update(tx.execute(ids).scalars())
    return sorted(found)


def keep(tx: Connection, group_id: int, ticket_id: int, outbox_id: int, shown: str) -> None:
    add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    values = {"outbox_id": outbox_id, "shown": shown}
    tx.execute(
        add(group_cards)
        .values(group_id=group_id, ticket_id=ticket_id, **values)
        .on_conflict_do_update(index_elements=["group_id", "ticket_id"], set_=values)
    )


def count_only(tx: Connection, group_id: int, now: datetime) -> int:
    """Whatever is open and has no card is only counted from now on; how many tickets that were."""
    fresh = (
        _open(now)
        .with_only_columns(groups.c.id, tickets.c.id, literal(COUNTED), _nearness(now))
        .order_by(None)
    )
    fresh = fresh.where(groups.c.id == group_id, group_cards.c.ticket_id.is_(None))
    names = ["group_id", "ticket_id", "outbox_id", "shown"]
    return tx.execute(group_cards.insert().from_select(names, fresh)).rowcount


def has(tx: Connection, group_id: int, ticket_id: int) -> bool:
    """Whether the ticket has, or had, a card in this group."""
    found = select(group_cards.c.outbox_id).where(
        group_cards.c.group_id == group_id,
        group_cards.c.ticket_id == ticket_id,
        group_cards.c.outbox_id != COUNTED,
    )
    return tx.execute(found).first() is not None


def ticket_of(tx: Connection, channel: str, chat: str, outbox_id: int) -> int | None:
    """The ticket that a message of ours in this group is about: its card, now or before, or a word about it."""
    row = outbox.find(tx, outbox_id)
    if row is None or row.channel != channel or row.chat != chat:
        return None
    return (row.body or {}).get("ticket")


def numbers(tx: Connection, unit_id: int, now: datetime) -> tuple[int, int, int | None]:
    """(open, overdue, the ticket that is due next) of a unit."""
    here = (tickets.c.unit_id == unit_id, tickets.c.state == "open")
    late = func.sum(case((tickets.c.due_at <= now, 1), else_=0))
    row = tx.execute(select(func.count(), late).where(*here)).one()
    coming = select(tickets.c.id).where(*here, tickets.c.due_at > now)
    first = tx.execute(coming.order_by(tickets.c.due_at, tickets.c.id).limit(1)).scalar()
    return int(row[0]), int(row[1] or 0), first
