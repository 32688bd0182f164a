"""News by SMS, where no chat is left: once for each piece of news, and once for the like of several tickets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers import news, phones, wording_history
from handlers.putting import send_sms
from handlers.turn import Moment, Turn
from storage import history, outbox, people, reports, tickets
from storage.outbox import Entry
from storage.reports import Report
from storage.tickets import Ticket

TOGETHER = timedelta(hours=12)  # «there is an answer» of a report's other tickets is said once in that time


def send(moment: Turn | Moment, ticket: Ticket, body: dict[str, Any], key: str) -> tuple[str, str] | None:
    """Puts the SMS; where there can be none, why not."""
    if not moment.desk.sms:
        return ("sms", "off")
    phone = phone_of(moment.tx, reports.get(moment.tx, ticket.report_id))
    if phone is None:
        return ("phone", "none")
    earlier = _like_it(moment, ticket, body["news"]["what"])
    if earlier is None:
        text = news.sms(body["news"], body["lang"], moment.desk)
        send_sms(moment, phone, text, ticket_id=ticket.id, dedupe=f"{key}:sms", more={"news": body["news"]})
        return None
    said = {**earlier.body, "also": [*earlier.body.get("also", ()), ticket.id]}
    outbox.fix_body(moment.tx, earlier.id, said)
    if earlier.done_at is not None:
        history.add(moment.tx, ticket.id, moment.now, "brief", internal=True, channel=earlier.channel)
    return None


def phone_of(tx: Connection, report: Report) -> str | None:
    """The phone of the record where it was proven, else the one given in the report."""
    given = [report.about.get("phone")]
    if report.proven and report.resident_id:
        given.insert(0, people.get(tx, report.resident_id).details.get("phone"))
    read = [phones.read_phone(str(one)) for one in given if one]
    return next((one.value for one in read if not isinstance(one, str)), None)


def is_one(row: Entry) -> bool:
    return bool(row.body) and "phone" in row.body


def about(row: Entry) -> tuple[int, ...]:
    """The tickets that it tells of."""
    return (row.ticket_id, *row.body.get("also", ()))


def _like_it(moment: Turn | Moment, ticket: Ticket, what: str) -> Entry | None:
    """An SMS that says the same of another ticket of the report, and that the resident has not reacted to."""
    parts = [one.id for one in tickets.of_report(moment.tx, ticket.report_id)]
    since = moment.now - TOGETHER
    alike = [
        row
        for row in outbox.of_ticket(moment.tx, parts)
        if row.created_at > since
        and (row.done_at is None or row.outcome == "sent")
        and is_one(row)
        and row.body["news"]["what"] == what
        and ticket.id not in about(row)
    ]
    if not alike or reacted(moment.tx, parts, alike[-1].created_at):
        return None
    newest = outbox.hold(moment.tx, alike[-1].id)  # perhaps it has come back meanwhile, or tells of one more
    return newest if newest and (newest.done_at is None or newest.outcome == "sent") else None


def reacted(tx: Connection, ticket_ids: list[int], since: datetime) -> bool:
    """Whether the resident has done anything about these tickets after that."""
    return history.happened_since(tx, ticket_ids, since, list(wording_history.OWN_ACTS))
