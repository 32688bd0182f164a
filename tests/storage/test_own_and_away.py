"""What is counted apart, and who stands in for whom: the questions, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers import opening
from handlers.faults import Fault
from handlers.turn import Moment
from storage import absences, board, policies, queue_filters, reports, staff, talks, tickets
from storage.db import Database
from storage.queue_filters import Scope
from tests.storage.test_board import NOW, file, settle
from tests.world import DESK

TODAY = date(2026, 11, 20)


def complaint(tx: Connection, site: int) -> tickets.Ticket:
    report = opening.imported_report(
        Moment(tx, NOW, NOW, DESK),
        code="PA-C0001",
        about={},
        faults=[Fault("service", "other", (), site=site)],
        received_at=NOW - timedelta(days=8),
        import_ref=b"c" * 16,
    )
    return tickets.of_report(tx, reports.get(tx, report.id).id)[0]


async def test_own_clock_and_clerks(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        file(tx, NOW - timedelta(hours=50), 1, ids["station"])
        own = complaint(tx, ids["station"])
        policies.set_step(tx, "*", policies.Step("own_passed", timedelta(hours=48), ("committee",), True, ""))
        [line] = board.lines(tx, ids["committee"], None, NOW)
        here = (ids["station"],)
        seen = [
            [t.axis for t in queue_filters.waiting(tx, scope)]
            for scope in (Scope(here), Scope(here, True, here, 1), Scope(here, False, here, 1))
        ]
        tickets.change(tx, own, holder_id=ids["minh"])
        given = queue_filters.counts(tx, Scope(here, True, here, ids["minh"]), ids["minh"], NOW)
        return (
            line,
            seen,
            given.mine,
            own.clock,
            policies.ladder_of(tx, "15"),
            policies.ladder_of(tx, "15", "own"),
        )

    line, seen, mine, clock, letters, own = await any_db.write(run)
    assert (line.open, line.overdue, line.due, line.held, line.other, clock) == (1, 1, 1, 50.0, 1, "own")
    assert seen == [["service", "dose"], ["dose"], ["dose"]]
    assert (mine, letters, [step.rung for step in own]) == (1, [], ["own_passed"])


async def test_standing_in(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        talk = talks.open_talk(tx, "web", "tho")
        tho = staff.join(tx, talk.id, "Thơ", ids["committee"], "supervisor", NOW).id
        ticket = file(tx, NOW, 1, ids["committee"])
        tickets.change(tx, ticket, holder_id=ids["minh"])
        absences.begin(tx, ids["minh"], tho, TODAY, NOW)
        found = []
        for now in (
            NOW,
            NOW + timedelta(hours=7, minutes=59),
            NOW + timedelta(hours=8),
        ):  # 17:00 UTC is midnight
            counted = queue_filters.counts(tx, Scope((ids["committee"],)), tho, now)
            found.append((counted.mine, absences.stood_in_for(tx, tho, now)))
        over = [absences.passed(tx, TODAY + timedelta(days=n)) for n in (0, 1)]
        return ids["minh"], found, [[one.staff_id for one in passed] for passed in over]

    minh, found, over = await any_db.write(run)
    assert found == [(1, [minh]), (1, [minh]), (0, [])]
    assert over == [[], [minh]]
