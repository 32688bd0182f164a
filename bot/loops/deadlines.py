"""The deadlines loop: rings what is due, and once a day erases what is past its time."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from sqlalchemy import Row, Table

from bot import turns
from bot.log import event
from bot.loops.work import Work
from storage import queue

log = logging.getLogger("bot.loops")


async def ring(work: Work) -> bool:
    """Whether anything was due."""
    now = work.now()
    try:
        rung = await work.db.write(lambda tx: turns.ring(tx, now, work.desk))
    except Exception as error:
        event(log, logging.ERROR, "deadlines could not be rung together", exc_info=error)
        rung = await _ring_singly(work, now)
    work.wake("outbox")
    return rung > 0


async def _ring_singly(work: Work, now: turns.Now) -> int:
    """One deadline that cannot be rung must not keep the others silent."""
    rung = 0
    for table in turns.RUNGS:
        claim = partial(queue.claim, table=table, now=now.policy, limit=turns.RINGS_AT_ONCE)
        rows = await work.db.write(claim)
        for row in rows:
            await _ring_one(work, table, row, now)
        rung += len(rows)
    return rung


async def _ring_one(work: Work, table: Table, row: Row[Any], now: turns.Now) -> None:
    try:
        await work.db.write(lambda tx: turns.ring_one(tx, table, row, now, work.desk))
    except Exception as error:
        event(
            log, logging.ERROR, "a deadline could not be rung", exc_info=error, table=table.name, rung=row.id
        )
        await work.db.write(lambda tx: turns.ring_later(tx, table, row, now))


async def erase(work: Work) -> None:
    """What is past its time today, whichever process comes first; a failure keeps no deadline from ringing."""
    now = work.now()
    try:
        count = await work.db.write(lambda tx: turns.erase_once(tx, now, work.desk))
    except Exception as error:
        event(log, logging.ERROR, "nothing could be erased today", exc_info=error)
        return
    if count:
        event(log, logging.INFO, "personal data erased", reports=count)


async def sweep(work: Work) -> None:
    """After what is erased, so that the files of erased reports go soon."""
    if work.sweep is None:
        return
    try:
        await work.sweep()
    except Exception as error:
        event(log, logging.ERROR, "files could not be swept today", exc_info=error)
