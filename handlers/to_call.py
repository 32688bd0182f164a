"""To call: news that nobody got goes on the unit's list, and its people hear of it."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import hearing, wording_ways
from handlers.reply import Button, Reply
from handlers.turn import Moment, Turn
from locales import Text, _, lines
from storage import history, reports, unreached
from storage.tickets import Ticket
from storage.unreached import Ways


def add(moment: Turn | Moment, ticket: Ticket, what: str, ways: Ways) -> None:
    """Of an imported report that no chat follows, nobody is told one by one: such answers come by the hundred."""
    unreached.keep(moment.tx, ticket.id, moment.now, what, ways)
    history.add(moment.tx, ticket.id, moment.now, "undelivered", internal=True, ways=[*map(list, ways)])
    if any(way not in ("sms", "phone") for way, _came in ways):
        _staff_hear(moment, ticket, ways)


def line(tx: Connection, ticket: Ticket) -> Text | None:
    """On the ticket's card, as long as nobody has it."""
    found = unreached.get(tx, ticket.id)
    if found is None:
        return None
    if found.what == unreached.ASKED:
        return _("The resident asks for a call. After it press «I have called»; that closes the ticket.")
    return lines(
        _("The last answer has not reached the resident: please call."),
        _("Tried: {ways}", ways=wording_ways.in_full(found.ways)),
    )


def called(turn: Turn, ticket: Ticket) -> Text:
    from handlers import desk

    member = turn.member
    if ticket.kind == unreached.ASKED and ticket.state == "open":
        desk.called_back(turn, ticket)
        return _("Noted: the resident has been called. The ticket is closed.")
    if not unreached.called(turn.tx, ticket.id):
        return _("This ticket is not on the call list any more.")
    history.add(turn.tx, ticket.id, turn.now, "called", staff_id=member.id if member else None, internal=True)
    return _("Noted: the resident has been called.")


def _staff_hear(moment: Turn | Moment, ticket: Ticket, ways: Ways) -> None:
    """Once per ticket, person and day."""
    report = reports.get(moment.tx, ticket.report_id)
    told = _("{code}: our message has not reached the resident ({ways}).", code=report.code,
             ways=wording_ways.short(ways))  # fmt: skip
    call = _("Please call: the phone number stands behind «See the full number».")
    no_phone = _("There is no phone number either; who comes back to the chat is shown it.")
    reply = Reply(lines(told, call if report.about.get("phone") else no_phone),
                  (Button(_("Open the ticket"), f"t:{ticket.id}", "primary"),), rank="alert")  # fmt: skip
    for person in hearing.of_ticket(moment.tx, ticket, moment.today):
        once = f"undelivered:{ticket.id}:{moment.today}:{person.id}"
        moment.tell(person.talk_id, reply, dedupe=once)
