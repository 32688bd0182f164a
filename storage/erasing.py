"""Erasing: what was promised when consent was asked — nothing personal stays longer than it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from storage import evidence, people
from storage import reports as reports_of
from storage.approvals import approvals
from storage.chat_codes import chat_codes
from storage.codes import codes, throttles
from storage.files import files
from storage.history import events
from storage.inbox import inbox
from storage.list_people import list_people
from storage.lists import list_events, lists
from storage.outbox import outbox
from storage.reports import reports, watchers
from storage.talks import consents, talks
from storage.tickets import rounds, tickets
from storage.unreached import unreached
from storage.web import web_messages

QUEUES_KEEP = timedelta(days=30)  # handled messages: long enough to look into a fault
AFTER_WITHDRAWAL = timedelta(days=20)  # Decree 356/2025: deletion within 20 days (domain/privacy.md)
ERASED = {"erased": True}


def erase(tx: Connection, now: datetime, machine_now: datetime, keep: timedelta) -> int:
    """Empties what is past its time; how many reports lost their personal data."""
    tx.execute(delete(codes).where(codes.c.made_at < machine_now - timedelta(days=1)))
    tx.execute(delete(throttles).where(throttles.c.at < machine_now - timedelta(days=1)))
    tx.execute(delete(chat_codes).where(chat_codes.c.expires_at < machine_now - timedelta(days=1)))
    tx.execute(delete(inbox).where(inbox.c.done_at < machine_now - QUEUES_KEEP, inbox.c.outcome != "parked"))
    tx.execute(delete(outbox).where(outbox.c.done_at < machine_now - QUEUES_KEEP))
    tx.execute(delete(web_messages).where(web_messages.c.at < now - keep))
    tx.execute(delete(files).where(files.c.made_at < now - keep))
    for talk_id in _withdrawn(tx, now - AFTER_WITHDRAWAL):
        _forget_talk(tx, talk_id)
    for list_id in _long_unused(tx, now - keep):
        _forget_list(tx, list_id)
    old = _long_closed(tx, now - keep)
    for report_id in old:
        _forget_report(tx, report_id)
    return len(old)


def _withdrawn(tx: Connection, before: datetime) -> list[int]:
    """Chats that withdrew long enough ago, did not consent again, and have no report that is still handled."""
    again = consents.alias()
    open_report = (
        select(watchers.c.talk_id)
        .join(tickets, tickets.c.report_id == watchers.c.report_id)
        .where(watchers.c.talk_id == consents.c.talk_id, tickets.c.state == "open")
    )
    given = select(again.c.id).where(again.c.talk_id == consents.c.talk_id, again.c.withdrawn_at.is_(None))
    found = select(consents.c.talk_id).where(
        consents.c.withdrawn_at < before, ~given.exists(), ~open_report.exists()
    )
    return list(tx.execute(found.distinct()).scalars())


def _forget_talk(tx: Connection, talk_id: int) -> None:
    talk = tx.execute(select(talks.c.channel, talks.c.chat).where(talks.c.id == talk_id)).one()
    tx.execute(update(talks).where(talks.c.id == talk_id).values(state={}))
    reports_of.unwatch(tx, talk_id)
    tx.execute(delete(consents).where(consents.c.talk_id == talk_id))
    people.unlink(tx, talk_id)
    evidence.forget_unfiled_of_talk(tx, talk_id)
    _forget_answers(tx, talk_id)
    tx.execute(delete(files).where(files.c.channel == talk.channel, files.c.chat == talk.chat))
    if talk.channel == "web":
        tx.execute(delete(web_messages).where(web_messages.c.chat == talk.chat))
    tx.execute(
        delete(inbox).where(inbox.c.lane == f"{talk.channel}:{talk.chat}", inbox.c.done_at.isnot(None))
    )
    sent = (outbox.c.channel == talk.channel, outbox.c.chat == talk.chat, outbox.c.done_at.isnot(None))
    tx.execute(delete(outbox).where(*sent))
    for report_id in tx.execute(select(reports.c.id).where(reports.c.talk_id == talk_id)).scalars().all():
        _forget_report(tx, report_id)


def _forget_answers(tx: Connection, talk_id: int) -> None:
    """What was written from this chat to the police of a list."""
    c = list_events.c
    for event_id, details in tx.execute(select(c.id, c.details).where(c.what == "supplied")).all():
        if details.get("talk") == talk_id:
            kept = {"place": details["place"], "words": "…", **ERASED}
            tx.execute(update(list_events).where(c.id == event_id).values(details=kept))


def _long_closed(tx: Connection, before: datetime) -> list[int]:
    still_open = select(tickets.c.id).where(tickets.c.report_id == reports.c.id, tickets.c.state == "open")
    last = (
        select(func.max(rounds.c.closed_at))
        .join(tickets, tickets.c.id == rounds.c.ticket_id)
        .where(tickets.c.report_id == reports.c.id)
        .scalar_subquery()
    )
    found = select(reports.c.id).where(~still_open.exists(), last < before, reports.c.erased.is_(False))
    return list(tx.execute(found).scalars())


def _long_unused(tx: Connection, before: datetime) -> list[int]:
    """Lists that are done, given up, or were never sent, and that nobody has touched since. One that is still with
    somebody is work that is owed, however old."""
    last = select(func.max(list_events.c.at)).where(list_events.c.list_id == lists.c.id).scalar_subquery()
    ended = lists.c.state.in_(("draft", "done", "dropped"))
    found = select(lists.c.id).where(
        ended, lists.c.erased.is_(False), func.coalesce(last, lists.c.made_at) < before
    )
    return list(tx.execute(found).scalars())


def _forget_list(tx: Connection, list_id: int) -> None:
    """Number, date, units, times, verdicts and outcomes stay as a record of duty."""
    mine = lists.c.id == list_id
    tx.execute(update(lists).where(mine, lists.c.state == "draft").values(state="dropped"))
    tx.execute(
        update(lists).where(mine).values(title=None, signed=None, erased=True, version=lists.c.version + 1)
    )
    tx.execute(update(list_events).where(list_events.c.list_id == list_id).values(details=ERASED))
    _forget_lines(tx, list_people.c.list_id == list_id)
    evidence.forget_of_lists(tx, [list_id])


def _forget_lines(tx: Connection, which: ColumnElement[bool]) -> None:
    tx.execute(
        update(list_people)
        .where(which)
        .values(
            given={},
            reviewed=None,
            corrected=None,
            words=None,
            remark=None,
            person_key=None,
            resident_id=None,
        )
    )


def _forget_report(tx: Connection, report_id: int) -> None:
    """Code, unit, times and outcome stay as a record of duty; who and what do not."""
    tx.execute(
        update(reports)
        .where(reports.c.id == report_id)
        .values(about={}, phone_key=None, resident_id=None, erased=True)
    )
    mine = select(tickets.c.id).where(tickets.c.report_id == report_id)
    tx.execute(update(tickets).where(tickets.c.report_id == report_id).values(changes=[]))
    tx.execute(
        update(approvals)
        .where(approvals.c.ticket_id.in_(mine))
        .values(changes=[], person_key=None, resident_id=None)
    )
    tx.execute(update(events).where(events.c.ticket_id.in_(mine)).values(details=ERASED))
    drafts = select(lists.c.id).where(lists.c.state == "draft")
    of_mine = list_people.c.ticket_id.in_(mine)
    tx.execute(delete(list_people).where(of_mine, list_people.c.list_id.in_(drafts)))
    _forget_lines(tx, of_mine)
    tx.execute(delete(watchers).where(watchers.c.report_id == report_id))
    tx.execute(delete(unreached).where(unreached.c.ticket_id.in_(mine)))
    evidence.forget_of_report(tx, report_id)
