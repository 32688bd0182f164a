"""What has to be changed on the Platform for one person: «Họ và tên: Giang A Pao → Giàng A Páo»."""

from __future__ import annotations

from typing import Any

from handlers import wording_changes
from handlers.rules import lists as rules
from handlers.turn import Turn
from locales import Text, _
from storage import people, tickets
from storage.list_people import Line

ALL = ("national_id", "old_id", "name", "birth", "sex")


def changes(turn: Turn, line: Line, *, full: bool = False) -> list[Text]:
    if line.verdict not in ("matches", "differs"):
        return []
    right = rules.right_values(line.given, line.corrected or {})
    wrong = _on_record(turn, line, right) if line.resident_id else _as_told(turn, line, right)
    if not wrong:
        return [_("The record here shows the right values already: see whether the Platform does.")]
    return [
        wording_changes.change(
            {"kind": "personal", "field": field, "old": old, "new": right[field]}, full=full
        )
        for field, old in wrong.items()
    ]


def _on_record(turn: Turn, line: Line, right: dict[str, str]) -> dict[str, Any]:
    """As the last export showed it."""
    assert line.resident_id is not None
    details = people.get(turn.tx, line.resident_id).details
    number = next((details[kind] for kind in rules.NUMBERS if details.get(kind)), None)
    shown = {**details, "number": number}
    return {
        field: shown.get(field)
        for field, value in right.items()
        if rules.seen({field: value}, details, ALL) == "wrong"
    }


def _as_told(turn: Turn, line: Line, right: dict[str, str]) -> dict[str, Any]:
    """No record is known here: what the resident said is wrong, and what the police corrected."""
    ticket = tickets.find(turn.tx, line.ticket_id) if line.ticket_id else None
    shown = dict(line.given.get("shown") or {})
    said = [change["field"] for change in ticket.changes] if ticket else []
    if not line.ticket_id:  # a list made of what the Platform shows
        shown = {field: line.given.get(field) for field in rules.FIELDS} | shown
    wrong = dict.fromkeys([*said, *(line.corrected or {})])
    return {field: shown.get(field) for field in wrong if field in right}
