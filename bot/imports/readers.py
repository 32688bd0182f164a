"""Readers of single cells: the text of a cell in, a value out, or Refused with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from bot.imports.problems import Refused
from handlers import phones
from handlers.rules import days
from handlers.rules.names import fold, tidy
from locales.times import ZONE

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?::|h|g)(\d{2})(?::(\d{2})(?:\.\d+)?)?")
_EXCEL_DAMAGE = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")

_DAYS = {
    "not_a_date": "không đọc được ngày; hãy ghi như 31/12/2021",
    "no_such_day": "không có ngày này trong lịch",
    "two_digit_year": "hãy ghi năm bằng bốn chữ số",
    "year_only": "cần đủ ngày, tháng, năm",
    "empty": "còn trống",
}


# The same words and dates come back row after row.
_tidy, _fold = lru_cache(maxsize=2_000)(tidy), lru_cache(maxsize=2_000)(fold)


def text(limit: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        said = _tidy(cell)
        if len(said) > limit:
            raise Refused(f"dài hơn {limit} ký tự")
        return said

    return read


def number(cell: str) -> str:
    """An ID number as the Platform has it, wrong ones too: those are what residents report (S4 §1)."""
    if _EXCEL_DAMAGE.fullmatch(cell):
        raise Refused("bảng tính đã làm hỏng số (dạng 1,5E+10); hãy đặt cột là Văn bản rồi xuất lại")
    said = re.sub(r"[\s.,_\-']+", "", cell).upper()
    if not 1 <= len(said) <= 20:
        raise Refused("không phải là một số giấy tờ")
    return said


def kind_of_number(value: str) -> str:
    """national_id, old_id or passport, by form alone: the digits may well be wrong."""
    if not value.isdigit():
        return "passport"
    return "old_id" if len(value) == 9 else "national_id"


@lru_cache(maxsize=2_000)
def phone(cell: str) -> str | None:
    """A mobile number; anything else cannot receive a code and counts as none."""
    found = phones.read_phone(cell)
    return found.value if isinstance(found, phones.Phone) else None


@lru_cache(maxsize=2_000)
def _day(cell: str, year_only: bool) -> days.Day:
    iso = _ISO.fullmatch(cell.removesuffix(" 00:00:00"))
    try:
        found = days.Day(*map(int, iso.groups())) if iso else days.read_day(cell, year_only)
    except ValueError:
        found = "no_such_day"
    if isinstance(found, str):
        raise Refused(_DAYS[found])
    return found


def birth(cell: str) -> str:
    """A birth as 1995-03-05, 1995-03 or 1952: old records hold years only (identifiers.md §3.6)."""
    return _day(cell, True).iso()


def day(cell: str) -> date:
    found = _day(cell, False).date()
    assert found is not None  # a bare month or year was refused
    return found


def moment(cell: str) -> datetime:
    """«24/11/2021 14:30», «14:30 24/11/2021» or 2021-11-24 14:30, in Vietnam; a bare day begins it."""
    found = _TIME.search(cell)
    at = time()
    rest = cell
    if found:
        try:
            at = time(int(found[1]), int(found[2]), int(found[3] or 0))
        except ValueError:
            raise Refused("không có giờ này trong ngày") from None
        rest = cell[: found.start()] + cell[found.end() :]
    return datetime.combine(day(rest.strip(" ,T")), at, ZONE).astimezone(UTC)


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        if not re.fullmatch(r"\d{1,4}", cell) or not least <= int(cell) <= most:
            raise Refused(f"phải là số nguyên từ {least} đến {most}")
        return int(cell)

    return read


def one_of(words: dict[str, Any]) -> Callable[[str], Any]:
    """A word from a closed list; keys are folded."""

    def read(cell: str) -> Any:
        said = _fold(cell)
        if said not in words:
            raise Refused(f"không hiểu «{tidy(cell)[:40]}»")
        return words[said]

    return read


sex = one_of({"nam": "male", "male": "male", "m": "male", "1": "male",
              "nu": "female", "female": "female", "f": "female", "2": "female"})  # fmt: skip
yes_no = one_of({
    **dict.fromkeys(("co", "x", "1", "true", "yes", "y", "roi", "da ky", "mien", "duoc mien"), True),
    **dict.fromkeys(("khong", "0", "false", "no", "n", "chua", "chua ky"), False),
})  # fmt: skip
_VIETNAM = {"viet nam", "vietnam", "vn", "vnm", "vietnamese", "nguoi viet nam"}


def foreign(cell: str) -> bool:
    """Nationality -> whether it is another than Vietnamese."""
    return _fold(cell) not in _VIETNAM


def commune(default_list: str) -> Callable[[str], str]:
    """«04585» or «2024:04585»: the codes were reused, so that each is kept with its list (places.md)."""

    def read(cell: str) -> str:
        list_, colon, code = cell.rpartition(":")
        if not re.fullmatch(r"\d{1,5}", code) or (colon and list_ not in ("2024", "2025")):
            raise Refused("mã xã gồm năm chữ số, ví dụ 04585")
        return f"{list_ or default_list}:{code.zfill(5)}"

    return read
