"""Residents with their doses: an export of the Platform, one row per dose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.imports import confirming, unsigned
from bot.imports.job import Job, Kept, Kind
from bot.imports.kinds.residents_columns import COLUMNS, DETAILS, DOSE, NOTES
from bot.imports.problems import FileProblem, Refused
from bot.imports.readers import kind_of_number
from bot.imports.sites import Sites
from handlers.rules.confirmation import NUMBERS
from handlers.rules.lists import fault_of
from handlers.rules.names import tone_key
from locales.times import ZONE
from storage import imports, people


@dataclass(frozen=True)
class Row:
    ref: bytes
    details: dict[str, Any]
    dose: dict[str, Any] | None
    as_of: datetime


@dataclass
class Person:
    """One person of a batch, as stored and as the rows go on to change it."""

    id: int | None
    details: dict[str, Any]
    as_of: datetime | None
    before: dict[str, Any]
    cleaned: tuple[str | None, str | None] = (None, None)  # commune and fault, as stored
    changed: bool = False
    since: datetime | None = None
    told: set[str] = field(default_factory=set)


class Residents:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.sites = Sites()
        self.detail_columns = [key for key in DETAILS if job.has(key)]
        self.dose_columns = [key for key in DOSE if job.has(key)]
        self.stored_columns = [key for key in self.dose_columns if key not in ("site_code", "site_commune")]
        self.today = job.now.astimezone(ZONE).date()
        if job.as_of is None and not job.has("as_of"):
            raise FileProblem(
                'Cần biết dữ liệu đến lúc nào: thêm --as-of "2026-11-20 09:00" hoặc cột «Dữ liệu đến».'
            )
        if self.dose_columns and not job.has("dose_no"):
            raise FileProblem("Tệp có dữ liệu mũi tiêm nhưng thiếu cột «Mũi số» (Dose number).")

    def read(self, values: dict[str, Any]) -> Row:
        details = {key: values[key] for key in self.detail_columns}
        if number := values.get("number"):
            kind = kind_of_number(number)
            details[kind] = details.get(kind) or number
        as_of = values.get("as_of") or self.job.as_of
        if as_of is None:
            raise Refused("Dữ liệu đến: còn trống")
        if as_of > self.job.now:
            raise Refused("Dữ liệu đến: ở tương lai")
        return Row(self._ref(values.get("person"), details), details, self._dose(values), as_of)

    def _ref(self, person: str | None, details: dict[str, Any]) -> bytes:
        """The Platform's own person id; else the number; else name, birth and phone together."""
        number = next((details[kind] for kind in NUMBERS if details.get(kind)), None)
        if person or number:
            return self.job.vault.index("person", f"id:{person}" if person else f"number:{number}")
        rest = f"{tone_key(details['name'])}|{details['birth']}|{details.get('phone') or ''}"
        return self.job.vault.index("person", f"name:{rest}")

    def _dose(self, values: dict[str, Any]) -> dict[str, Any] | None:
        dose = {key: values[key] for key in self.dose_columns}
        if values.get("dose_no") is None:
            if any(value is not None for value in dose.values()):
                raise Refused("Mũi số: còn trống")
            return None
        if dose.get("day") and dose["day"] > self.today:
            raise Refused("Ngày tiêm: ở tương lai")
        return {"dose_no": values["dose_no"], **dose}

    def keep(self, tx: Connection, batch: list[tuple[int, Any]], pass_: int) -> Kept:
        kept = Kept()
        stored = imports.stored_people(tx, list({row.ref for _n, row in batch}))
        found: dict[bytes, Person] = {}
        doses: list[tuple[bytes, Row]] = []
        for _n, row in batch:
            person = found.get(row.ref)
            if person is None:
                person = found[row.ref] = _person(stored.get(row.ref))
            if person.as_of is not None and row.as_of < person.as_of:
                kept.skipped += 1
                continue
            kept.kept += 1
            merged = _merged(person.details, row.details)
            person.changed |= merged != person.details or row.as_of != person.as_of
            person.details, person.as_of = merged, row.as_of
            person.since = min(person.since or row.as_of, row.as_of)
            person.told.add("person")
            if row.dose is not None:
                doses.append((row.ref, row))
                person.told.add("doses")
        self._keep_people(tx, found)
        self._keep_doses(tx, found, doses)
        confirming.note(tx, self.job, {p.id: p for p in found.values() if p.id is not None and p.told})
        return kept

    def _keep_people(self, tx: Connection, found: dict[bytes, Person]) -> None:
        rows = [
            {"ref": ref, "details": person.details, "as_of": person.as_of, "commune": commune, "fault": fault}
            for ref, person in found.items()
            for commune, fault in [(person.details.get("commune"), fault_of(person.details, self.today))]
            if person.changed or (person.told and (commune, fault) != person.cleaned)
        ]
        add: set[tuple[bytes, int]] = set()
        drop: set[tuple[bytes, int]] = set()
        for ref, id_ in imports.keep_people(tx, rows).items() if rows else ():
            person = found[ref]
            person.id = id_
            old, new = (people.keys_of(self.job.vault, it) for it in (person.before, person.details))
            add |= {(key, id_) for key in new - old}
            drop |= {(key, id_) for key in old - new}
        imports.change_keys(tx, add, drop)

    def _keep_doses(self, tx: Connection, found: dict[bytes, Person], doses: list[tuple[bytes, Row]]) -> None:
        columns = [*self.stored_columns, "as_of"]
        named = self.job.has("site_name", "site_code")
        rows = []
        for ref, row in doses:
            dose = row.dose or {}
            kept = {key: dose.get(key) for key in self.stored_columns}
            kept.update(resident_id=found[ref].id, dose_no=dose["dose_no"], as_of=row.as_of)
            if named:
                said = (dose.get(key) for key in ("site_name", "site_code", "site_commune", "day"))
                kept["site_id"] = self.sites.find(tx, *said)
            rows.append(kept)
        with unsigned.noticed(tx, self.job, rows):
            imports.keep_doses(tx, rows, [*columns, "site_id"] if named else columns)

    def finish(self, tx: Connection) -> bool:
        return confirming.decide(tx, self.job)


def _person(stored: imports.Stored | None) -> Person:
    if stored is None:
        return Person(None, {}, None, {})
    return Person(stored.id, stored.details, stored.as_of, stored.details, (stored.commune, stored.fault))


def _merged(old: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What the file tells replaces what was stored, an empty cell too; what it leaves out stays."""
    return {key: value for key, value in {**old, **said}.items() if value is not None}


KIND = Kind("residents", "Người dân và mũi tiêm", COLUMNS, Residents, NOTES)
