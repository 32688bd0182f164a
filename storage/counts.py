"""Counts for whoever watches the desk: how much waits in each queue, what was parked, what may have been sent twice,
the SMS that were paid for (of the rows that are still kept), and the answers that nobody has got."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.deadlines import rungs
from storage.inbox import inbox
from storage.outbox import outbox
from storage.tokens import tokens
from storage.unreached import unreached


def alive(tx: Connection) -> bool:
    return bool(tx.execute(select(1)).scalar_one())


def queues(tx: Connection) -> dict[str, int]:
    found = {}
    for table in (inbox, outbox, rungs):
        waiting = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
        found[f"{table.name}_waiting"] = int(tx.execute(waiting).scalar_one())
    parked = select(func.count()).select_from(inbox).where(inbox.c.outcome == "parked")
    found["inbox_parked"] = int(tx.execute(parked).scalar_one())
    unknown = select(func.coalesce(func.sum(outbox.c.unknowns), 0))
    found["outbox_unknown"] = int(tx.execute(unknown).scalar_one())
    parts = select(func.coalesce(func.sum(outbox.c.parts), 0)).where(outbox.c.channel == "sms")
    found["sms_parts"] = int(tx.execute(parts).scalar_one())
    failed = select(func.count()).select_from(tokens).where(tokens.c.failed.isnot(None))
    found["tokens_failed"] = int(tx.execute(failed).scalar_one())
    to_call = select(func.count()).select_from(unreached)
    found["answers_unreached"] = int(tx.execute(to_call).scalar_one())
    return found
