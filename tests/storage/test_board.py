"""The board's questions, a rung and its message, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from handlers import opening
from handlers.faults import Fault
from handlers.supervisors import alerts, ladder
from handlers.turn import Moment
from storage import alarms, board, deadlines, outbox, reports, staff, talks, tickets, units, worklist
from storage.db import Database
from tests.world import DESK

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def settle(tx: Connection) -> dict[str, int]:
    """desk > health department > committee > station, with a supervisor at the committee."""
    ids: dict[str, int] = {}
    above = None
    for kind in ("desk", "health_department", "committee", "station"):
        row = {"ref": kind, "kind": kind, "name": kind, "search": kind, "province": "15", "parent_id": above}
        above = ids[kind] = tx.execute(
            insert(units.units).values(row).returning(units.units.c.id)
        ).scalar_one()
    talk = talks.open_talk(tx, "web", "minh")
    ids["minh"] = staff.join(tx, talk.id, "Minh", ids["committee"], "supervisor", NOW).id
    return ids


def file(tx: Connection, at: datetime, number: int, site: int) -> tickets.Ticket:
    report = opening.imported_report(
        Moment(tx, NOW, NOW, DESK),
        code=f"PA-B{number:04}",
        about={},
        faults=[Fault("dose", "dose_missing", (), site=site)],
        received_at=at,
        import_ref=number.to_bytes(16, "big"),
    )
    return tickets.of_report(tx, reports.get(tx, report.id).id)[0]


async def test_the_boards_questions(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        late = file(tx, NOW - timedelta(hours=50), 1, ids["station"])
        file(tx, NOW - timedelta(hours=40), 2, ids["station"])
        moved = tickets.change(tx, late, unit_id=ids["committee"])
        tickets.end_stay(tx, moved.round_id, NOW - timedelta(hours=3))
        tickets.begin_stay(tx, moved.round_id, ids["committee"], NOW - timedelta(hours=3))
        top = [ids["health_department"]]
        return (
            board.lines(tx, ids["committee"], NOW - timedelta(days=30), NOW),
            board.lines(tx, ids["desk"], None, NOW),
            worklist.open_until(tx, top, NOW, 8, 0),
            worklist.unconfirmed(tx, top, 8, 0),
        )

    lines, all_time, overdue, unconfirmed = await any_db.write(run)
    assert [
        (line.unit, line.open, line.nearing, line.overdue, line.due, line.kept, line.held) for line in lines
    ] == [
        ("committee", 1, 0, 1, 1, 0, 3.0),
        ("station", 1, 1, 0, 0, 0, 87.0),
    ]
    assert [(line.unit, line.open, line.overdue, line.deep) for line in all_time] == [
        ("health_department", 2, 1, True)
    ]
    assert ([item.code for item in overdue.items], overdue.n, overdue.alike) == (["PA-B0001"], 1, True)
    assert (unconfirmed.items, unconfirmed.n) == ([], 0)


async def test_a_rung_and_its_message(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        moment = Moment(tx, NOW, NOW, DESK)
        filed = [file(tx, NOW - timedelta(hours=50), n, ids["station"]) for n in (1, 2)]
        for ticket in filed:
            for rung in ("supervisors", "overdue", "overdue"):
                ladder.ring(moment, ticket.round_id, rung)
        rows = [row for row in tx.execute(outbox.outbox.select()) if row.compose]
        carried = alarms.carried(tx, rows[0].id)
        body = alerts.compose(moment, rows[0].id, ids["minh"])
        outbox.fix_body(tx, rows[0].id, body or {})
        ladder.ring(moment, filed[0].round_id, "campaign")
        ladder.undelivered(tx, rows[0].id, NOW)
        later = [row for row in tx.execute(outbox.outbox.select()) if row.compose]
        return len(rows), len(carried), body, len(later), deadlines.alerts_of(tx, filed[0].round_id)

    rows, carried, body, later, sent = await any_db.write(run)
    assert (rows, carried, later) == (1, 4, 2)  # words that are made take no further alert
    assert body["text"].startswith("**QUÁ HẠN** · 2 phiếu\nPA-B0001 · quá hạn 2 giờ")
    assert [alert.rung for alert in sent] == ["supervisors", "overdue", "campaign"]
