"""An answer that did not arrive: the staff hear of it, so that they call; whoever comes back is shown it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import hearing, wording, wording_history
from handlers.reply import Button, Reply
from handlers.turn import Moment
from locales import Text, _, joined, lines
from storage import deadlines, history, outbox, reports, talks, tickets
from storage.history import Event
from storage.tickets import Ticket

AGAIN = timedelta(minutes=5)
LOOKS = 24  # at most two hours for what is still under way to another chat


def plan(tx: Connection, ticket_id: int, outbox_id: int, now: datetime) -> None:
    """A message about the ticket was given up; whether nobody got it is looked at when the rung rings."""
    ticket = tickets.get(tx, ticket_id)
    deadlines.plan(tx, ticket.round_id, [(f"undelivered:{outbox_id}", now)])


def ring(moment: Moment, ticket: Ticket, which: str) -> None:
    """which: the outbox row, and how often it was looked at before. «missed» where another chat has it."""
    row_id, _colon, looks = which.partition(":")
    row = outbox.find(moment.tx, int(row_id))
    talk = talks.find(moment.tx, row.channel, row.chat) if row else None
    if row is None or talk is None or talk.id not in reports.watching(moment.tx, ticket.report_id):
        return
    beside, look = outbox.beside(moment.tx, row), int(looks or 0) + 1
    if "sent" not in beside and None in beside and look < LOOKS:
        again = (f"undelivered:{row_id}:{look}", moment.now + AGAIN)
        deadlines.plan(moment.tx, ticket.round_id, [again])
        return
    what = "missed" if "sent" in beside else "undelivered"
    history.add(
        moment.tx, ticket.id, moment.now, what, internal=True, channel=row.channel, talk=talk.id, row=row.id
    )
    if what == "undelivered":
        _staff_hear(moment, ticket, row.channel)


def _staff_hear(moment: Moment, ticket: Ticket, channel: str) -> None:
    """Once per ticket, person and day."""
    report = reports.get(moment.tx, ticket.report_id)
    told = _("{code}: our message has not reached the resident ({channel}).", code=report.code,
             channel=wording.channel(channel))  # fmt: skip
    call = _("Please call: the phone number stands behind «See the full number».")
    no_phone = _("There is no phone number either; who comes back to the chat is shown it.")
    reply = Reply(lines(told, call if report.about.get("phone") else no_phone),
                  (Button(_("Open the ticket"), f"t:{ticket.id}", "primary"),), rank="alert")  # fmt: skip
    for person in hearing.of_ticket(moment.tx, ticket, moment.today):
        once = f"undelivered:{ticket.id}:{moment.today}:{person.id}"
        moment.tell(person.talk_id, reply, dedupe=once)


def nobody_has_it(tx: Connection, ticket: Ticket) -> bool:
    """The last message went to nobody, and since then nobody has shown that they know."""
    last: Event | None = None
    for event in history.of_ticket(tx, ticket.id, internal=True):
        if event.what == "undelivered":
            last = event
        elif event.what == "shown" or event.what in wording_history.OWN_ACTS:
            last = None
    row_id = last.details.get("row") if last else None
    return row_id is not None and not outbox.sent_since(tx, ticket.id, row_id)


def missed_by(tx: Connection, ticket: Ticket, talk_id: int) -> bool:
    """Whether this chat has not been shown what it could not get."""
    mine = [
        event.what
        for event in history.of_ticket(tx, ticket.id, internal=True)
        if event.what in ("undelivered", "missed", "shown") and event.details.get("talk") == talk_id
    ]
    return bool(mine) and mine[-1] != "shown"


def line(tx: Connection, code: str, ticket: Ticket, now: datetime) -> Text:
    return joined(" · ", joined("", "**", code, "**"), wording.kind(ticket), wording.state(tx, ticket, now))
