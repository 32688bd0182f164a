"""The outbox loop of one channel: claims what is to be said, sends it outside any transaction, notes what came of it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from bot import turns
from bot.channels import Outcome, Outgoing, Refused, Sent, TryAgain
from bot.log import event
from bot.loops.work import Work, all_of
from storage import queue

SENDING = 8
log = logging.getLogger("bot.loops")


async def deliver(work: Work, channel: str | None = None) -> bool:
    """Whether there was anything to send; on this channel, or on any."""
    now = work.now()
    rows = await work.db.write(lambda tx: turns.claim_outgoing(tx, now, SENDING, channel))
    await all_of(_deliver(work, row) for row in rows)
    return bool(rows)


async def _deliver(work: Work, row: Row[Any]) -> None:
    try:
        outcome = await _outcome(work, row)
        if outcome is not None:
            await work.db.write(lambda tx: turns.settle(tx, row, outcome, work.now()))
    except queue.LeaseLost:
        event(log, logging.WARNING, "a delivery took longer than its lease", outbox=row.id)


async def _outcome(work: Work, row: Row[Any]) -> Outcome | None:
    """None where there was nothing left to say."""
    if row.not_after is not None and row.not_after < work.clock.machine():
        return Refused("expired")
    try:
        body = await work.db.write(lambda tx: turns.compose(tx, row, work.now(), work.desk))
    except Exception as error:
        event(log, logging.ERROR, "a message could not be composed", exc_info=error, outbox=row.id)
        return TryAgain(type(error).__name__)
    return None if body is None else await _send(work, row, body)


async def _send(work: Work, row: Row[Any], body: dict[str, Any]) -> Outcome:
    channel = work.channels.get(row.channel)
    if channel is None:
        return TryAgain("this channel is switched off", timedelta(minutes=5))
    try:
        outcome = await channel.send(Outgoing(row.id, row.chat, body, row.replaces, row.created_at))
    except Exception as error:
        event(log, logging.ERROR, "a delivery failed", exc_info=error, outbox=row.id)
        outcome = TryAgain(type(error).__name__)
    if not isinstance(outcome, Sent):
        event(log, logging.WARNING, "not delivered", outbox=row.id, channel=row.channel,
              outcome=type(outcome).__name__, reason=getattr(outcome, "reason", ""))  # fmt: skip
    return outcome
