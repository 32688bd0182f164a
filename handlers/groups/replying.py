"""A reply to a card is an internal note, until somebody presses «Gửi người dân»."""

from __future__ import annotations

from handlers import desk
from handlers.groups import binding, sending
from handlers.reply import Button, Reply
from handlers.staff import rights
from handlers.staff.acting import LONGEST
from handlers.turn import Turn
from locales import Text, _, joined
from storage import group_cards, history, reports, tickets, units
from storage.groups import Group
from storage.history import Event
from storage.tickets import Ticket

NOT_HERE = _("You have not joined this unit here. Please open the bot in private and join with your invitation code.")  # fmt: skip
ONLY_HEAD = _("The head of the unit sees to this one.")
CLOSED = _("This ticket is closed.")


def may_not(turn: Turn, ticket: Ticket, verb: str) -> Text | None:
    """Why not; None where this person may. The same questions as in private, asked anew."""
    member = turn.member
    if member is None:
        return NOT_HERE
    may = rights.of(turn.tx, member, ticket)
    if not may.see:
        return ONLY_HEAD if member.at(ticket.unit_id) else NOT_HERE
    if ticket.state != "open":
        return CLOSED
    return None if may.may(verb, ticket) else NOT_HERE


def elsewhere(turn: Turn, ticket: Ticket) -> Text:
    unit = units.get(turn.tx, ticket.unit_id).name
    return _("{code} is at {unit} now.", code=_code(turn, ticket), unit=unit)


def hear(turn: Turn, group: Group) -> None:
    """Words that answer a card are never lost in silence: they are noted, or it is said why not."""
    incoming = turn.incoming
    about = group_cards.ticket_of(turn.tx, group.channel, group.chat, incoming.reply_to or 0)
    ticket = tickets.find(turn.tx, about) if about else None
    if ticket is None:
        return
    text = incoming.text.strip()
    if incoming.anonymous:
        binding.say(turn, binding.ANONYMOUS)
    elif why_not := may_not(turn, ticket, "note"):
        gone = elsewhere(turn, ticket) if ticket.unit_id != group.unit_id else None
        binding.say(turn, joined(" ", gone or why_not, _("Nothing was noted.")))
    elif incoming.kind != "text" or not text:
        binding.say(turn, _("In the group I can only note words. Nothing was noted."))
    elif len(text) > LONGEST:
        binding.say(turn, _("That is too long. Please keep it under {n} characters.", n=LONGEST))
    else:
        _note(turn, group, ticket, text)


def _note(turn: Turn, group: Group, ticket: Ticket, text: str) -> None:
    event_id = desk.note(turn, ticket, text)
    told = _("{code}: noted for colleagues. The resident does not read it.", code=_code(turn, ticket))
    reply = Reply(told, (_button(ticket, event_id),), "card", silent=True)
    sending.put(turn, group, reply, about=ticket.id, thread=turn.incoming.thread, answers=turn.answers)


def _button(ticket: Ticket, event_id: int) -> Button:
    return Button(_("Send it to the resident"), f"g:{ticket.id}:{ticket.version}:send:{event_id}")


def _code(turn: Turn, ticket: Ticket) -> str:
    return reports.get(turn.tx, ticket.report_id).code


def send(turn: Turn, group: Group, ticket: Ticket, version: int, event_id: int) -> Text:
    """Once, under the name of whoever presses. Where the ticket has changed since, the button is offered anew."""
    note = history.one_of_ticket(turn.tx, ticket.id, event_id)
    member = turn.member
    if note is None or note.what != "note":
        return _("This button is of no use any more.")
    if member is None:
        return NOT_HERE
    if _sent(turn, ticket, note):
        return _("It has been sent already.")
    if why_not := may_not(turn, ticket, "answer"):
        return why_not
    if ticket.version != version:
        told = _("{code}: noted for colleagues. The resident does not read it.", code=_code(turn, ticket))
        _instead(turn, group, ticket, told, _button(ticket, event_id))
        return _("The ticket has changed meanwhile. If the words are still right, press once more.")
    desk.answer(turn, ticket, str(note.details["words"]))
    history.audited(turn.tx, turn.now, "group_answer", staff_id=member.id, talk_id=turn.talk.id,
                    ticket_id=ticket.id, note=event_id)  # fmt: skip
    _instead(turn, group, ticket, _("{code}: sent to the resident by {who}.", code=_code(turn, ticket), who=member.name))  # fmt: skip
    if ticket.axis == "service":
        return _("Answered, and closed. If it is not settled for the resident, a new round opens.")
    return _("Answered. The resident is asked whether it is right now.")


def _sent(turn: Turn, ticket: Ticket, note: Event) -> bool:
    later = [one for one in history.of_ticket(turn.tx, ticket.id, internal=False) if one.at >= note.at]
    return any(o.what == "answered" and o.details.get("words") == note.details["words"] for o in later)


def _instead(turn: Turn, group: Group, ticket: Ticket, text: Text, *buttons: Button) -> None:
    reply = Reply(text, buttons, "card", silent=True)
    sending.put(turn, group, reply, about=ticket.id, replaces=turn.incoming.message)
