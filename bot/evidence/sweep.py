"""The sweep: files that no row needs any more, and rows of files that nobody filed; once a day and at each start."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import Connection

from bot.files import Files
from bot.log import event
from bot.loops.work import Work
from storage import evidence, files, uploads

ORPHANED = timedelta(days=1)  # younger files may belong to a turn that is just being taken
UNFILED = timedelta(days=14)  # a form is taken up again after days, not after weeks
BATCH = 500
log = logging.getLogger("bot.evidence")


class Sweep:
    def __init__(self, work: Work, store: Files) -> None:
        self._work, self._files = work, store

    async def sweep(self) -> int:
        """How many files went."""
        now = self._work.now()

        def forget(tx: Connection) -> None:
            uploads.forget(tx, now.machine - ORPHANED)
            evidence.forget_unfiled(tx, now.policy - UNFILED)
            files.forget_sheets(tx, now.policy)

        await self._work.db.write(forget)
        names, gone = await self._files.older_than(now.machine - ORPHANED), 0
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            known = await self._work.db.read(lambda tx, batch=batch: evidence.known(tx, batch))  # type: ignore[misc]
            orphans = [name for name in batch if name not in known]
            await self._files.remove(orphans)
            gone += len(orphans)
        if gone:
            event(log, logging.INFO, "files swept", files=gone)
        return gone
