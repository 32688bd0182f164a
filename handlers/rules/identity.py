"""Read the numbers people are known by, and hide them again where a screen is shared."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from handlers.rules.names import tidy

Kind = Literal["national_id", "old_id", "passport"]
Sex = Literal["male", "female"]

_FILLER = re.compile(r"[\s.,_\-\u2010-\u2015\u2212]+")
_VIETNAMESE_PASSPORT = re.compile(r"[A-Z][0-9]{7,8}")
_ANY_PASSPORT = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True)
class Number:
    """One identity number in its plain form: national_id (CCCD, 12), old_id (CMND, 9) or passport."""

    kind: Kind
    value: str


def read_number(text: str, today: dt.date, foreign: bool = False) -> Number | str:
    """The number in what was typed, or why there is none (identifiers.md §3.1).

    Reasons: "empty", "letters", "length", "zeros", "repeated", "century" (born in the future).
    Neither CCCD nor CMND has a check digit, so form is all that can be checked.
    """
    value = _FILLER.sub("", unicodedata.normalize("NFKC", text).upper())
    if not value:
        return "empty"
    if not _ANY_PASSPORT.fullmatch(value):
        return "letters"
    if not value.strip("0"):
        return "zeros"
    if len(set(value)) == 1:
        return "repeated"
    if foreign:
        return Number("passport", value) if 5 <= len(value) <= 15 else "length"
    if not value.isdigit():
        return Number("passport", value) if _VIETNAMESE_PASSPORT.fullmatch(value) else "letters"
    if len(value) == 9:
        return Number("old_id", value)
    if len(value) != 12:
        return "length"
    return "century" if _birth_year(value) > today.year else Number("national_id", value)


def disagreements(number: Number, birth_year: int | None, sex: Sex | None) -> tuple[str, ...]:
    """What the digits contradict: "birth_year", "sex". A soft warning: wrong sex is a common error."""
    if number.kind != "national_id":
        return ()
    found = []
    if birth_year is not None and birth_year != _birth_year(number.value):
        found.append("birth_year")
    if sex is not None and sex != _sex(number.value):
        found.append("sex")
    return tuple(found)


def _birth_year(national_id: str) -> int:
    """Thông tư 07/2016/TT-BCA: the fourth digit is century and sex (0, 1 the 20th; 2, 3 the 21st; …)."""
    return 1900 + int(national_id[3]) // 2 * 100 + int(national_id[4:6])


def _sex(national_id: str) -> Sex:
    return "female" if int(national_id[3]) % 2 else "male"


def mask_number(value: str) -> str:
    """015095001234 -> 015******234: a quarter at each end, so that short numbers stay hidden too."""
    return _middle_hidden(value, len(value) // 4)


def mask_phone(value: str) -> str:
    """0912345678 -> 091****678."""
    return _middle_hidden(value, 3 if len(value) >= 9 else 0)


def _middle_hidden(value: str, ends: int) -> str:
    return value[:ends] + "*" * (len(value) - 2 * ends) + value[len(value) - ends :]


def mask_name(name: str) -> str:
    """Giàng A Páo -> G**** * P**: its owner knows it, a bystander learns no word of it."""
    return " ".join(word[0] + "*" * (len(word) - 1) if len(word) > 1 else "*" for word in tidy(name).split())
