"""The outbox loop of one channel: claims what is to be said, sends it outside any transaction, notes what came of it."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from bot import deliveries
from bot.channels import Outcome, Outgoing, Outside, Refused, Sent, TryAgain
from bot.log import event
from bot.loops.work import Work, all_of
from storage import outbox, pace, queue, talks

SENDING = 8
PACED = 2  # at once, where the provider sets a pace: so a code never waits behind many
log = logging.getLogger("bot.loops")


async def deliver(work: Work, channel: str | None = None) -> bool:
    """Whether there was anything to send; on this channel, or on any."""
    now = work.now()
    speaker = work.channels.get(channel or "")
    pacing = speaker.pace if speaker else None
    most = PACED if pacing else SENDING
    rows = await work.db.write(lambda tx: deliveries.claim_outgoing(tx, now, most, channel, pacing))
    await all_of(_deliver(work, row) for row in rows)
    if pacing and rows:  # the few that were claimed used up their share of the second
        await asyncio.sleep(len(rows) / pacing.per_second)
    return bool(rows)


async def let_go(work: Work) -> bool:
    """What was to be said on a channel that has been switched off takes another road; whether there was any."""
    now = work.now()
    rows = await work.db.write(lambda tx: deliveries.claim_of_nobody(tx, now, SENDING, work.channels))
    await all_of(_deliver(work, row) for row in rows)
    return bool(rows)


async def _deliver(work: Work, row: Row[Any]) -> None:
    try:
        outcome = await _outcome(work, row)
        if outcome is not None:
            await work.db.write(lambda tx: _settle(tx, work, row, outcome))
    except queue.LeaseLost:
        event(log, logging.WARNING, "a delivery took longer than its lease", outbox=row.id)


def _settle(tx: Connection, work: Work, row: Row[Any], outcome: Outcome) -> None:
    """Also how long the chat is left in peace: counted from when the provider had it."""
    now, channel = work.now(), work.channels.get(row.channel)
    deliveries.settle(tx, row, outcome, now)
    of_chat = row.lane == f"{row.channel}:{row.chat}"  # the answer to a press is no message
    if channel and channel.pace and of_chat and not isinstance(outcome, Refused):
        pace.rest(tx, row.lane, now.machine + channel.pace.gap(row.chat))


async def _outcome(work: Work, row: Row[Any]) -> Outcome | None:
    """None where there was nothing left to say."""
    if row.not_after is not None and row.not_after < work.clock.machine():
        return Refused("expired")
    hop = work.db.write if row.body is None else work.db.read  # only what collects alerts is written now
    try:
        body, ref, heard_at = await hop(lambda tx: _ready(tx, work, row))
    except Exception as error:
        event(log, logging.ERROR, "a message could not be composed", exc_info=error, outbox=row.id)
        return TryAgain(type(error).__name__)
    if body is None:
        return None
    perhaps = row.unknowns > 0
    message = Outgoing(row.id, row.chat, body, row.replaces, row.created_at, ref, heard_at, perhaps)
    return await _send(work, row, message)


def _ready(
    tx: Connection, work: Work, row: Row[Any]
) -> tuple[dict[str, Any] | None, str | None, datetime | None]:
    """The words, the provider's id of the message that they replace, and when the chat was last heard."""
    ref = outbox.ref_of(tx, row.replaces) if row.replaces else None
    body = deliveries.compose(tx, row, work.now(), work.desk)
    return body, ref, talks.heard_at(tx, row.channel, row.chat)


async def _send(work: Work, row: Row[Any], message: Outgoing) -> Outcome:
    channel = work.channels.get(row.channel)
    if channel is None:
        return Outside("this channel is switched off")
    try:
        outcome = await channel.send(message)
    except Exception as error:
        event(log, logging.ERROR, "a delivery failed", exc_info=error, outbox=row.id)
        outcome = TryAgain(type(error).__name__)
    if not isinstance(outcome, Sent):
        event(log, logging.WARNING, "not delivered", outbox=row.id, channel=row.channel,
              outcome=type(outcome).__name__, reason=getattr(outcome, "reason", ""))  # fmt: skip
    return outcome
