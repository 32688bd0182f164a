"""Doses that had to be entered and signed on the day they were given."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from handlers.rules.days import Day

# 1815/BYT-CNTT of 08/04/2022; S2 «cập nhật … đầy đủ, chính xác, hoàn thành ký số xác nhận "Hộ chiếu vắc xin" ngay trong ngày».
SINCE = dt.date(2022, 4, 8)
KINDS = ("not_signed", "dose_missing")
Owed = Literal["today", "late"]


def owed(given: dt.date | None, received: dt.date) -> Owed | None:
    """today: a dose of the day on which the report came; late: a later day, so the site has missed it already."""
    if given is None or given < SINCE or given > received:
        return None
    return "today" if given == received else "late"


def of_ticket(kind: str, changes: Iterable[Mapping[str, Any]], received: dt.date) -> Owed | None:
    """Of the doses of one ticket; today's first, for that one can still be kept."""
    if kind not in KINDS:
        return None
    doses = (one.get("dose") or one.get("new") or {} for one in changes if one.get("kind") in KINDS)
    found = {owed(Day.of(str(one["day"])).date(), received) for one in doses if one.get("day")}
    return "today" if "today" in found else "late" if "late" in found else None
