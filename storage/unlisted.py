"""Open identity tickets of a station that stand on no verification list yet."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from storage.list_people import list_people, still_open
from storage.lists import lists
from storage.tickets import _TICKET, Ticket, tickets


def waiting(
    tx: Connection, unit_id: int, limit: int, offset: int = 0, not_kinds: tuple[str, ...] = ()
) -> list[Ticket]:
    """Least time left first."""
    t, c = tickets.c, list_people.c
    on = select(c.id).join(lists, lists.c.id == c.list_id).where(c.ticket_id == t.id, *still_open())
    found = select(*_TICKET).where(
        t.unit_id == unit_id,
        t.state == "open",
        t.axis == "identity",
        t.kind.not_in(not_kinds),
        ~exists(on.correlate(tickets)),
    )
    rows = tx.execute(found.order_by(t.due_at, t.id).limit(limit).offset(offset))
    return [Ticket(*row) for row in rows]
