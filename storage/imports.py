"""What an import asks and keeps, many rows at a time: one statement per batch, never one per row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.approvals import Approval, approvals
from storage.doses import doses
from storage.facts import facts
from storage.people import resident_keys, residents
from storage.reports import reports
from storage.units import Unit, units

_APPROVAL = [approvals.c[name] for name in Approval.__dataclass_fields__]
_UNIT = [units.c[name] for name in Unit.__dataclass_fields__]


def _upsert(
    tx: Connection, table: Table, key: Sequence[str], change: Collection[str], rows: list[dict[str, Any]]
) -> None:
    if rows:
        insert = (postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert)(table)
        changed = {name: insert.excluded[name] for name in change}
        tx.execute(insert.on_conflict_do_update(index_elements=list(key), set_=changed), rows)


@dataclass(frozen=True)
class Stored:
    id: int
    details: dict[str, Any]
    as_of: datetime
    commune: str | None
    fault: str | None


def stored_people(tx: Connection, refs: Collection[bytes]) -> dict[bytes, Stored]:
    c = residents.c
    rows = tx.execute(select(c.ref, c.id, c.details, c.as_of, c.commune, c.fault).where(c.ref.in_(refs)))
    return {row[0]: Stored(*row[1:]) for row in rows}


def keep_people(tx: Connection, rows: list[dict[str, Any]]) -> dict[bytes, int]:
    """Writes ref, details, as_of, commune and fault; the id of every ref."""
    _upsert(tx, residents, ["ref"], ["details", "as_of", "commune", "fault"], rows)
    refs = [row["ref"] for row in rows]
    found = tx.execute(select(residents.c.ref, residents.c.id).where(residents.c.ref.in_(refs)))
    return {row.ref: row.id for row in found}


def change_keys(tx: Connection, add: set[tuple[bytes, int]], drop: set[tuple[bytes, int]]) -> None:
    c = resident_keys.c
    for key, resident_id in drop:
        tx.execute(delete(resident_keys).where(c.key == key, c.resident_id == resident_id))
    if add:
        insert = (postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert)(resident_keys)
        rows = [{"key": key, "resident_id": resident_id} for key, resident_id in sorted(add)]
        tx.execute(insert.on_conflict_do_nothing(index_elements=["key", "resident_id"]), rows)


def keep_doses(tx: Connection, rows: list[dict[str, Any]], columns: Collection[str]) -> None:
    """Writes these columns of each dose; what the file did not tell stays."""
    _upsert(tx, doses, ["resident_id", "dose_no"], columns, rows)


def waiting(
    tx: Connection, keys: dict[bytes, int], resident_ids: Collection[int]
) -> list[tuple[int, int, datetime]]:
    """(approval, resident, approved_at) that wait for an export of one of these people."""
    c = approvals.c
    rows = tx.execute(
        select(c.id, c.resident_id, c.person_key, c.approved_at).where(
            c.state == "waiting", c.resident_id.in_(resident_ids) | c.person_key.in_(list(keys))
        )
    )
    known = set(resident_ids)
    return [
        (row.id, row.resident_id if row.resident_id in known else keys[row.person_key], row.approved_at)
        for row in rows
    ]


def approval(tx: Connection, approval_id: int) -> Approval:
    return Approval(*tx.execute(select(*_APPROVAL).where(approvals.c.id == approval_id)).one())


def notes(tx: Connection, mark: str, limit: int) -> list[tuple[str, str]]:
    """Facts whose names begin with the mark: what an import saw and decides on at its end."""
    c = facts.c
    rows = tx.execute(
        select(c.name, c.value).where(c.name.startswith(mark, autoescape=True)).order_by(c.name).limit(limit)
    )
    return [(row.name, row.value) for row in rows]


def drop_note(tx: Connection, name: str) -> None:
    tx.execute(delete(facts).where(facts.c.name == name))


def reports_known(tx: Connection, refs: Collection[bytes]) -> set[bytes]:
    c = reports.c.import_ref
    return {ref for ref in tx.execute(select(c).where(c.in_(refs))).scalars() if ref}


def keep_units(tx: Connection, rows: list[dict[str, Any]], columns: Collection[str]) -> None:
    _upsert(tx, units, ["ref"], columns, rows)


def set_links(tx: Connection, unit_id: int, **links: int | None) -> None:
    """parent_id, successor_id: written after every unit of the file is there."""
    if links:
        tx.execute(units.update().where(units.c.id == unit_id).values(**links))


def units_by_ref(tx: Connection, refs: Iterable[str]) -> dict[str, int]:
    rows = tx.execute(select(units.c.ref, units.c.id).where(units.c.ref.in_(list(refs))))
    return {row.ref: row.id for row in rows}


def units_named(tx: Connection, name_key: str, limit: int = 50) -> list[Unit]:
    """Units of any kind whose folded name and place begin with exactly this."""
    found = select(*_UNIT).where(units.c.search.startswith(name_key, autoescape=True))
    return [Unit(*row) for row in tx.execute(found.order_by(units.c.search).limit(limit))]
