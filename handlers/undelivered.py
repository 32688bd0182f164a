"""What did not arrive: it goes to another chat, then by SMS; where nothing is left, the staff hear of it and call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers import by_sms, elsewhere, news, to_call
from handlers.turn import Moment, Turn
from storage import deadlines, history, list_people, list_rungs, outbox, tickets, unreached, web
from storage.outbox import Entry
from storage.tickets import Ticket
from storage.unreached import Ways

UNSEEN = timedelta(hours=1)  # how long a page may stay closed before an SMS goes
COMES_LATER = ("blocked", "outside", "gave_up")  # said in full when the chat is heard again


def lost(tx: Connection, row: Entry, outcome: str, now: datetime, machine_now: datetime) -> int | None:
    """The row was given up. Of a member of staff for whom no chat is left: the row with which it began."""
    if row.ticket_id is not None:
        _news_lost(tx, row, outcome, now, machine_now)
        return None
    if (row.dedupe or "").startswith("line:"):  # to somebody on a verification list
        line = list_people.find(tx, int(row.dedupe.split(":")[1]))
        if line:
            list_rungs.plan(tx, line.list_id, [(f"call:{line.id}:{row.id}", now)])
        return None
    if row.rank != outbox.RANKS["alert"] or elsewhere.pass_on(tx, row, machine_now):
        return None
    return elsewhere.root(row)


def _news_lost(tx: Connection, row: Entry, outcome: str, now: datetime, machine_now: datetime) -> None:
    if outcome in COMES_LATER and not by_sms.is_one(row):
        outbox.keep_for_later(tx, row.id)
    if not _passed_on(tx, row, now, machine_now):
        _look(tx, row, "undelivered", now)


def _passed_on(tx: Connection, row: Entry, now: datetime, machine_now: datetime) -> bool:
    other = elsewhere.pass_on(tx, row, machine_now)
    if other:
        history.add(tx, row.ticket_id, now, "elsewhere", internal=True, channel=row.channel, to=other.channel)
    return other is not None


def _look(tx: Connection, row: Entry, why: str, at: datetime) -> None:
    """Whether somebody has it is looked at when the rung rings."""
    deadlines.plan(tx, tickets.get(tx, row.ticket_id).round_id, [(f"{why}:{row.id}", at)])


def arrived(tx: Connection, row: Entry, how: str, now: datetime) -> None:
    """The provider has it, so somebody knows; of a page that may be closed, that is looked at later."""
    if row.ticket_id is None:
        return
    if web.unseen(tx, row.channel, row.chat, row.id):
        if row.body.get("news", {}).get("what") in news.WORTH:
            _look(tx, row, "unseen", now + UNSEEN)
        return
    told = by_sms.about(outbox.find(tx, row.id) or row)
    unreached.clear(tx, *told)
    if how == "template" or by_sms.is_one(row):
        for ticket_id in told:
            history.add(tx, ticket_id, now, "brief", internal=True, channel=row.channel)


def ring(moment: Moment, ticket: Ticket, row_id: int) -> None:
    """undelivered:<outbox row> · unseen:<outbox row>. Where any chat has it, or is still to get it, all is well."""
    row = outbox.find(moment.tx, row_id)
    if row is None or row.body is None:
        return
    tried = _tried(moment.tx, row)
    came = [_came_of(moment.tx, one) for one in tried]
    if None in came or "sent" in came:
        return
    if not by_sms.is_one(row) and _passed_on(moment.tx, row, moment.now, moment.machine_now):
        return
    ways = tuple(dict.fromkeys((one.channel, str(how)) for one, how in zip(tried, came, strict=True)))
    if any(map(by_sms.is_one, tried)):  # that was the last road
        for ticket_id in by_sms.about(row):
            to_call.add(moment, tickets.get(moment.tx, ticket_id), row.body["news"]["what"], ways)
    else:
        no_chat_left(moment, ticket, row.body, row.dedupe, ways)


def no_chat_left(
    moment: Turn | Moment, ticket: Ticket, body: dict[str, Any], dedupe: str | None, ways: Ways
) -> None:
    """An SMS where the news is worth it and there can be one; else a call."""
    what = body.get("news", {}).get("what")
    key = news.key_of(dedupe)
    if key is None or what not in news.WORTH:
        history.add(moment.tx, ticket.id, moment.now, "undelivered", internal=True, ways=[*map(list, ways)])
        return
    why_not = by_sms.send(moment, ticket, body, key)
    if why_not:
        to_call.add(moment, ticket, what, (*ways, why_not))


def _tried(tx: Connection, row: Entry) -> list[Entry]:
    """What was to bring this news: a row for each chat, and the SMS."""
    key = news.key_of(row.dedupe)
    same = [one for one in outbox.of_ticket(tx, [row.ticket_id]) if key and news.key_of(one.dedupe) == key]
    return same or [row]


def _came_of(tx: Connection, row: Entry) -> str | None:
    """None while it is under way."""
    if row.done_at is None:
        return None
    if row.outcome == "sent" and web.unseen(tx, row.channel, row.chat, row.id):
        return "unseen"
    if row.outcome == "refused" and row.unknowns and by_sms.is_one(row):
        return "perhaps"
    return str(row.outcome)
