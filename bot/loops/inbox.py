"""The inbox loop: claims what people wrote, takes a turn for each, and parks what cannot be handled."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from bot import chance, turns
from bot.channels import Channel
from bot.log import event
from bot.loops.work import Work, all_of
from handlers.turn import Incoming
from storage import inbox, queue

TURNS = 4
log = logging.getLogger("bot.loops")


async def take_turns(work: Work) -> bool:
    """Whether there was anything to do."""
    now = work.now()
    rows = await work.db.write(lambda tx: queue.claim(tx, inbox.inbox, now.machine, TURNS))
    await all_of(_turn(work, row) for row in rows)
    return bool(rows)


async def _turn(work: Work, row: Row[Any]) -> None:
    try:
        if row.attempts > turns.TRIES * 2:
            raise turns.NeverEnds
        channel = work.channels[row.channel]
        parts = await work.db.read(lambda tx: inbox.other_parts(tx, row)) if row.album else []
        incoming = together([channel.parse(one.raw) for one in (row, *parts)])
        await _acknowledge(channel, incoming)
        if incoming.media and work.prepare:
            incoming = await work.prepare(incoming)
        ids = [part.id for part in parts]
        await work.db.write(
            lambda tx: turns.take_turn(tx, row, incoming, work.now(), work.desk, chance.code, ids)
        )
    except queue.LeaseLost:
        event(log, logging.WARNING, "a turn took longer than its lease", inbox=row.id)
    except Exception as error:
        await _failed(work, row, error)
    work.wake("outbox", "deadlines")


def together(parts: list[Incoming]) -> Incoming:
    """An album is one answer: all its files, and what was written under any of them."""
    first, *_others = parts
    text = "\n".join(part.text for part in parts if part.text)
    return replace(first, text=text, media=tuple(media for part in parts for media in part.media))


async def _acknowledge(channel: Channel, incoming: Incoming) -> None:
    """A button that goes on spinning must not keep the answer from coming."""
    try:
        await channel.acknowledge(incoming)
    except Exception as error:
        event(log, logging.WARNING, "not acknowledged", channel=incoming.channel, reason=type(error).__name__)


async def _failed(work: Work, row: Row[Any], error: Exception) -> None:
    event(
        log,
        logging.ERROR,
        "a message could not be handled",
        exc_info=error,
        inbox=row.id,
        attempt=row.attempts,
    )
    now = work.now()
    if row.attempts >= turns.TRIES:
        await work.db.write(lambda tx: turns.give_up_turn(tx, row, now, work.desk))
        event(log, logging.ERROR, "a message is parked", inbox=row.id)
        return
    again = now.machine + timedelta(seconds=row.attempts)
    await work.db.write(lambda tx: queue.put_back(tx, inbox.inbox, row.id, row.attempts, again, "failed"))
