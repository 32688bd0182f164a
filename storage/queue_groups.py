"""The queue by site, day or lot of the dose: these lie sealed inside the tickets, so they are opened and counted here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from storage.queue_filters import Scope
from storage.tickets import tickets

BY = ("site", "day", "lot")
# Opened for one question, most urgent first: 1,000 take about 15 ms (measured), a province must not take seconds.
MOST = 3000
UNKNOWN = "-"
FACTS = ("dose_class", "ordinal", "dose_no", "vaccine", "day", "lot", "site_id", "site_name")

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_LOT = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9./-]{1,19}")
_NUMBER = re.compile(r"[0-9]{9,}")  # of a card or a phone, typed in the wrong place


@dataclass(frozen=True)
class Group:
    """value: a unit's id, a stored day or a lot; UNKNOWN where the ticket says none. due_at: the earliest."""

    value: str
    count: int
    due_at: datetime


def facts(change: dict[str, Any]) -> dict[str, Any]:
    """What is to stand on the Platform about the dose: what the resident says is right, else what is recorded."""
    found: dict[str, Any] = {}
    for name in ("dose", "old", "new"):
        said = change.get(name)
        known = said if isinstance(said, dict) else {change.get("field"): said}
        found |= {key: value for key, value in known.items() if key in FACTS and value not in (None, "")}
    return found


def lot(said: object) -> str:
    """«lô fg 1234» as «FG1234»; "" for what is no lot, for a group's name must not be what somebody wrote."""
    text = re.sub(r"^(S[OỐ]\s*)?L[OÔ][:\s]+", "", str(said or "").upper().strip()).replace(" ", "")
    return text if _LOT.fullmatch(text) and not _NUMBER.fullmatch(text) else ""


def values(by: str, changes: list[dict[str, Any]]) -> set[str]:
    """The groups that a ticket belongs to; two doses may be of two days."""
    found = {_value(by, facts(change)) for change in changes} - {""}
    return found or {UNKNOWN}


def _value(by: str, dose: dict[str, Any]) -> str:
    if by == "lot":
        return lot(dose.get("lot"))
    if by == "day":
        day = str(dose.get("day") or "")
        return day if _DAY.fullmatch(day) else ""
    site = dose.get("site_id")
    return str(site) if isinstance(site, int) else ""


def _opened(
    tx: Connection, scope: Scope, where: list[ColumnElement[bool]]
) -> Iterator[tuple[int, datetime, list[dict[str, Any]]]]:
    found = select(tickets.c.id, tickets.c.due_at, tickets.c.changes)
    of_doses = tickets.c.axis != "service"  # a complaint about the site itself is about no dose
    found = found.where(scope.holds(), tickets.c.state == "open", of_doses, *where)
    for row in tx.execute(found.order_by(tickets.c.due_at, tickets.c.id).limit(MOST)):
        yield row.id, row.due_at, row.changes


def groups(tx: Connection, scope: Scope, where: list[ColumnElement[bool]], by: str) -> list[Group]:
    """Least time left first; what is not known comes last."""
    found: dict[str, Group] = {}
    for _id, due_at, changes in _opened(tx, scope, where):
        for value in values(by, changes):
            first = found.get(value, Group(value, 0, due_at))
            found[value] = Group(value, first.count + 1, first.due_at)
    return sorted(found.values(), key=lambda group: (group.value == UNKNOWN, group.due_at, group.value))


def within(
    tx: Connection, scope: Scope, where: list[ColumnElement[bool]], by: str, value: str
) -> ColumnElement[bool]:
    """Those of this group."""
    ids = [id_ for id_, _due, changes in _opened(tx, scope, where) if value in values(by, changes)]
    return tickets.c.id.in_(ids)
