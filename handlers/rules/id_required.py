"""The number without which the Platform takes no dose: mandatory for Vietnamese citizens since 01/12/2021."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from handlers.rules.days import Day

# S1 «Từ ngày 01/12/2021, số CCCD hoặc Mã định danh công dân … là trường thông tin bắt buộc phải điền trên Nền tảng».
SINCE = dt.date(2021, 12, 1)


def lacking(about: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> bool:
    """A citizen who told no number, and a missing dose of that time. Whoever injected answers for it all the same (S1)."""
    if about.get("foreign") or (about.get("number") or {}).get("value"):
        return False
    doses = (one.get("new") or {} for one in changes if one.get("kind") == "dose_missing")
    given = (Day.of(str(dose["day"])).date() for dose in doses if dose.get("day"))
    return any(day is not None and day >= SINCE for day in given)
