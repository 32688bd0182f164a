"""Somebody who could not be reached writes again: what was said to them meanwhile, at one tap."""

from __future__ import annotations

from datetime import timedelta

from handlers import undelivered
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _, lines
from storage import history, reports, tickets
from storage.tickets import Ticket

LATELY = timedelta(days=30)  # what closed before that is no news any more
MOST = 5


def show(turn: Turn) -> None:
    """Stands before the answer to what they said, and leaves its buttons alone."""
    told: list[Text] = []
    buttons: dict[int, Button] = {}
    for report in reports.watched(turn.tx, turn.talk.id)[:MOST]:
        for ticket in tickets.of_report(turn.tx, report.id):
            if _lately(turn, ticket) and undelivered.missed_by(turn.tx, ticket, turn.talk.id):
                told.append(undelivered.line(turn.tx, report.code, ticket, turn.now))
                buttons[report.id] = Button(_("See {code}", code=report.code), f"r:{report.id}")
                history.add(turn.tx, ticket.id, turn.now, "shown", internal=True, talk=turn.talk.id)
    if told:
        head = _("While you were away there was news that could not reach you:")
        turn.tell(turn.talk.id, Reply(lines(head, *told), tuple(buttons.values())))


def _lately(turn: Turn, ticket: Ticket) -> bool:
    closed_at = tickets.round_of(turn.tx, ticket).closed_at
    return closed_at is None or closed_at > turn.now - LATELY
