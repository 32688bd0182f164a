"""Verification lists: who may be on one, until when it is back, what the police may say, and what an export then shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from handlers.rules.deadlines import MORNING, VIETNAM
from handlers.rules.identity import Number, disagreements, read_number
from handlers.rules.names import tone_key

Fault = Literal["missing", "format", "personal"]
Seen = Literal["right", "wrong"]

WITHIN = timedelta(days=2)  # S1: «không quá 02 ngày kể từ ngày Trạm y tế lập danh sách», calendar days
JOINS_WITHIN = timedelta(hours=4)  # our own aim: two days at the police leave nothing of the 48 hours
SUPERIOR_AFTER = timedelta(hours=6)
FIELDS = ("number", "name", "birth", "sex")  # S4 §1: «số CCCD/CMND, họ tên, ngày tháng năm sinh, giới tính»
NUMBERS = ("national_id", "old_id")

KINDS = ("cleaning", "tickets", "round")
FAULTS: tuple[Fault, ...] = ("missing", "format", "personal")  # S4 §1, its three cases
BY_FILE: tuple[Fault, ...] = (
    "missing",
    "format",
)  # S4 §4: entered by the Platform's import; the rest one by one
VERDICTS = ("matches", "differs", "unknown", "supplement")

# S2, groups 1 and 2 and sections 1 to 4: why a person's record cannot be put right.
OUTCOMES = ("no_information", "moved_away", "cannot_enter", "not_verified", "duplicate", "adjust")

LAST_SECOND = timedelta(seconds=1)  # a day ends at its 23:59:59; within that second is on time
STEP = timedelta(days=1)  # from one level of Project 06 to the next; no letter gives it
LEVELS = 3  # S4, S2: commune, district where there is one, province


def due_at(day: date) -> datetime:
    """The last moment of the second day after the list's own: of 10/05 the 12/05, also on a Sunday or at Tết."""
    return end_of(day + WITHIN)


def end_of(day: date) -> datetime:
    return datetime.combine(day, dt.time(23, 59, 59), VIETNAM).astimezone(dt.UTC)


def fault_of(details: Mapping[str, Any], today: date) -> Fault | None:
    """What of S4 §1 is wrong with a record as the Platform shows it; never of a foreigner (S1).

    "personal" is a guess from the digits of the CCCD, which hold the birth year and the sex: police say which is right.
    """
    if details.get("foreign"):
        return None
    number = next((details[kind] for kind in NUMBERS if details.get(kind)), None)
    if number is None:
        return None if details.get("passport") else "missing"
    read = read_number(str(number), today)
    if isinstance(read, str) or read.kind == "passport":
        return "format"
    birth = str(details.get("birth") or "")[:4]
    year = int(birth) if birth.isdecimal() and len(birth) == 4 else None
    return "personal" if disagreements(read, year, details.get("sex")) else None


def needs_police(axis: str, kind: str, foreign: bool) -> bool:
    """Whether commune police compare it first: identity facts of Vietnamese citizens (S1, S4 §2)."""
    return axis == "identity" and kind != "foreigner" and not foreign


def plan(due: datetime) -> list[tuple[str, datetime]]:
    """A list's own moments: whoever has it is reminded on the morning of its last day; late, it climbs a level a day."""
    morning = datetime.combine(due.astimezone(VIETNAM).date(), MORNING, VIETNAM).astimezone(dt.UTC)
    return [("remind", morning), *((f"late:{level}", passed(due) + level * STEP) for level in range(LEVELS))]


def passed(end: datetime) -> datetime:
    """When what was due by the end of a day is late: of the 12/05 at 00:00:00 of the 13/05."""
    return end + LAST_SECOND


@dataclass(frozen=True)
class Cleaning:
    """A cleaning campaign of a province: every list is finished by its end (S4)."""

    province: str
    finish_by: datetime
    letter: str


# S4, of Trạm Tấu: «xong trước ngày 01/06/2022», so until the last moment of 31/05. Trạm Tấu was in Yên Bái, which is part
# of Lào Cai (15) since 1 July 2025.
CLEANINGS = (Cleaning("15", end_of(date(2022, 5, 31)), "S4, 490/UBND-PYT, 13/05/2022"),)


def complete(given: Mapping[str, Any], right: Mapping[str, Any], today: date) -> bool:
    """Whether the number that would be entered has the form of one; without it «matches» says nothing."""
    number = right.get("number") or given.get("number")
    found = read_number(str(number), today) if number else "empty"
    return isinstance(found, Number) and found.kind in NUMBERS


def to_enter(kind: str) -> tuple[str, ...]:
    """The verdicts after which somebody is put right on the Platform; of a site's own round only what was corrected."""
    return ("differs",) if kind == "round" else ("matches", "differs")


def right_values(given: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, str]:
    """What belongs on the Platform: as given, with what the police corrected."""
    return {field: str(value) for field in FIELDS if (value := right.get(field) or given.get(field))}


def seen(right: Mapping[str, Any], details: Mapping[str, Any], columns: Collection[str]) -> Seen | None:
    """What an export says of a line: every right value is there, one is not, or (None) it has not the columns."""
    shown = [_shown(field, str(right[field]), details, columns) for field in FIELDS if right.get(field)]
    if "wrong" in shown:
        return "wrong"
    return "right" if shown and None not in shown else None


def _shown(field: str, wanted: str, details: Mapping[str, Any], columns: Collection[str]) -> Seen | None:
    kinds: Sequence[str] = NUMBERS if field == "number" else (field,)
    if not set(kinds) & set(columns):
        return None
    found = [str(details[kind]) for kind in kinds if details.get(kind)]
    if field == "name":
        return "right" if any(tone_key(one) == tone_key(wanted) for one in found) else "wrong"
    if field == "birth":  # a year alone is right where no more is known
        return "right" if any(one.startswith(wanted) for one in found) else "wrong"
    return "right" if wanted in found else "wrong"
