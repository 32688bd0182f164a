"""Facts of a dose that free words say plainly; whatever leaves room for doubt is asked as ever."""

import datetime as dt
import re

from handlers.rules import days
from handlers.rules.doses import find_vaccine
from handlers.rules.spelling import plain

_DATE = re.compile(r"(?<!\d)(?<!\d[./-])\d{1,2}([./-])\d{1,2}\1\d{4}(?!\d)(?![./-]\d)")
_DOSE = re.compile(r"\bmui (?:(co ban|nhac lai) )?(?:thu )?([1-5]|nhac lai|bo sung)\b")
_AMONG_THE_FIRST = {"1": "primary:1", "2": "primary:2"}


def dose(text: str) -> str | None:
    """«mũi 2» -> "primary:2". From the third on the number alone says no class; after Janssen already the second."""
    said = plain(text)
    found = set(_DOSE.findall(said))
    if len(found) != 1:
        return None
    named, number = found.pop()
    if number == "bo sung":
        return "additional:1"
    if named == "nhac lai":
        return f"booster:{number}" if number in _AMONG_THE_FIRST else None
    if number == "2" and not named and "janssen" in said:
        return None
    return _AMONG_THE_FIRST.get(number)


def day(text: str, today: dt.date) -> str | None:
    """The only full date in it, where a dose can have been given that day."""
    written = {match[0] for match in _DATE.finditer(text)}
    read = days.read_day(written.pop()) if len(written) == 1 else None
    found = read.date() if isinstance(read, days.Day) else None
    return None if found is None or days.problem_of_dose_day(found, today) else found.isoformat()


def vaccine(text: str) -> str | None:
    """As the papers print it; None where two are named."""
    found = find_vaccine(text)
    return found.name if found else None
