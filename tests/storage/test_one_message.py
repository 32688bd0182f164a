"""Two processes that ring at the same moment: each alert once, and one message for the person."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import Connection, func, insert, select

from handlers import opening
from handlers.faults import Fault
from handlers.supervisors import ladder
from handlers.turn import Moment
from storage import deadlines, outbox, reports, staff, talks, tickets, units
from storage.db import Database
from storage.vault import Vault
from tests.world import DESK, FRIDAY, KEY


def settled(tx: Connection) -> list[int]:
    """A station with one clerk, and two tickets; the ids of their rounds."""
    for ref, kind in (("desk", "desk"), ("site:1", "site")):
        tx.execute(insert(units.units).values(ref=ref, kind=kind, name=ref, search=ref))
    site = units.by_ref(tx, "site:1")
    assert site
    staff.join(tx, talks.open_talk(tx, "web", "tram").id, "Anh Páo", site.id, "clerk", FRIDAY)
    moment = Moment(tx, FRIDAY, FRIDAY, DESK)
    fault = Fault(
        "dose", "dose_missing", ({"kind": "dose_missing", "field": "dose", "new": {}},), site=site.id
    )
    found = []
    for n in range(2):
        report = opening.imported_report(moment, code=f"PA-0000{n}", about={}, faults=[fault], received_at=FRIDAY,
                                         import_ref=bytes([n]) * 16)  # fmt: skip
        found.append(tickets.of_report(tx, report.id)[0].round_id)
    assert reports.by_code(tx, "PA-00000")
    return found


async def test_rung_side_by_side(any_db: Database) -> None:
    rounds = await any_db.write(settled)
    other = Database(any_db.url.render_as_string(hide_password=False), Vault(KEY))

    def ring(round_id: int) -> Any:
        return lambda tx: ladder.ring(Moment(tx, FRIDAY, FRIDAY, DESK), round_id, "new")

    await asyncio.gather(any_db.write(ring(rounds[0])), other.write(ring(rounds[1])))
    await other.close()

    def count(tx: Connection) -> tuple[int, int]:
        alerts = tx.execute(select(func.count()).select_from(deadlines.alerts)).scalar_one()
        return alerts, tx.execute(select(func.count()).select_from(outbox.outbox)).scalar_one()

    assert await any_db.read(count) == (2, 1)
