"""What the outbox loops do inside one transaction: claim what is to be said, compose it, settle what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, or_, select

from bot.channels import Blocked, Gone, Held, Moved, Outcome, Outside, Pace, Refused, Sent, TryAgain, Unknown
from bot.turns import RUNGS, TRIES, Now
from handlers import undelivered
from handlers.groups import settling
from handlers.lists import telling as lists_telling
from handlers.supervisors import alerts, ladder
from handlers.turn import Desk, Moment
from storage import groups, moving, outbox, pace, queue, talks

# Whose words are made when they leave: the alerts of tickets, the moments of verification lists.
COMPOSE: dict[str, Any] = {"alerts": alerts, "lists": lists_telling}
SWITCHED_OFF = timedelta(hours=1)  # sooner, the operator may only be changing a setting


def claim_outgoing(
    tx: Connection, now: Now, limit: int, channel: str | None = None, pacing: Pace | None = None
) -> list[Row[Any]]:
    """Rows to send, on this channel or on any; none while the channel must rest. A message that collects alerts waits
    until no deadline is due, so that it collects them all."""
    if pacing and channel and pace.free_at(tx, channel, now.machine) > now.machine:
        return []
    ringing = (exists(select(1).where(t.c.done_at.is_(None), t.c.run_at <= now.policy)) for t in RUNGS)
    all_rung = and_(*(~one for one in ringing))
    table = outbox.outbox
    rows = queue.claim(
        tx,
        table,
        now.machine,
        limit,
        or_(table.c.compose.is_(None), table.c.body.isnot(None), all_rung),
        *([table.c.channel == channel] if channel else ()),
        *([~pace.resting(table.c.lane, now.machine)] if pacing else ()),
        unknowns=outbox.one_more_unknown(),
    )
    if pacing and channel and rows:
        pace.rest(tx, channel, now.machine + timedelta(seconds=len(rows) / pacing.per_second))
    return list(rows)


def claim_of_nobody(tx: Connection, now: Now, limit: int, channels: Iterable[str]) -> list[Row[Any]]:
    """Rows of other channels than these, which nobody has sent for an hour: they have been switched off."""
    table = outbox.outbox
    old = (table.c.channel.not_in(list(channels)), table.c.run_at <= now.machine - SWITCHED_OFF)
    return list(queue.claim(tx, table, now.machine, limit, *old))


def compose(tx: Connection, row: Row[Any], now: Now, desk: Desk) -> dict[str, Any] | None:
    """The words of a row that collected alerts, kept for further tries; None where all of them fell away."""
    if row.body is not None:
        return settling.placed(tx, row.channel, row.chat, row.body)
    made = COMPOSE[row.compose].compose(Moment(tx, now.policy, now.machine, desk), row.id, row.recipient_id)
    if made is None:
        queue.finish(tx, outbox.outbox, row.id, row.attempts, now.machine, "dropped")
        return None
    outbox.fix_body(tx, row.id, made)
    return made


def settle(tx: Connection, row: Row[Any], outcome: Outcome, now: Now) -> None:
    """What becomes of an outbox row after a try."""
    table = outbox.outbox
    match outcome:
        case Sent(provider_id, how, parts):
            outbox.note_sent(tx, row.id, provider_id, "template" if how == "template" else None, parts)
            queue.finish(tx, table, row.id, row.attempts, now.machine, "sent")
            settling.sent(tx, row.channel, row.chat, row.body, provider_id)
            undelivered.arrived(tx, row, how, now.policy)
        case Held(until, everywhere):
            queue.put_back(tx, table, row.id, row.attempts, until, "held", counted=False)
            pace.rest(tx, row.channel if everywhere else row.lane, until)
        case Moved(to):
            queue.put_back(tx, table, row.id, row.attempts, now.machine, "moved")
            moving.move_chat(tx, row.channel, row.chat, to)
        case Gone(what):
            queue.put_back(tx, table, row.id, row.attempts, now.machine, f"{what} gone")
            _without(tx, row, what)
        case Refused():
            _give_up(tx, row, now, "refused")
            settling.refused(tx, row.channel, row.chat, row.body, now.policy, now.machine)
        case Blocked():
            talks.set_reachable(tx, row.channel, row.chat, False)
            groups.lose(tx, row.channel, row.chat, now.policy)
            _give_up(tx, row, now, "blocked")
        case Outside():
            _give_up(tx, row, now, "outside")
        case TryAgain() | Unknown():
            if isinstance(outcome, Unknown):
                outbox.note_unknown(tx, row.id)
            if row.attempts >= TRIES * 2:
                _give_up(tx, row, now, "gave_up")
                return
            wait = outcome.after if isinstance(outcome, TryAgain) else timedelta(seconds=5)
            queue.put_back(tx, table, row.id, row.attempts, now.machine + wait * 2 ** (row.attempts - 1))


def _without(tx: Connection, row: Row[Any], what: str) -> None:
    """The row is sent anew without what is gone, and later ones do not ask for it either."""
    body = dict(row.body)
    if what == "topic":
        groups.forget_thread(tx, row.channel, row.chat, str(body.pop("thread", "")), body.get("queue"))
        outbox.fix_body(tx, row.id, body)
    elif row.replaces is not None:
        outbox.lose_ref(tx, row.replaces)


def _give_up(tx: Connection, row: Row[Any], now: Now, outcome: str) -> None:
    """Ends the row, which goes to another chat of its reader; where there is none, alerts climb to the next person."""
    queue.finish(tx, outbox.outbox, row.id, row.attempts, now.machine, outcome)
    begun = undelivered.lost(tx, row, outcome, now.policy, now.machine)
    if begun is not None:
        ladder.undelivered(tx, begun, now.policy)
        lists_telling.undelivered(tx, begun, now.policy)
