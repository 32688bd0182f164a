"""Posting: one alert per (round, rung, person), and all of a person's alerts in one message."""

from __future__ import annotations

from handlers.supervisors.recipients import Told
from handlers.turn import Moment
from storage import deadlines, outbox, talks
from storage.staff import Staff
from storage.tickets import Ticket


def post(moment: Moment, ticket: Ticket, rung: str, told: list[Told]) -> None:
    """One alert per (round, rung, person): who was alerted of this rung before is not alerted again."""
    for person in (person for one in told for person in one.people):
        alert_id = deadlines.alert(moment.tx, ticket.round_id, rung, person.id, moment.now)
        if alert_id is not None:
            deadlines.carry(moment.tx, alert_id, message(moment, person, "alerts"))


def message(moment: Moment, person: Staff, what: str) -> int:
    """The person's message of that kind (bot/deliveries.py) that has not begun to leave; its words are made when it
    does.

    The last one is looked up first: whatever another process begins after that is either seen to be waiting, or has
    the same dedupe.
    """
    while True:
        last = outbox.last_composed(moment.tx, person.id, what)
        waiting = outbox.waiting_composed(moment.tx, person.id, what)
        row_id = waiting.id if waiting is not None else _begun(moment, person, what, last)
        if row_id is not None:
            return int(row_id)


def _begun(moment: Moment, person: Staff, what: str, last: int) -> int | None:
    """A new message after the person's last one; None where another process has just begun the same."""
    talk = talks.get(moment.tx, person.talk_id)
    return outbox.put(
        moment.tx,
        channel=talk.channel,
        chat=talk.chat,
        lane=f"{talk.channel}:{talk.chat}",
        body=None,
        compose=what,
        recipient_id=person.id,
        rank="alert",
        created_at=moment.now,
        run_at=moment.machine_now,
        dedupe=f"{what}:{person.id}:{last}",
    )
