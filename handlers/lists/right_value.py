"""The right value of a field, as the police type it or write it into the workbook: read, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.questions_person import DAY_PROBLEMS, NAME_PROBLEMS
from handlers.rules import days, identity, names
from handlers.rules.lists import NUMBERS
from locales import Text, Words, _

NUMBER_PROBLEMS: dict[str, Words] = {
    "empty": _("Please type the number."),
    "letters": _("A CCCD and a CMND hold digits only."),
    "length": _("A CCCD has 12 digits, a CMND 9. Please check and type it again."),
    "zeros": _("That number is only zeros."),
    "repeated": _("That number is one digit repeated."),
    "century": _("That CCCD number would belong to somebody not born yet. Please check and type it again."),
}
ODD = _("Birth year or sex inside that number differ from what stands here. If the number is right, type it once more.")  # fmt: skip
NO_MARKS = _("That name has no diacritics. If it is written so, type it once more.")
SOFT = (ODD, NO_MARKS)


def read(
    field: str, text: str, known: Mapping[str, Any], today: date, *, again: bool = False
) -> tuple[str | None, Text | None]:
    """(value, None), or (None, why not). known: what stands beside it; again: a soft warning was given, and the same
    was said once more."""
    match field:
        case "number":
            return _number(text, known, today, again)
        case "name":
            return _name(text, again)
        case "birth":
            return _birth(text, today)
        case _:
            sex = {"nam": "male", "nu": "female", "male": "male", "female": "female"}.get(names.fold(text))
            return sex, None if sex else _("Please say «Nam» or «Nữ».")


def lost_zeros(text: str) -> bool:
    """As long as a spreadsheet leaves a number that begins with 0 or 00 (Hà Nội's), or a CMND that begins with 0."""
    return text.isascii() and text.isdigit() and len(text) in (8, 10, 11)


def soft(problem: Text) -> bool:
    """Whether the same said once more is taken."""
    return problem in SOFT


def _number(text: str, known: Mapping[str, Any], today: date, again: bool) -> tuple[str | None, Text | None]:
    found = identity.read_number(text, today)
    if isinstance(found, str) or found.kind not in NUMBERS:
        return None, NUMBER_PROBLEMS[found if isinstance(found, str) else "letters"]
    year = str(known.get("birth") or "")[:4]
    odd = identity.disagreements(found, int(year) if year.isdecimal() else None, known.get("sex"))
    return (None, ODD) if odd and not again else (found.value, None)


def _name(text: str, again: bool) -> tuple[str | None, Text | None]:
    said = names.tidy(text)
    problem = names.problem(said)
    if problem:
        return None, NAME_PROBLEMS.get(problem, NAME_PROBLEMS["empty"])
    return (None, NO_MARKS) if names.lacks_diacritics(said) and not again else (said, None)


def _birth(text: str, today: date) -> tuple[str | None, Text | None]:
    day = days.read_day(text, year_only=True)
    problem = day if isinstance(day, str) else days.problem_of_birth(day, today)
    if isinstance(day, str) or problem:
        return None, DAY_PROBLEMS[str(problem)]
    return day.iso(), None
