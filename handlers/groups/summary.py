"""The pinned summary of a group: how much is open and overdue, and what is due next."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import links, wording
from handlers.groups import sending
from handlers.reply import Button, Reply
from handlers.turn import Moment, Turn
from locales import Text, _, lines, ngettext
from storage import group_cards, groups, reports, tickets, units
from storage.groups import Group

AGAIN = timedelta(minutes=5)  # at the earliest after a change
CLOCK = timedelta(hours=1)  # also without one, because time goes by


def words(moment: Turn | Moment, group: Group) -> Text:
    open_, overdue, next_id = group_cards.numbers(moment.tx, group.unit_id, moment.now)
    unit = units.get(moment.tx, group.unit_id).name
    told = ngettext("{n} ticket open, {overdue} overdue", "{n} tickets open, {overdue} overdue", open_,
                    overdue=overdue)  # fmt: skip
    return lines(
        _("**Queue of {unit}**", unit=unit),
        told if open_ else _("No open tickets"),
        _next(moment, next_id) if next_id else None,
        _("as of {at}", at=moment.now),
    )


def _next(moment: Turn | Moment, ticket_id: int) -> Text:
    ticket = tickets.get(moment.tx, ticket_id)
    code = reports.get(moment.tx, ticket.report_id).code
    return _("Due next: **{code}**, {left}", code=code, left=wording.left(ticket, moment.now))


def buttons(moment: Turn | Moment) -> tuple[Button, ...]:
    url = links.telegram(moment.tx, "hangdoi")
    return (Button(_("Open the queue in private"), "", url=url),) if url else ()


def due(group: Group, now: datetime) -> bool:
    """Before anything is counted: a change has been seen, or the last one is an hour old."""
    if group.summary is None:
        return True
    written, _numbers, changed = _read(group.summary)
    return now - written >= (AGAIN if changed else CLOCK)


def bring_up(moment: Moment, group: Group) -> bool:
    """Whether it was written; a change that comes too early is remembered."""
    numbers = ":".join(map(str, group_cards.numbers(moment.tx, group.unit_id, moment.now)))
    if group.summary is not None:
        written, before, _changed = _read(group.summary)
        if not due(group, moment.now):
            if numbers != before:
                _keep(moment, group, written, before, changed=True)
            return False
        if numbers == before and numbers.startswith("0:"):
            _keep(moment, group, moment.now, numbers)
            return False
    reply = Reply(words(moment, group), buttons(moment), "card", rank="card", silent=True)
    row_id = sending.put(moment, group, reply, replaces=group.summary_id, pin=True)
    groups.change(moment.tx, group.id, summary_id=group.summary_id or row_id)
    _keep(moment, group, moment.now, numbers)
    return True


def _keep(moment: Moment, group: Group, at: datetime, numbers: str, *, changed: bool = False) -> None:
    mark = "*" if changed else ""
    groups.change(moment.tx, group.id, summary=f"{at.isoformat(timespec='seconds')};{numbers}{mark}")


def _read(summary: str) -> tuple[datetime, str, bool]:
    at, _semicolon, numbers = summary.partition(";")
    return datetime.fromisoformat(at), numbers.rstrip("*"), numbers.endswith("*")
