"""Doses that had to be entered and signed on the day they were given."""

import datetime as dt
from typing import Literal

# 1815/BYT-CNTT of 08/04/2022; S2 «cập nhật … hoàn thành ký số xác nhận "Hộ chiếu vắc xin" ngay trong ngày».
SINCE = dt.date(2022, 4, 8)


def owed(given: dt.date | None, received: dt.date) -> Literal["today", "late"] | None:
    """today: a dose of the day on which the report came; late: a later day, so the site has missed it already."""
    if given is None or given < SINCE or given > received:
        return None
    return "today" if given == received else "late"
