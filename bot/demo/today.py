"""This morning's round at the demo's station: doses that nobody has signed yet, so that 16:00 has something to ask."""

from __future__ import annotations

from sqlalchemy import insert, select

from handlers.signing import ringing
from handlers.turn import Moment
from storage import doses, people, units, vault
from storage.facts import get, keep

INJECTED = ("so", "chu")  # of bot/demo/people.py: each has one dose on record
STATION = "station:2025:04585"


def inject(moment: Moment) -> None:
    """Once, as an export of this morning would bring it."""
    tx = moment.tx
    if get(tx, "demo:injected"):
        return
    station = units.by_ref(tx, STATION)
    assert station, STATION
    for ref in INJECTED:
        mark = vault.of(tx).index("person", f"demo:{ref}")
        person = tx.execute(select(people.residents.c.id).where(people.residents.c.ref == mark)).scalar_one()
        tx.execute(
            insert(doses.doses).values(
                resident_id=person, dose_no=2, dose_class="primary", ordinal=2, vaccine="Comirnaty", day=moment.today,
                lot="FN5611", site_name=station.name, site_id=station.id, signed=False, as_of=moment.now,
            )
        )  # fmt: skip
    ringing.plan(moment, station.id, moment.today)
    keep(tx, "demo:injected", moment.today.isoformat())
