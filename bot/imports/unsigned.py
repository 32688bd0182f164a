"""What an export says about signatures: which doses of today and yesterday wait for one, and which ticks it contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from bot.imports.job import Job
from handlers.signing import ringing
from storage import signatures, units, unsigned


@contextmanager
def noticed(tx: Connection, job: Job, rows: list[dict[str, Any]]) -> Iterator[None]:
    """Around the writing of these doses: the units of what waits since now are asked."""
    shown = {(row["resident_id"], row["dose_no"]): row["as_of"] for row in rows if row.get("signed") is False}
    since = job.moment(tx).today - timedelta(days=1)
    old = {(row["resident_id"], row["dose_no"]) for row in rows if (row.get("day") or since) < since}
    fresh = shown.keys() - old
    before = unsigned.open_among(tx, fresh, since) if fresh else {}
    yield
    if shown and signatures.deny(tx, shown):
        ringing.contradicted(job.moment(tx))
    waiting = unsigned.open_among(tx, fresh, since) if fresh else {}
    for site_id, day in {at for pair, at in waiting.items() if pair not in before}:
        ringing.plan(job.moment(tx), units.today(tx, units.get(tx, site_id)).id, day)
