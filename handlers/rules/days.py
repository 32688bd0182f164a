"""Read dates as Vietnamese people write them, day first, and never guess."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, Self

from handlers.rules.names import without_marks

Precision = Literal["day", "month", "year"]

CAMPAIGN_BEGAN = dt.date(2021, 3, 8)  # the first COVID-19 vaccinations in Vietnam
OLDEST = 125
LONGEST = 60  # «14 giờ 30 phút, ngày mùng 5 tháng 3 năm 1995» and some room; more is not a date

_TIME = r"[0-9]{1,2}\s*(?:h|:|gio)\s*(?:[0-9]{1,2})?(?:\s*phut)?"
_SHAPE = re.compile(rf"(?:{_TIME}[\s,]+)?(?P<date>.+?)(?:[\s,]+{_TIME})?")
_SEPARATED = re.compile(r"([0-9]{1,2})\s*([./\-\s])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_SPOKEN = re.compile(
    r"(?:ngay\s+)?(?:m[uo]ng\s+)?([0-9]{1,2})\s*,?\s*thang\s+([0-9]{1,2})\s*,?\s*(?:nam\s+)?([0-9]{4}|[0-9]{2})"
)
_RUN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_MONTH = re.compile(r"(?:thang\s+)?([0-9]{1,2})\s*(?:[./\-\s]|,?\s*nam\s)\s*([0-9]{4})")
_YEAR = re.compile(r"(?:nam\s+)?([0-9]{4})")


@dataclass(frozen=True)
class Day:
    """A plain date as far as it is known: old records hold births by year only (identifiers.md §3.6)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day without its month")
        dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def date(self) -> dt.date | None:
        """The calendar day, if all of it is known."""
        if self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)

    def text(self) -> str:
        """12/08/2021, 08/2021 or 1952."""
        parts = (self.day and f"{self.day:02}", self.month and f"{self.month:02}", f"{self.year:04}")
        return "/".join(part for part in parts if part)

    def iso(self) -> str:
        """2021-08-12, 2021-08 or 1952: for storage."""
        return "-".join(reversed(self.text().split("/")))

    @classmethod
    def of(cls, iso: str) -> Self:
        """The Day that wrote this; ValueError if none could have."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", iso):
            raise ValueError("not a stored day")
        return cls(*(int(part) for part in iso.split("-")))


def read_day(text: str, year_only: bool = False) -> Day | str:
    """The date in what was typed, or why there is none (identifiers.md §3.6).

    Reasons: "empty", "not_a_date", "no_such_day", "two_digit_year", and "year_only" for a bare year or month
    where year_only does not allow it. A time beside the date, as slips carry, is dropped.
    """
    plain = " ".join(without_marks(unicodedata.normalize("NFKC", text)).split()).rstrip(".")
    if not plain:
        return "empty"
    if len(plain) > LONGEST:
        return "not_a_date"
    shape = _SHAPE.fullmatch(plain)
    written = re.sub(r"^ngay\s+", "", shape["date"]) if shape else plain
    found = _three_parts(written)
    if found:
        day, month, year = found
        return "two_digit_year" if len(year) == 2 else _made(int(year), int(month), int(day))
    if match := _YEAR.fullmatch(written):
        return _made(int(match[1])) if year_only else "year_only"
    if match := _MONTH.fullmatch(written):
        return _made(int(match[2]), int(match[1])) if year_only else "year_only"
    return "not_a_date"


def _three_parts(written: str) -> tuple[str, str, str] | None:
    if match := _SEPARATED.fullmatch(written):
        return match[1], match[3], match[4]
    if match := _SPOKEN.fullmatch(written) or _RUN.fullmatch(written):
        return match[1], match[2], match[3]
    return None


def _made(year: int, month: int | None = None, day: int | None = None) -> Day | str:
    try:
        return Day(year, month, day)
    except ValueError:
        return "no_such_day"


def problem_of_dose_day(day: dt.date, today: dt.date) -> str | None:
    """Why no dose can have been given that day: "future", "before_campaign"."""
    if day > today:
        return "future"
    return "before_campaign" if day < CAMPAIGN_BEGAN else None


def problem_of_birth(day: Day, today: dt.date) -> str | None:
    """Why nobody alive was born then: "future", "too_old" (by calendar years: many know only the year)."""
    known = (day.year, day.month, day.day)
    now = (today.year, today.month, today.day)
    length = {"year": 1, "month": 2, "day": 3}[day.precision]
    if [part or 0 for part in known[:length]] > list(now[:length]):
        return "future"
    return "too_old" if today.year - day.year > OLDEST else None
