"""Who is entered by the Platform's import: no number or a wrong format (S4 §4), and the police know the right one."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.rules.lists import BY_FILE
from storage import list_people
from storage.list_people import Line
from storage.lists import List


def people(tx: Connection, found: List) -> list[Line]:
    """Those not ticked off yet; once all are, all of them again, until an export shows them right."""
    lines = list_people.of_list(tx, found.id)
    mine = [line for line in lines if not line.settled and _by_file(found, line.fault, line.verdict)]
    return [line for line in mine if line.updated_at is None] or mine


def count(tx: Connection, found: List) -> int:
    left = list_people.left(tx, found.id)
    mine = [(ticked, n) for fault, verdict, ticked, n in left if _by_file(found, fault, verdict)]
    return sum(n for ticked, n in mine if not ticked) or sum(n for _ticked, n in mine)


def _by_file(found: List, fault: str | None, verdict: str | None) -> bool:
    """Of a site's own round only what the police corrected."""
    return fault in BY_FILE and verdict in (("differs",) if found.kind == "round" else ("matches", "differs"))
