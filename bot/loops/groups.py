"""The groups loop: about every second what groups of staff show is compared with what is true."""

from __future__ import annotations

import asyncio
import logging

from bot import turns
from bot.log import event
from bot.loops.work import Work

SHARE = 20  # a look that took long, because much is open, is followed by so many times that length of rest
log = logging.getLogger("bot.loops")


async def tend(work: Work) -> bool:
    """Whether anything changed. Each group for itself: one that cannot be tended keeps no other one waiting."""
    now, seconds = work.now(), asyncio.get_running_loop().time
    began = seconds()
    if began < work.groups_rest:
        return False
    due = await work.db.read(lambda tx: turns.groups_due(tx, now))
    work.groups_rest = seconds() + SHARE * (seconds() - began)
    changed = [group_id for group_id in due if await _tend(work, group_id, now)]
    if changed:
        work.wake("outbox")
    return bool(changed)


async def _tend(work: Work, group_id: int, now: turns.Now) -> bool:
    try:
        return await work.db.write(lambda tx: turns.tend_group(tx, group_id, now, work.desk))
    except Exception as error:
        event(log, logging.ERROR, "a group could not be tended", exc_info=error, group=group_id)
        return False
