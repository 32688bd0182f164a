"""Lines of verification lists that wait for an export (S4 §5): noted while its rows are read, decided at its end.

As with approvals, what was seen is kept with each batch, so that an import may be stopped and go on. The Platform's own
«lập danh sách xác minh» has no established format: the ordinary export is what is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.imports.job import Job
from handlers.rules import lists as rules
from storage import facts, imports, list_people, lists, people

_SLICE = 50


class Told(Protocol):
    details: dict[str, Any]
    as_of: datetime | None


def mark(job: Job) -> str:
    return f"{job.mark}/line:"


def note(tx: Connection, job: Job, found: Mapping[int, Told], keys: Mapping[bytes, int]) -> None:
    """keys: whose each keyed number is. A line knows its record, or since its return the right number."""
    for line in list_people.to_check(tx, list(found), list(keys)):
        own = line.resident_id in found
        person_id = line.resident_id if own else keys[line.person_key]
        as_of = found[person_id].as_of
        if as_of is None or as_of <= line.verdict_at:
            continue
        name = f"{mark(job)}{line.id}"
        if own or facts.get(tx, name) is None:
            late = "after" if line.updated_at is not None and as_of > line.updated_at else "before"
            facts.keep(tx, name, f"{person_id} {late}")


def decide(tx: Connection, job: Job, columns: Collection[str]) -> bool:
    """Right closes, whoever ticked it off or not; wrong opens again only what was ticked off before this export. True
    while there may be more."""
    from handlers.lists import desk

    noted = imports.notes(tx, mark(job), _SLICE)
    for name, value in noted:
        resident, late = value.split(" ")
        line_id = int(name.rpartition(":")[2])
        lists.held(tx, list_people.get(tx, line_id).list_id)
        line = list_people.get(tx, line_id)  # its maker may be ticking it off at this moment
        right = rules.right_values(line.given, line.corrected or {})
        said = rules.seen(right, people.get(tx, int(resident)).details, columns)
        if not line.settled and (
            said == "right" or (said == "wrong" and late == "after" and line.updated_at)
        ):
            desk.seen(job.moment(tx), line, said)
        imports.drop_note(tx, name)
    return len(noted) == _SLICE
