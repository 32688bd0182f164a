"""A person for a list, as typed in a line or read from a workbook: what is understood, or which field is not and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers.rules import days, identity, names

SEXES = {"nam": "male", "male": "male", "m": "male", "nu": "female", "female": "female", "f": "female"}
NO_NUMBER = {"", "khong", "khong co", "chua co", "chua", "khong co so", "chua co so"}


@dataclass(frozen=True)
class Person:
    """odd: what a clerk should look at again: "diacritics", "birth_year", "sex" (the digits say otherwise)."""

    name: str
    birth: str
    sex: str | None
    number: str | None
    odd: tuple[str, ...] = ()


@dataclass(frozen=True)
class Not:
    """field: line · name · birth · sex · number; why: as the rules of that field name it."""

    field: str
    why: str


def read_line(text: str, today: date) -> Person | Not:
    """«Giàng A Páo, 05/03/1995, nam, 015095001234»; without a number where there is none yet."""
    parts = [part.strip() for part in re.split(r"[,;\t\n]", text.strip().rstrip(",;"))]
    if not 3 <= len(parts) <= 4:
        return Not("line", "parts")
    day = days.read_day(parts[1], year_only=True)
    if isinstance(day, str):
        return Not("birth", day)
    sex = SEXES.get(names.fold(parts[2]))
    if sex is None:
        return Not("sex", "unknown")
    number = parts[3] if len(parts) == 4 and names.fold(parts[3]) not in NO_NUMBER else None
    return check(parts[0], day.iso(), sex, number, today)


def check(name: str, birth: str, sex: str | None, number: str | None, today: date) -> Person | Not:
    """number: of a Vietnamese citizen, so that a passport is none here."""
    wrong = names.problem(name)
    if wrong:
        return Not("name", wrong)
    day = days.Day.of(birth)
    wrong = days.problem_of_birth(day, today)
    if wrong:
        return Not("birth", wrong)
    odd = ["diacritics"] if names.lacks_diacritics(name) else []
    value = None
    if number:
        read = identity.read_number(number, today)
        if isinstance(read, str) or read.kind == "passport":
            return Not("number", read if isinstance(read, str) else "letters")
        value = read.value
        odd += identity.disagreements(read, day.year, sex)  # type: ignore[arg-type]
    return Person(names.tidy(name), birth, sex, value, tuple(odd))


def person_key(name: str, birth: str) -> tuple[str, str]:
    """The same on one list is a double."""
    return names.tone_key(name), birth
