"""Acts on a ticket that need no words: take, look at the full number, open again; and how an act asks for words.

An act returns the line that says it is done, or None where it has asked for something first.
"""

from __future__ import annotations

from typing import Any

from handlers import desk
from handlers.reply import Button, Reply
from handlers.staff import card_text, rights
from handlers.turn import Turn
from locales import Text, _, lines
from storage import history, reports, staff, unreached
from storage.tickets import Ticket

Expects = dict[str, Any]

LONGEST = 1000


def back(ticket: Ticket) -> Button:
    """In a message of its own: a question stands between the old card and this."""
    return Button(_("Back to the ticket"), f"t:{ticket.id}")


def token(ticket: Ticket, verb: str) -> str:
    return f"t:{ticket.id}:{ticket.version}:{verb}"


def expect(turn: Turn, ticket: Ticket, verb: str, **more: object) -> None:
    """What is typed next belongs to this act, as long as the ticket is what it is now."""
    turn.state["expects"] = {"by": "t", "ticket": ticket.id, "version": ticket.version, "verb": verb, **more}


def ask_words(turn: Turn, ticket: Ticket, verb: str, text: Text, *buttons: Button, **more: object) -> None:
    turn.say(Reply(text, (*buttons, back(ticket))))
    expect(turn, ticket, verb, **more)


def take(turn: Turn, ticket: Ticket, _arg: str) -> Text | None:
    if turn.member and ticket.holder_id == turn.member.id:
        return _("You have it already.")
    desk.take(turn, ticket)
    before = staff.get(turn.tx, ticket.holder_id) if ticket.holder_id else None
    if before and turn.member:
        code = reports.get(turn.tx, ticket.report_id).code
        told = _("{who} has taken over {code} from you.", who=turn.member.name, code=code)
        turn.tell(before.talk_id, Reply(told, (Button(_("Open"), f"t:{ticket.id}"),), rank="alert"))
    return _("You have taken it.")


def full(turn: Turn, ticket: Ticket, _arg: str) -> Text | None:
    """«Xem số đầy đủ»: a press of its own, and audited."""
    member = turn.member
    assert member is not None
    history.audited(
        turn.tx, turn.now, "full_number", staff_id=member.id, talk_id=turn.talk.id, ticket_id=ticket.id
    )
    report = reports.get(turn.tx, ticket.report_id)
    called = Button(_("I have called"), token(ticket, "called"), "primary")
    buttons = (called, back(ticket)) if unreached.get(turn.tx, ticket.id) else (back(ticket),)
    turn.say(
        Reply(
            card_text.in_full(ticket, report, own=rights.answers(member, ticket)),
            buttons,
            "card",
            sensitive=True,
        )
    )
    return None


def reopen(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    if arg == "go":
        desk.reopen(turn, ticket, "staff")
        return _("Open again, in its old round.")
    turn.say(
        Reply(
            lines(_("Open it again?"), _("The old deadline holds, and this round then counts as not kept.")),
            (Button(_("Open again"), token(ticket, "reopen:go"), "primary"), back(ticket)),
            "ask",
        )
    )
    return None
