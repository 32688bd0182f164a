"""What waits for a signature, on SQLite and on PostgreSQL alike: ticks, minutes, contradictions, a predecessor's doses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from storage import board, doses, people, signatures, staff, talks, units, unsigned
from storage.db import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)


def settle(tx: Connection) -> dict[str, int]:
    """desk > station, which took over from another; one person with three doses, the last at the predecessor."""
    ids: dict[str, int] = {}
    for ref, kind, above, successor in (
        ("desk", "desk", None, None),
        ("station", "station", "desk", None),
        ("former", "station", None, "station"),
    ):
        row = {"ref": ref, "kind": kind, "name": ref, "search": ref, "parent_id": ids.get(above or ""),
               "successor_id": ids.get(successor or "")}  # fmt: skip
        ids[ref] = tx.execute(insert(units.units).values(row).returning(units.units.c.id)).scalar_one()
    ids["mai"] = staff.join(tx, talks.open_talk(tx, "web", "mai").id, "Mai", ids["station"], "clerk", NOW).id
    person = {"ref": b"1" * 16, "details": {"name": "Páo", "birth": "1995"}, "as_of": NOW}
    ids["pao"] = tx.execute(
        insert(people.residents).values(person).returning(people.residents.c.id)
    ).scalar_one()
    for number, site in ((1, "station"), (2, "station"), (3, "former")):
        dose = {
            "resident_id": ids["pao"],
            "dose_no": number,
            "day": DAY,
            "site_id": ids[site],
            "signed": False,
            "as_of": NOW,
        }
        tx.execute(insert(doses.doses).values(dose))
    return ids


async def test_what_waits(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        station, pao, mai = ids["station"], ids["pao"], ids["mai"]
        later = NOW + timedelta(hours=1)

        def left() -> list[int]:
            found = unsigned.waiting(tx, station, DAY, 8)
            assert [one.pair for one in found] == unsigned.pairs(tx, station, DAY)
            assert unsigned.count(tx, station, DAY) == sum(n for _day, n in unsigned.days(tx, station))
            return [one.dose_no for one in found]

        seen = [left()]
        chosen = [(pao, 1), (pao, 3), (pao, 9)]
        assert signatures.sign(tx, station, DAY, chosen, NOW, mai) == 2
        assert (
            signatures.sign(tx, station, DAY, [(pao, 2)], NOW, mai, {"number": "1", "day": "2026-11-20"}) == 1
        )
        seen.append(left())
        assert signatures.deny(tx, {(pao, 1): NOW - timedelta(minutes=5)}) == 0  # an export made before
        assert signatures.deny(tx, {(pao, number): later for number in (1, 2, 3)}) == 2
        seen.append(left())
        assert all(one.denied for one in unsigned.waiting(tx, station, DAY, 8))
        among = unsigned.open_among(tx, {(pao, 1), (pao, 2), (pao, 3)}, DAY)
        assert among == {(pao, 1): (station, DAY), (pao, 3): (ids["former"], DAY)}
        assert signatures.sign(tx, station, DAY, [(pao, 1)], later, mai) == 1
        assert signatures.ticked(tx, station, DAY, mai, NOW, 8)[1] == 2
        assert signatures.take_back(tx, station, DAY, [(pao, 1), (pao, 3)], mai, later) == 1
        assert unsigned.left_open(tx, DAY, DAY) == [(station, DAY, 1), (ids["former"], DAY, 1)]
        [line] = board.lines(tx, station, None, NOW + timedelta(days=1))
        tx.execute(update(doses.doses).where(doses.doses.c.dose_no == 1).values(signed=True))
        return seen, left(), line.unsigned, board.lines(tx, station, None, NOW)

    seen, left, on_board, today = await any_db.write(run)
    assert (seen, left) == ([[1, 2, 3], [], [1, 3]], [3])
    assert on_board == 2
    assert today == []  # the day is not over yet
