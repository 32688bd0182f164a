"""Approvals that wait for an export: noted while its rows are read, decided when all of them are in.

A person's rows need not stand together, and an import may be stopped and go on: so what was seen is kept in
the database with each batch, and the decision is taken from there at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.imports import confirming_lists
from bot.imports.job import Job
from handlers.rules.confirmation import verdict
from handlers.rules.confirmation_doses import Doses
from storage import approvals, doses, facts, imports, list_people, people

_SLICE = 50

# What an export shows by leaving it out: once that is confirmed, our copy of the record forgets it too.
TAKEN_AWAY = ("dose_not_mine", "dose_duplicate")


class Told(Protocol):
    """A person of the batch: their details now, and whether the file told of their doses."""

    details: dict[str, Any]
    as_of: datetime | None
    since: datetime | None  # as of the first of the rows that told of them
    told: set[str]


def note(tx: Connection, job: Job, found: Mapping[int, Told]) -> None:
    """Remembers which waiting approvals and lines this file, being newer, has something to say about."""
    approved, listed = approvals.any_waiting(tx), list_people.any_to_check(tx)
    if not found or not (approved or listed):
        return
    keys = {key: id_ for id_, person in found.items() for key in people.keys_of(job.vault, person.details)}
    if listed:
        confirming_lists.note(tx, job, found, keys)
    if approved:
        _note_approvals(tx, job, found, keys)


def _note_approvals(tx: Connection, job: Job, found: Mapping[int, Told], keys: dict[bytes, int]) -> None:
    for approval, resident, approved_at in imports.waiting(tx, keys, list(found)):
        person = found[resident]
        if person.as_of is not None and person.as_of > approved_at:
            name = f"{job.mark}:{approval}"
            before = (facts.get(tx, name) or "").split(" ")
            told = "doses" if "doses" in person.told or before[0] == "doses" else "person"
            since = min([*before[2:], _stamp(person.since or person.as_of)])
            facts.keep(tx, name, f"{told} {resident} {since}")


def decide(tx: Connection, job: Job) -> bool:
    """Confirms or contradicts some of what was noted; True while there may be more. Lines first: one that is right closes
    its ticket, one that is not is open again before its ticket is."""
    from handlers import desk

    if confirming_lists.decide(tx, job, _columns(job)):
        return True

    noted = imports.notes(tx, f"{job.mark}:", _SLICE)
    for name, value in noted:
        told, resident, since = value.split(" ")
        approval = imports.approval(tx, int(name.rpartition(":")[2]))
        known = doses.of_resident(tx, int(resident))
        newer = [dose for dose in known if dose.as_of > approval.approved_at]
        whole = told == "doses" and len(newer) == len(
            known
        )  # a file without some of the doses is a partial one
        left = [dose for dose in known if _stamp(dose.as_of) < since]
        shown = Doses(_plain(newer), _plain(dose for dose in newer if dose not in left), _plain(left))
        details = people.get(tx, int(resident)).details
        found = verdict(approval.changes, details, shown, _columns(job), whole)
        if found and approval.state == "waiting":
            if found == "confirmed" and approval.changes[0]["kind"] in TAKEN_AWAY:
                doses.drop(tx, int(resident), [dose.dose_no for dose in left])
            (desk.confirmed if found == "confirmed" else desk.contradicted)(job.moment(tx), approval)
        imports.drop_note(tx, name)
    return len(noted) == _SLICE


def _stamp(at: datetime) -> str:
    """Sorts as the instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(told: Iterable[doses.Dose]) -> list[dict[str, Any]]:
    return [{**asdict(dose), "day": dose.day.isoformat() if dose.day else None} for dose in told]


def _columns(job: Job) -> set[str]:
    numbers = {"national_id", "old_id", "passport"} if job.has("number") else set()
    return set(job.layout.keys) | numbers
