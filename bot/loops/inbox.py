"""The inbox loop: claims what people wrote, takes a turn for each, and parks what cannot be handled."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row

from bot import chance, turns
from bot.channels import Channel
from bot.log import event
from bot.loops.work import Prepare, Work, all_of
from handlers.incoming import Incoming
from storage import inbox, queue

TURNS = 4
ASIDE = 16  # messages whose files are fetched and looked at, while others are answered
READY = 50.0  # seconds that this may take: less than the lease
FULL = timedelta(seconds=2)
AFTER_FILES = 5  # seconds, once more for each try: a provider's trouble outlasts a fault of ours
log = logging.getLogger("bot.loops")


async def take_turns(work: Work) -> bool:
    """Whether there was anything to do. A message with files is answered later, when they are ready (work.aside): a
    provider that is slow with them keeps only their senders waiting."""
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
        incoming, ids = _read(channel, row, parts)
        await _acknowledge(channel, incoming)
    except Exception as error:
        await _failed(work, row, error)
        return
    if not incoming.media or work.prepare is None:
        await _answer(work, row, incoming, ids)
    elif len(work.aside) < ASIDE:
        task = asyncio.create_task(_answer(work, row, incoming, ids, work.prepare))
        work.aside.add(task)
        task.add_done_callback(partial(_ended, work))
    else:
        await _later(work, row)


def _read(channel: Channel, row: Row[Any], parts: list[Row[Any]]) -> tuple[Incoming, list[int]]:
    """What was said, and the rows of the other parts that it holds; one that means nothing harms only itself."""
    found, ids = [channel.parse(row.raw)], []
    for part in parts:
        with suppress(Exception):  # it comes to its own turn, and is parked there
            found.append(channel.parse(part.raw))
            ids.append(part.id)
    return together(found), ids


async def _answer(
    work: Work, row: Row[Any], incoming: Incoming, ids: list[int], prepare: Prepare | None = None
) -> None:
    try:
        if prepare:
            incoming = await _ready(row, incoming, prepare)
        await work.db.write(
            lambda tx: turns.take_turn(tx, row, incoming, work.now(), work.desk, chance.code, ids)
        )
        await _let_go(work.channels[row.channel], incoming)
    except queue.LeaseLost:
        event(log, logging.WARNING, "a turn took longer than its lease", inbox=row.id)
    except Exception as error:
        await _failed(work, row, error, AFTER_FILES if prepare else 1)
    if incoming.kept and work.tidy:
        await work.tidy(incoming)
    work.wake("outbox", "deadlines", *(["inbox"] if prepare else []))


def _ended(work: Work, task: asyncio.Task[None]) -> None:
    work.aside.discard(task)
    if not task.cancelled() and (error := task.exception()):
        event(log, logging.ERROR, "a turn with files failed", exc_info=error)


async def _ready(row: Row[Any], incoming: Incoming, prepare: Prepare) -> Incoming:
    """With its files; where they cannot be had again and again, its sender is asked to send them once more."""
    try:
        async with asyncio.timeout(READY):
            return await prepare(incoming)
    except Exception as error:
        if row.attempts < turns.TRIES:
            raise
        event(log, logging.ERROR, "files could not be had", exc_info=error, inbox=row.id)
        return replace(incoming, problems=("gone",))


async def _later(work: Work, row: Row[Any]) -> None:
    """As many as can be are in hand."""
    again = work.now().machine + FULL
    with suppress(queue.LeaseLost):
        await work.db.write(
            lambda tx: queue.put_back(tx, inbox.inbox, row.id, row.attempts, again, "waits", counted=False)
        )


def together(parts: list[Incoming]) -> Incoming:
    """An album is one answer: all its files, and what was written under any of them."""
    first, *others = parts
    text = "\n".join(part.text for part in parts if part.text)
    media = tuple(media for part in parts for media in part.media)
    return replace(first, text=text, media=media, more_refs=tuple(one.ref for one in others if one.ref))


async def _acknowledge(channel: Channel, incoming: Incoming) -> None:
    """A button that goes on spinning must not keep the answer from coming."""
    try:
        await channel.acknowledge(incoming)
    except Exception as error:
        event(log, logging.WARNING, "not acknowledged", channel=incoming.channel, reason=type(error).__name__)


async def _let_go(channel: Channel, incoming: Incoming) -> None:
    """What the channel held for the turn; what stays after a fault here is swept."""
    try:
        for media in incoming.media:
            await channel.let_go(media)
    except Exception as error:
        event(log, logging.WARNING, "not let go", channel=incoming.channel, reason=type(error).__name__)


async def _failed(work: Work, row: Row[Any], error: Exception, seconds: int = 1) -> None:
    """seconds: before it is tried again, longer each time."""
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
    again = now.machine + timedelta(seconds=row.attempts * seconds)
    await work.db.write(lambda tx: queue.put_back(tx, inbox.inbox, row.id, row.attempts, again, "failed"))
