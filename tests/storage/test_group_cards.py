"""What a group must show anew, asked in SQLite and in PostgreSQL; and two processes that look at the same moment."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bot import turns
from bot.turns import Now
from storage import group_cards, groups, outbox, reports, tickets, units
from storage.db import Database
from tests.world import DESK, FRIDAY

NOW = Now(FRIDAY, FRIDAY)
HOURS = (-3, 4, 8, 20, 40)


def settled(tx: Connection, *, before: bool) -> int:
    """A station with a group and five tickets, due at HOURS; whether they were there before the group was bound."""
    for ref, kind in (("desk", "desk"), ("site:1", "site"), ("site:2", "site")):
        tx.execute(insert(units.units).values(ref=ref, kind=kind, name=ref, search=ref))
    site = units.by_ref(tx, "site:1")
    assert site
    if before:
        _tickets(tx, site.id)
    group = groups.bind(tx, "telegram", "-1001", site.id, False, FRIDAY)
    group_cards.count_only(tx, group.id, FRIDAY)
    if not before:
        _tickets(tx, site.id)
    return group.id


def _tickets(tx: Connection, unit_id: int) -> None:
    for n, hours in enumerate(HOURS):
        report = reports.add(tx, code=f"PA-0000{n}", talk_id=None, resident_id=None, about={}, proven=False,
                             channel="web", received_at=FRIDAY)  # fmt: skip
        tickets.add(tx, report_id=report.id, kind="dose_missing", axis="dose", unit_id=unit_id, copy_to=None, changes=[],
                    reasons=[], received_at=FRIDAY, due_at=FRIDAY + timedelta(hours=hours))  # fmt: skip


def looked(tx: Connection, group_id: int, hours: float = 0) -> list[tuple[int, str]]:
    """(hours at FRIDAY, nearness now) of what is due."""
    found = group_cards.due(tx, group_id, FRIDAY + timedelta(hours=hours), 50)
    return [(HOURS[one.ticket_id - 1], one.nearness) for one in found]


async def test_what_came_after_the_binding_is_due_at_once(any_db: Database) -> None:
    def look(tx: Connection) -> Any:
        group_id = settled(tx, before=False)
        return looked(tx, group_id), group_cards.groups_due(tx, FRIDAY) == [group_id]

    assert await any_db.write(look) == ([(-3, "over"), (4, "6"), (8, "12"), (20, "24"), (40, "far")], True)


async def test_what_was_there_before_is_due_when_it_gets_nearer(any_db: Database) -> None:
    def look(tx: Connection) -> Any:
        group_id = settled(tx, before=True)
        return [looked(tx, group_id, hours) for hours in (0, 2, 8, 41)]

    assert await any_db.write(look) == [
        [],
        [(8, "6")],
        [(4, "over"), (8, "over"), (20, "12")],
        [(4, "over"), (8, "over"), (20, "over"), (40, "over")],
    ]


async def test_cards_are_due_when_version_nearness_state_or_unit_change(any_db: Database) -> None:
    def look(tx: Connection) -> Any:
        group_id = settled(tx, before=False)
        for one in group_cards.due(tx, group_id, FRIDAY, 50):
            group_cards.keep(tx, group_id, one.ticket_id, 100 + one.ticket_id, one.state)
        found = [looked(tx, group_id)]
        changes: tuple[dict[str, Any], ...] = ({"holder_id": None}, {"state": "closed"}, {"unit_id": 3})
        for ticket_id, change in enumerate(changes, 1):
            tickets.change(tx, tickets.get(tx, ticket_id), **change)
        found.append(looked(tx, group_id))
        for ticket_id in (2, 3):
            group_cards.keep(tx, group_id, ticket_id, 100 + ticket_id, group_cards.DONE)
        found.append(looked(tx, group_id))
        tickets.change(tx, tickets.get(tx, 2), state="open")
        found.append(looked(tx, group_id, 17))
        groups.release(tx, group_id, FRIDAY)
        return [*found, looked(tx, group_id), group_cards.groups_due(tx, FRIDAY)]

    assert await any_db.write(look) == [
        [],
        [(-3, "over"), (4, "ended"), (8, "ended")],
        [(-3, "over")],
        [(-3, "over"), (4, "over"), (20, "6"), (40, "24")],
        [],
        [],
    ]


async def test_looked_at_side_by_side_each_card_is_sent_once(any_db: Database) -> None:
    group_id = await any_db.write(lambda tx: settled(tx, before=False))
    await asyncio.gather(
        *(any_db.write(lambda tx: turns.tend_group(tx, group_id, NOW, DESK)) for _n in range(4))
    )

    def counted(tx: Connection) -> Any:
        return tx.execute(select(func.count()).select_from(outbox.outbox)).scalar()

    assert await any_db.read(counted) == len(HOURS) + 1  # and the summary
