"""What the inbox, deadline and group loops do inside one transaction: take a turn, park a message, ring, erase, tend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table

import handlers
from handlers.groups import tending
from handlers.incoming import Incoming
from handlers.lists import ringing as lists_ringing
from handlers.putting import put
from handlers.reply import Reply
from handlers.signing import ringing as signing_ringing
from handlers.staff import back
from handlers.supervisors import ladder
from handlers.turn import Desk, Moment, Turn
from locales import _
from storage import deadlines, erasing, facts, groups, inbox, list_rungs, outbox, pace, queue, signing, talks

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

    pressed = incoming.message
    if pressed is not None and not outbox.is_of(tx, pressed, incoming.channel, incoming.chat):
        pressed = None
    return replace(
        incoming,
        message=pressed or root(incoming.message_ref),
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


# Whose moments ring: of tickets, of verification lists, of a site's signing.
RUNGS: dict[Table, Callable[[Moment, Row[Any]], None]] = {
    deadlines.rungs: lambda moment, row: ladder.ring(moment, row.round_id, row.rung),
    list_rungs.list_rungs: lambda moment, row: lists_ringing.ring(moment, row.list_id, row.rung),
    signing.signing_rungs: lambda moment, row: signing_ringing.ring(moment, row.unit_id, row.day, row.rung),
}


def ring(tx: Connection, now: Now, desk: Desk) -> int:
    """Rings the deadlines that are due, a small batch at a time; how many that were."""
    tables = queue.due(tx, tuple(RUNGS), now.policy)
    rows = [(table, row) for table in tables for row in queue.claim(tx, table, now.policy, RINGS_AT_ONCE)]
    for table, row in rows:
        ring_one(tx, table, row, now, desk)
    back.end_passed(Moment(tx, now.policy, now.machine, desk))
    return len(rows)


def ring_one(tx: Connection, table: Table, row: Row[Any], now: Now, desk: Desk) -> None:
    RUNGS[table](Moment(tx, now.policy, now.machine, desk), row)
    queue.finish(tx, table, row.id, row.attempts, now.policy, "rung")


def ring_later(tx: Connection, table: Table, row: Row[Any], now: Now) -> None:
    """Tries a deadline again, later and later, at last about every hour; it is never given up."""
    again = now.policy + timedelta(minutes=2 ** min(row.attempts, 6))
    queue.put_back(tx, table, row.id, row.attempts, again)


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
