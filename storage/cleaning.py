"""Whom a station has to clean: residents with a fault (S4 §1) who stand on no list."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from storage.list_people import list_people, still_open
from storage.lists import lists
from storage.people import Resident, residents
from storage.places import successors


def places_of(tx: Connection, code: str) -> list[str]:
    """The commune as `residents.commune` holds it: itself, and those of the old map that went to it alone."""
    c = successors.c
    touched = select(c.code_2024).where(c.code_2025 == code)
    alone = (
        select(c.code_2024).where(c.code_2024.in_(touched)).group_by(c.code_2024).having(func.count() == 1)
    )
    old = tx.execute(alone.order_by(c.code_2024)).scalars()
    return [f"2025:{code}", *(f"2024:{one}" for one in old)]


def counts(tx: Connection, places: Collection[str]) -> dict[str, int]:
    """How many wait with each fault."""
    c = residents.c
    found = select(c.fault, func.count()).where(*_waiting(places)).group_by(c.fault)
    return {row[0]: row[1] for row in tx.execute(found)}


def waiting(
    tx: Connection, places: Collection[str], faults: Collection[str], limit: int
) -> list[tuple[Resident, str]]:
    """The first of them, each with the fault."""
    c = residents.c
    found = select(c.id, c.details, c.as_of, c.fault).where(*_waiting(places), c.fault.in_(list(faults)))
    rows = tx.execute(found.order_by(c.id).limit(limit))
    return [(Resident(row.id, row.details, row.as_of), row.fault) for row in rows]


def settled(tx: Connection, places: Collection[str]) -> int:
    """With a fault still, but of an earlier list with an outcome of the letters: these are not listed again."""
    found = select(func.count()).select_from(residents).where(*_here(places), exists(_on(_concluded())))
    return int(tx.execute(found).scalar_one())


def _here(places: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (residents.c.commune.in_(list(places)), residents.c.fault.isnot(None))


def _waiting(places: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    live = still_open()
    return (*_here(places), ~exists(_on(or_(_concluded(), live[0] & live[1] & live[2]))))


def _concluded() -> ColumnElement[bool]:
    return list_people.c.outcome.isnot(None) & (lists.c.state != "dropped")


def _on(what: ColumnElement[bool]) -> Select[tuple[int]]:
    c = list_people.c
    on = select(c.id).join(lists, lists.c.id == c.list_id)
    return on.where(c.resident_id == residents.c.id, what).correlate(residents)
