"""The ladder: what happens when a rung of a round rings, and who hears next where nobody reacts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import telling
from handlers import undelivered as undelivered_answers
from handlers.lists import of_ticket
from handlers.residents import keeping_open
from handlers.rules import deadlines as rules
from handlers.supervisors import recipients
from handlers.supervisors.posting import post
from handlers.supervisors.recipients import Told
from handlers.turn import Moment
from locales.times import ZONE
from storage import approvals, deadlines, facts, history, staff, tickets
from storage.tickets import Round, Ticket

ACKNOWLEDGED_WITHIN = timedelta(hours=2)
NOBODY_YET = timedelta(hours=1)
TO_SUPERVISORS = (
    "supervisors", "overdue", "campaign", "unconfirmed", "own_passed", "alarm", "unlisted_up",
)  # fmt: skip
PASSED = tuple(rules.PASSED.values())


def ring(moment: Moment, round_id: int, rung: str) -> None:
    """Tells of it, unless the round is closed by then (corrections.md, rule 5).

    Rungs: new · alarm · silent · unlisted · unlisted_up ·
    own_remind · own_passed · remind_site · remind_head · supervisors · overdue · campaign · unconfirmed · daily:<day>;
    undelivered:<outbox row> · unseen:<outbox row> · window:<when>;
    also with :<version>; ack:<rung>:<n>, did anybody react? lost:<alert>, it could not be delivered.
    """
    round_ = tickets.get_round(moment.tx, round_id)
    ticket = tickets.get(moment.tx, round_.ticket_id)
    kind, _colon, rest = rung.partition(":")
    about, tries = rung, 0
    if kind in ("undelivered", "unseen"):  # of an answer, perhaps the one that closed the round
        undelivered_answers.ring(moment, ticket, int(rest.partition(":")[0]))
        return
    if kind == "window":
        keeping_open.ring(moment, ticket)
        return
    if kind == "ack":
        about, _colon, number = rest.rpartition(":")
        tries = int(number)
    elif kind == "lost":
        about = deadlines.rung_of(moment.tx, int(rest))
    if not _matters(moment, round_, about):
        return
    if kind == "ack":
        _nobody_reacted(moment, ticket, about, tries)
    elif kind == "lost":
        _could_not_be_reached(moment, ticket, about)
    else:
        _alert(moment, ticket, about)


def undelivered(tx: Connection, outbox_id: int, now: datetime) -> None:
    """The message of these alerts will not arrive: whether somebody else heard is looked at at once."""
    for alert in deadlines.carried_by(tx, outbox_id):
        deadlines.plan(tx, alert.round_id, [(f"lost:{alert.id}", now)])


def _matters(moment: Moment, round_: Round, rung: str) -> bool:
    """An alarm is about an open round; only an unconfirmed approval is about a closed one."""
    tx = moment.tx
    if _kind(rung) == "unconfirmed":
        approval = approvals.of_round(tx, round_.id)
        return approval is not None and approval.state == "waiting"
    if round_.closed_at is not None:
        return False
    if _kind(rung) == "silent":
        return not history.acted_since(tx, round_.ticket_id, round_.received_at)
    if _kind(rung) in ("unlisted", "unlisted_up"):
        return of_ticket.matters(moment, tickets.get(tx, round_.ticket_id), rung)
    return True


def _kind(rung: str) -> str:
    return rung.partition(":")[0]


def _alert(moment: Moment, ticket: Ticket, rung: str, tries: int = 0) -> None:
    kind = _kind(rung)
    told = recipients.of(moment.tx, ticket, kind, moment.today)
    post(moment, ticket, rung, told)
    # corrections.md, rule 1: an information copy to the site
    if kind == "new" and ticket.copy_to is not None:
        post(moment, ticket, rung, recipients.copied(moment.tx, ticket.copy_to, moment.today))
    if kind == "daily":
        pass  # tomorrow is another one
    elif not told:
        _look_again(moment, ticket, rung, tries)
    elif kind in TO_SUPERVISORS or any(t.unit.id != ticket.unit_id for t in told):
        again = moment.now + ACKNOWLEDGED_WITHIN
        deadlines.plan(moment.tx, ticket.round_id, [(f"ack:{rung}:{tries + 1}", again)])
    if kind in PASSED and not tries:
        _resident_hears(moment, ticket, told)
    if kind in (*PASSED, "daily") and not tries:
        _plan_digest(moment, ticket, rung)


def _look_again(moment: Moment, ticket: Ticket, rung: str, tries: int) -> None:
    """Not even an administrator has joined: the operator reads of it, and the rung comes back."""
    facts.keep(moment.tx, "nobody_to_alert", f"{moment.now.isoformat()} ticket {ticket.id} {rung}")
    again = moment.now + NOBODY_YET
    deadlines.plan(moment.tx, ticket.round_id, [(f"ack:{rung}:{tries + 1}", again)])


def _nobody_reacted(moment: Moment, ticket: Ticket, rung: str, tries: int) -> None:
    """Two hours without a word: the next recipient up, at last the administrator."""
    sent = deadlines.alerts_of(moment.tx, ticket.round_id, rung)
    if not sent:
        _alert(moment, ticket, rung, tries)
    elif not _reacted(moment, ticket, rung):
        _next_up(moment, ticket, rung, tries)


def _could_not_be_reached(moment: Moment, ticket: Ticket, rung: str) -> None:
    heard = [alert.recipient_id for alert in deadlines.alerts_of(moment.tx, ticket.round_id, rung)]
    if not _reachable(moment, heard) and not _reacted(moment, ticket, rung):
        _next_up(moment, ticket, rung, 0)


def _reachable(moment: Moment, staff_ids: list[int]) -> bool:
    people = [staff.get(moment.tx, staff_id) for staff_id in staff_ids]
    return bool(recipients.reachable(moment.tx, [person for person in people if person]))


def _reacted(moment: Moment, ticket: Ticket, rung: str) -> bool:
    sent = deadlines.alerts_of(moment.tx, ticket.round_id, rung)
    if any(alert.acked_at for alert in sent):
        return True
    return history.acted_since(moment.tx, ticket.id, min(alert.created_at for alert in sent))


def _next_up(moment: Moment, ticket: Ticket, rung: str, tries: int) -> None:
    heard = [alert.recipient_id for alert in deadlines.alerts_of(moment.tx, ticket.round_id, rung)]
    told = recipients.after(moment.tx, ticket, heard, moment.today)
    if told is None:
        if not _reachable(moment, heard):
            _look_again(moment, ticket, rung, tries)
        return  # the administrator has it; where it is overdue, the daily digest goes on
    post(moment, ticket, rung, [told])
    again = moment.now + ACKNOWLEDGED_WITHIN
    deadlines.plan(moment.tx, ticket.round_id, [(f"ack:{rung}:{tries + 1}", again)])


def _resident_hears(moment: Moment, ticket: Ticket, told: list[Told]) -> None:
    """Once per round, also where staff or an import opened it again."""
    before = history.of_ticket(moment.tx, ticket.id, internal=False)
    if any(e.what == "overdue" and e.details.get("round") == ticket.round_id for e in before):
        return
    history.add(moment.tx, ticket.id, moment.now, "overdue", round=ticket.round_id)
    telling.overdue(moment, ticket, [one.unit.name for one in told])


def _plan_digest(moment: Moment, ticket: Ticket, rung: str) -> None:
    """Every morning until closed; the version goes along: a ticket opened again has mornings of its own."""
    at = rules.next_digest(moment.now)
    version = rung.split(":")[2 if _kind(rung) == "daily" else 1 :]
    day = at.astimezone(ZONE).date().isoformat()
    deadlines.plan(moment.tx, ticket.round_id, [(":".join(("daily", day, *version)), at)])
