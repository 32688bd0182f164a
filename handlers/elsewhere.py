"""Elsewhere: in which chat of a person something is said, and in which one next where it does not arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection

from handlers import news
from storage import outbox, reports, staff, talks, tickets
from storage.outbox import Entry
from storage.reports import Report
from storage.talks import Talk

NEVER = datetime.min.replace(tzinfo=UTC)
BOUND = ("thread", "place", "answers")  # what only makes sense in the chat that it was said in
RANK = {number: name for name, number in outbox.RANKS.items()}


def of_report(tx: Connection, report: Report, *, but: int | None = None) -> list[Talk]:
    """Where news of it goes: the chat it was filed in; where that cannot be reached, another one that follows it. Of an
    imported one, which nobody filed here, every chat that follows it. but: who says it themselves."""
    others = [talk_id for talk_id in reports.watching(tx, report.id) if talk_id != but]
    following = _in_order(tx, others, report.talk_id)
    if report.talk_id is None:
        return following
    return [talk for talk in following if talk.reachable][:1] or following[:1]


def _in_order(tx: Connection, talk_ids: Iterable[int], first: int | None = None) -> list[Talk]:
    """The first, then those that were heard last."""
    found = sorted(talks.several(tx, talk_ids), key=lambda one: one.heard_at or NEVER, reverse=True)
    return sorted(found, key=lambda one: one.id != first)


def pass_on(tx: Connection, row: Entry, now: datetime) -> Talk | None:
    """Puts a row that did not arrive into the next chat that has not had it; None where there is none. now: machine
    time."""
    kept = outbox.find(tx, row.id)  # a composed row was claimed without its words
    if kept is None or kept.body is None:
        return None
    key = _key(row)
    for talk in _others(tx, row):
        copied = outbox.put(
            tx,
            channel=talk.channel,
            chat=talk.chat,
            lane=f"{talk.channel}:{talk.chat}",
            body={name: value for name, value in kept.body.items() if name not in BOUND},
            created_at=row.created_at,
            run_at=now,
            rank=RANK[row.rank],
            ticket_id=row.ticket_id,
            not_after=row.not_after,
            dedupe=f"{key}:{talk.id}",
        )
        if copied is not None:
            return talk
    return None


def root(row: Entry) -> int:
    """Of a member of staff's row: the one that was to be said first."""
    return int(row.dedupe.split(":")[1]) if (row.dedupe or "").startswith("elsewhere:") else int(row.id)


def _key(row: Entry) -> str:
    return news.key_of(row.dedupe) or f"elsewhere:{root(row)}"


def _others(tx: Connection, row: Entry) -> list[Talk]:
    """The reachable chats of the same people, without the one it was said in."""
    here = talks.find(tx, row.channel, row.chat)
    if here is None:
        return []
    theirs = _of_resident(tx, row) if row.ticket_id is not None else _of_staff(tx, row, here)
    return [talk for talk in theirs if talk.reachable and talk.id != here.id]


def _of_resident(tx: Connection, row: Entry) -> list[Talk]:
    report = reports.get(tx, tickets.get(tx, row.ticket_id).report_id)
    return _in_order(tx, reports.watching(tx, report.id), report.talk_id)


def _of_staff(tx: Connection, row: Entry, here: Talk) -> list[Talk]:
    person = staff.by_talk(tx, here.id)
    if person is None:
        return []
    begun = outbox.find(tx, root(row))
    before = talks.find(tx, begun.channel, begun.chat) if begun else None
    chats = _in_order(tx, staff.chats_of(tx, person.id))
    return [talk for talk in chats if before is None or talk.id != before.id]
