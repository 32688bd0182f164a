"""When a chat that closes after 48 hours is reminded: three hours before, and never at night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.windows import closes, remind_at

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def vn(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


@pytest.mark.parametrize(
    ("heard", "reminded"),
    [
        (vn(20, 16), vn(22, 13)),
        (vn(20, 10), vn(22, 7)),
        (vn(20, 9, 59), vn(21, 21)),
        (vn(20, 3), vn(21, 21)),
        (vn(20, 1), vn(21, 21)),
        (vn(20, 0, 59), vn(21, 21, 59)),
        (vn(20, 23), vn(22, 20)),
    ],
)
def test_three_hours_before_or_the_evening_before(heard: datetime, reminded: datetime) -> None:
    assert remind_at(heard) == reminded


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_always_by_day_and_in_time(heard: datetime) -> None:
    at = remind_at(heard)
    assert 7 <= at.astimezone(VN).hour < 22
    assert timedelta(hours=3) <= closes(heard) - at <= timedelta(hours=13)
