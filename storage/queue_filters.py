"""The staff's queue: open tickets of some units, or of all below them, narrowed in the ways that staff ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, literal_column, or_, select

from storage.absences import standing_in
from storage.tickets import _TICKET, OF_THE_SITE, Ticket, get, tickets
from storage.units import units

Condition = ColumnElement[bool]
Kinds = tuple[str, ...]


def narrowed(name: str, staff_id: int, now: datetime) -> list[Condition]:
    """name: all · mine · unheld · overdue · later · kind:KIND; an unknown one narrows nothing."""
    if name.startswith("kind:"):
        return [tickets.c.kind == name.removeprefix("kind:")]
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "mine": [or_(tickets.c.holder_id == staff_id, tickets.c.holder_id.in_(standing_in(staff_id, now)))],
        "unheld": [tickets.c.holder_id.is_(None)],
        "overdue": [tickets.c.due_at <= now],
        "later": [tickets.c.later_until.isnot(None)],
    }
    return conditions.get(name, [])


def after(ticket: Ticket, first: Kinds = ()) -> ColumnElement[bool]:
    """Those that stand behind this ticket in the queue."""
    later = or_(
        tickets.c.due_at > ticket.due_at, and_(tickets.c.due_at == ticket.due_at, tickets.c.id > ticket.id)
    )
    rank = 0 if ticket.kind in first else 1 if ticket.owed else 2
    return or_(_rank(first) > rank, and_(_rank(first) == rank, later)) if first else later


def _rank(first: Kinds) -> ColumnElement[int]:
    """What cannot wait; what was to be done on the day of the dose (S2); all else."""
    return case(
        (tickets.c.kind.in_(first), literal_column("0")),
        (tickets.c.owed, literal_column("1")),
        else_=literal_column("2"),
    )


@dataclass(frozen=True)
class Scope:
    """deep: with every unit below; as a question, because a country has more units than a statement may name."""

    tops: tuple[int, ...]
    deep: bool = True
    # Where the reader is no head: complaints about the unit itself are not theirs.
    clerk_at: tuple[int, ...] = ()
    reader: int | None = None

    def holds(self) -> ColumnElement[bool]:
        if not self.clerk_at:
            return self._within()
        theirs = or_(
            tickets.c.kind.not_in(OF_THE_SITE),
            tickets.c.unit_id.not_in(self.clerk_at),
            tickets.c.holder_id == self.reader,
        )
        return and_(self._within(), theirs)

    def _within(self) -> ColumnElement[bool]:
        if not self.deep:
            return tickets.c.unit_id.in_(self.tops)
        tree = select(units.c.id).where(units.c.id.in_(self.tops)).cte("tree", recursive=True)
        tree = tree.union(select(units.c.id).where(units.c.parent_id == tree.c.id))
        return tickets.c.unit_id.in_(select(tree.c.id))


def waiting(
    tx: Connection,
    scope: Scope,
    *where: ColumnElement[bool],
    limit: int = 10,
    offset: int = 0,
    first: Kinds = (),
) -> list[Ticket]:
    """Open tickets, least time left first; above them those of the kinds that come first, then what is owed since its day."""
    found = select(*_TICKET).where(scope.holds(), tickets.c.state == "open", *where)
    order = (*([_rank(first)] if first else []), tickets.c.due_at, tickets.c.id)
    rows = tx.execute(found.order_by(*order).limit(limit).offset(offset))
    return [Ticket(*row) for row in rows]


def how_many(tx: Connection, scope: Scope, *where: ColumnElement[bool]) -> int:
    found = select(func.count()).select_from(tickets).where(scope.holds(), tickets.c.state == "open", *where)
    return int(tx.execute(found).scalar_one())


@dataclass(frozen=True)
class Counts:
    all: int
    mine: int
    unheld: int
    overdue: int
    later: int
    kinds: dict[str, int]

    def of(self, name: str) -> int:
        if name.startswith("kind:"):
            return self.kinds.get(name.removeprefix("kind:"), 0)
        return int(getattr(self, name, self.all))


def counts(tx: Connection, scope: Scope, staff_id: int, now: datetime) -> Counts:
    """How many each filter would show, in one question."""
    names = ("mine", "unheld", "overdue", "later")
    one = literal(1)
    sums = [func.sum(case((narrowed(name, staff_id, now)[0], one), else_=0)) for name in names]
    found = select(tickets.c.kind, func.count(), *sums).where(scope.holds(), tickets.c.state == "open")
    rows = tx.execute(found.group_by(tickets.c.kind).order_by(tickets.c.kind)).all()
    each = [sum(int(row[n]) for row in rows) for n in range(1, 6)]
    return Counts(each[0], each[1], each[2], each[3], each[4], {row[0]: row[1] for row in rows})


def held_at(tx: Connection, staff_id: int, unit_id: int) -> list[Ticket]:
    """Open tickets that this person holds at the unit."""
    found = select(tickets.c.id).where(
        tickets.c.holder_id == staff_id, tickets.c.unit_id == unit_id, tickets.c.state == "open"
    )
    return [get(tx, ticket_id) for ticket_id in tx.execute(found.order_by(tickets.c.id)).scalars()]
