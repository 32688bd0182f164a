"""What the loops do inside one transaction: take a turn, park a message, ring deadlines, settle a delivery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select

import handlers
from bot.channels import Blocked, Gone, Held, Moved, Outcome, Pace, Refused, Sent, TryAgain, Unknown
from handlers import undelivered
from handlers.groups import settling, tending
from handlers.incoming import Incoming
from handlers.putting import put
from handlers.reply import Reply
from handlers.staff import back
from handlers.supervisors import alerts, ladder
from handlers.turn import Desk, Moment, Turn
from locales import _
from storage import deadlines, erasing, facts, groups, inbox, moving, outbox, pace, queue, talks

TRIES = 4
RINGS_AT_ONCE = 50


class NeverEnds(Exception):
    """Every try so far ended with the process; one more would only end it again."""


@dataclass(frozen=True)
class Now:
    """Both clocks, read once per transaction."""

    policy: datetime
    machine: datetime


def take_turn(
    tx: Connection,
    row: Row[Any],
    incoming: Incoming,
    now: Now,
    desk: Desk,
    new_code: Callable[[str, int], str],
    parts: Sequence[int] = (),
) -> None:
    """One message from beginning to end, all or nothing; raises LeaseLost where another worker has it.

    parts: the rows of the rest of its album, which are handled with it.
    """
    handlers.answer(
        Turn(
            tx=tx,
            incoming=_known(tx, incoming),
            now=now.policy,
            machine_now=now.machine,
            received_at=row.received_at,
            desk=desk,
            new_code=new_code,
        )
    )
    queue.finish(tx, inbox.inbox, row.id, row.attempts, now.machine)
    inbox.finish_parts(tx, list(parts), now.machine)


def _known(tx: Connection, incoming: Incoming) -> Incoming:
    """The provider's ids of earlier messages of ours, as the rows of the outbox that they are."""

    def root(ref: str | None) -> int | None:
        return outbox.root_of(tx, incoming.channel, incoming.chat, ref) if ref else None

    return replace(
        incoming,
        message=incoming.message or root(incoming.message_ref),
        reply_to=incoming.reply_to or root(incoming.reply_ref),
    )


def give_up_turn(tx: Connection, row: Row[Any], now: Now, desk: Desk) -> None:
    """Parks a message that failed again and again: its lane goes on, and its sender hears a sentence."""
    queue.finish(tx, inbox.inbox, row.id, row.attempts, now.machine, "parked")
    channel, _colon, chat = row.lane.partition(":")
    if groups.of_chat(tx, channel, chat):
        return  # nobody there waits for an apology; the operator sees the row
    put(
        Moment(tx, now.policy, now.machine, desk),
        talks.open_talk(tx, channel, chat),
        Reply(_("I am sorry, I could not read that message. It is kept, and somebody will look at it. Please try other words, or write /menu.")),
        dedupe=f"parked:{row.id}",
    )  # fmt: skip


def ring(tx: Connection, now: Now, desk: Desk) -> int:
    """Rings the deadlines that are due, a small batch at a time; how many that were."""
    rows = queue.claim(tx, deadlines.rungs, now.policy, RINGS_AT_ONCE)
    for row in rows:
        ring_one(tx, row, now, desk)
    back.end_passed(Moment(tx, now.policy, now.machine, desk))
    return len(rows)


def ring_one(tx: Connection, row: Row[Any], now: Now, desk: Desk) -> None:
    ladder.ring(Moment(tx, now.policy, now.machine, desk), row.round_id, row.rung)
    queue.finish(tx, deadlines.rungs, row.id, row.attempts, now.policy, "rung")


def ring_later(tx: Connection, row: Row[Any], now: Now) -> None:
    """Tries a deadline again, later and later, at last about every hour; it is never given up."""
    again = now.policy + timedelta(minutes=2 ** min(row.attempts, 6))
    queue.put_back(tx, deadlines.rungs, row.id, row.attempts, again)


def claim_outgoing(
    tx: Connection, now: Now, limit: int, channel: str | None = None, pacing: Pace | None = None
) -> list[Row[Any]]:
    """Rows to send, on this channel or on any; none while the channel must rest. A message that collects alerts waits
    until no deadline is due, so that it collects them all."""
    if pacing and channel and pace.free_at(tx, channel, now.machine) > now.machine:
        return []
    rungs = deadlines.rungs
    still_ringing = exists(select(1).where(rungs.c.done_at.is_(None), rungs.c.run_at <= now.policy))
    table = outbox.outbox
    rows = queue.claim(
        tx,
        table,
        now.machine,
        limit,
        or_(table.c.compose.is_(None), table.c.body.isnot(None), ~still_ringing),
        *([table.c.channel == channel] if channel else ()),
        *([~pace.resting(table.c.lane, now.machine)] if pacing else ()),
        unknowns=outbox.one_more_unknown(),
    )
    if pacing and channel and rows:
        pace.rest(tx, channel, now.machine + timedelta(seconds=len(rows) / pacing.per_second))
    return list(rows)


def compose(tx: Connection, row: Row[Any], now: Now, desk: Desk) -> dict[str, Any] | None:
    """The words of a row that collected alerts, kept for further tries; None where all of them fell away."""
    if row.body is not None:
        return settling.placed(tx, row.channel, row.chat, row.body)
    made = alerts.compose(Moment(tx, now.policy, now.machine, desk), row.id, row.recipient_id)
    if made is None:
        queue.finish(tx, outbox.outbox, row.id, row.attempts, now.machine, "dropped")
        return None
    outbox.fix_body(tx, row.id, made)
    return made


def erase_once(tx: Connection, now: Now, desk: Desk) -> int:
    """Erases what is past its time, at most once a day; how many reports that concerned."""
    today = now.policy.date().isoformat()
    if facts.get(tx, "erased") == today:
        return 0
    facts.keep(tx, "erased", today)
    pace.forget(tx, now.machine - timedelta(days=1))
    return erasing.erase(tx, now.policy, now.machine, timedelta(days=30.44 * desk.keep_months))


def groups_due(tx: Connection, now: Now) -> list[int]:
    """Groups of staff in which something no longer shows what is true; this only reads."""
    return tending.due(tx, now.policy)


def tend_group(tx: Connection, group_id: int, now: Now, desk: Desk) -> bool:
    """Brings a part of it up to date; whether anything changed."""
    return tending.tend(Moment(tx, now.policy, now.machine, desk), group_id)


def settle(tx: Connection, row: Row[Any], outcome: Outcome, now: Now) -> None:
    """What becomes of an outbox row after a try."""
    table = outbox.outbox
    match outcome:
        case Sent(provider_id):
            outbox.note_sent(tx, row.id, provider_id)
            queue.finish(tx, table, row.id, row.attempts, now.machine, "sent")
            settling.sent(tx, row.channel, row.chat, row.body, provider_id)
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
    """Ends the row; alerts that it carried climb to the next person, and of an answer the staff hear."""
    queue.finish(tx, outbox.outbox, row.id, row.attempts, now.machine, outcome)
    if row.compose == "alerts":
        ladder.undelivered(tx, row.id, now.policy)
    if row.ticket_id is not None:
        undelivered.plan(tx, row.ticket_id, row.id, now.policy)
