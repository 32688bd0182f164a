"""Opening a report: its faults become tickets under one code, each at the unit that answers for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers import clocks, desk
from handlers.faults import Fault
from handlers.finding import grouped, route_of
from handlers.rules import deadlines as rules
from handlers.rules import same_day
from handlers.turn import Moment, Turn
from locales.times import ZONE
from storage import evidence, history, policies, reports, tickets, units
from storage.reports import Report

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O 1 I L U, which people mix up


def open_report(
    turn: Turn, *, about: dict[str, Any], resident_id: int | None, proven: bool, faults: list[Fault]
) -> Report:
    """Files what the resident sent in this turn; received when the inbox stored it."""
    report = reports.add(
        turn.tx,
        code=fresh_code(turn),
        talk_id=turn.talk.id,
        resident_id=resident_id,
        about=about,
        proven=proven,
        channel=turn.incoming.channel,
        received_at=turn.received_at,
    )
    _add_tickets(turn, report, faults)
    return report


def imported_report(
    moment: Moment,
    *,
    code: str,
    about: dict[str, Any],
    faults: list[Fault],
    received_at: datetime,
    import_ref: bytes,
) -> Report:
    """A backlog complaint with its own received time; alerts come as one digest, not a burst."""
    report = reports.add(
        moment.tx,
        code=code,
        talk_id=None,
        resident_id=None,
        about=about,
        proven=False,
        channel="import",
        received_at=received_at,
        import_ref=import_ref,
    )
    _add_tickets(moment, report, faults)
    return report


def _add_tickets(moment: Turn | Moment, report: Report, faults: list[Fault]) -> None:
    today = moment.now.astimezone(ZONE).date()
    found = [(f, route_of(moment.tx, f, report.about, today, report.resident_id)) for f in faults]
    for group, to in grouped(found):
        province = units.get(moment.tx, to.unit).province
        stops = [rules.Campaign(province or "", until, by)
                 for until, by in policies.campaigns_of(moment.tx, province)]  # fmt: skip
        clock = rules.clock_of(group[0].axis)
        changes = [change for fault in group for change in fault.changes]
        received = report.received_at.astimezone(ZONE).date()
        ticket = tickets.add(
            moment.tx,
            report_id=report.id,
            kind=group[0].kind,
            axis=group[0].axis,
            unit_id=to.unit,
            copy_to=to.copy_to,
            changes=changes,
            reasons=list(to.reasons),
            received_at=report.received_at,
            due_at=clocks.due_at(moment.tx, clock, to.unit, report.received_at),
            finish_by=rules.hard_stop(report.received_at, stops) if clock == "letter" else None,
            clock=clock,
            owed=bool(same_day.of_ticket(group[0].kind, changes, received)),
        )
        history.add(moment.tx, ticket.id, report.received_at, "received", channel=report.channel)
        _add_papers(moment, report, ticket.id, group)
        desk.plan_round(moment, ticket)


def _add_papers(moment: Turn | Moment, report: Report, ticket_id: int, group: list[Fault]) -> None:
    names = [name for fault in group for name in fault.evidence]
    if names and report.talk_id is not None:
        evidence.attach(moment.tx, names, report.talk_id, ticket_id)
    if not names and any(fault.no_paper for fault in group):
        history.add(moment.tx, ticket_id, report.received_at, "no_paper")


def fresh_code(turn: Turn) -> str:
    """`PA-` and five characters; drawn again in the rare case that it is taken."""
    while True:
        code = "PA-" + turn.new_code(ALPHABET, 5)
        if not reports.code_taken(turn.tx, code):
            return code
