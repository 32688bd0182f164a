"""Identity proven in person: a new phone number opens the whole record, so no chat can prove whose it is.

The unit's own people compare the papers face to face and say so here; before that the ticket cannot be approved
(handlers/proven_in_person.py).
"""

from __future__ import annotations

from handlers.proven_in_person import SEEN
from handlers.reply import Button, Reply
from handlers.staff.acting import back, token
from handlers.turn import Turn
from locales import _, lines
from storage import history
from storage.tickets import Ticket


def ask(turn: Turn, ticket: Ticket) -> None:
    told = lines(
        _("This cannot be approved from the chat alone: who holds the new phone can see the whole record."),
        _("Has this person come to you, and have you compared the papers with the record?"),
    )
    seen = Button(
        _("I have compared the papers with this person face to face"),
        token(ticket, "approve:seen"),
        "primary",
    )
    turn.say(Reply(told, (seen, back(ticket)), "ask"))


def note(turn: Turn, ticket: Ticket) -> None:
    """Who and when: in the history, which the resident reads too, and in the audit log, which nobody can change."""
    member = turn.member
    assert member is not None
    history.add(turn.tx, ticket.id, turn.now, SEEN, staff_id=member.id)
    history.audited(turn.tx, turn.now, SEEN, staff_id=member.id, talk_id=turn.talk.id, ticket_id=ticket.id)
