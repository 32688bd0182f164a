"""Whether a ticket still waits for papers that its unit has to compare face to face, before anybody can approve it."""

from __future__ import annotations

from sqlalchemy import Connection

from storage import history
from storage.tickets import Ticket

KINDS = ("phone",)  # it opens the whole record
SEEN = "in_person"
ANEW = ("handed_over", "repaired", "still_wrong")  # another unit, another number: seen once more


class NotSeen(Exception):
    """The ticket cannot be approved yet."""


def missing(tx: Connection, ticket: Ticket) -> bool:
    if ticket.kind not in KINDS:
        return False
    for event in reversed(history.of_ticket(tx, ticket.id, internal=True)):
        if event.what == SEEN:
            return False
        if event.what in ANEW:
            break
    return True
