"""A ticket's card in a group: code, kind, time left and holder, and nothing else ever."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import links, wording
from handlers.reply import Button
from handlers.rules.deadlines import SOONEST
from handlers.staff import card_text
from handlers.supervisors import tone
from handlers.supervisors.tone import Tone
from handlers.turn import Moment, Turn
from locales import Text, Words, _, joined, lines
from storage import reports, staff, tickets, units
from storage.group_cards import FAR, OVERDUE
from storage.groups import Group
from storage.tickets import Ticket

# The card is not edited every hour, so it says what stays true until it is.
LEFT: dict[str, Words] = {
    FAR: _("more than 24 hours left"),
    "24": _("less than 24 hours left"),
    "12": _("less than 12 hours left"),
}
NEARING = _("less than 6 hours left")


def opened(moment: Turn | Moment, ticket: Ticket, nearness: str) -> Text:
    number = tickets.round_of(moment.tx, ticket).number
    again = _("round {n}", n=number) if number > 1 else None
    state = joined(" · ", _left(moment, ticket, nearness), *([again] if again else []))
    holder = staff.name_of(moment.tx, ticket.holder_id) if ticket.holder_id else _("nobody yet")
    return lines(head(moment.tx, ticket), state, _("Held by: {who}", who=holder))


def _left(moment: Turn | Moment, ticket: Ticket, nearness: str) -> Text:
    """It begins with a word where it is urgent: neither colour nor a picture alone says so."""
    if nearness == OVERDUE:
        return _("**{overdue}** since {at}", overdue=tone.WORDS[Tone.OVERDUE], at=ticket.due_at)
    if ticket.kind in SOONEST:
        return _("as soon as possible")
    due = _("due {before}", before=wording.before(ticket.due_at, moment.now))
    if nearness in LEFT:
        return joined(" · ", LEFT[nearness], due)
    return joined(" · ", joined("", "**", tone.WORDS[Tone.NEARING], "**"), NEARING, due)


def ended(tx: Connection, ticket: Ticket, group: Group) -> Text:
    """It stays, without buttons, as the last word about the ticket in this group."""
    if ticket.unit_id != group.unit_id:
        told: Text = _("handed over to {unit}", unit=units.get(tx, ticket.unit_id).name)
    else:
        told = card_text.OUTCOMES.get(tickets.round_of(tx, ticket).outcome or "", _("closed"))
    return lines(head(tx, ticket), told)


def below(tx: Connection, ticket: Ticket, topic: Text | None) -> Text:
    """What stays of a card that came again as a new message, with a sound."""
    told = _("New card in the topic «{topic}».", topic=topic) if topic else _("New card further down.")
    return lines(head(tx, ticket), told)


def head(tx: Connection, ticket: Ticket) -> Text:
    code = reports.get(tx, ticket.report_id).code
    return joined(" · ", joined("", "**", code, "**"), wording.kind(ticket))


def buttons(tx: Connection, ticket: Ticket) -> tuple[Button, ...]:
    """Taking, where nobody holds it, and the way to everything else, which is private."""
    take = Button(_("I take it up"), f"g:{ticket.id}:{ticket.version}:take", "primary")
    return (*([take] if ticket.holder_id is None else []), *privately(tx, ticket.id))


def privately(tx: Connection, ticket_id: int) -> tuple[Button, ...]:
    """None as long as the bot's name is not known."""
    url = links.telegram(tx, f"t_{ticket_id}")
    return (Button(_("Open in private"), "", url=url),) if url else ()
