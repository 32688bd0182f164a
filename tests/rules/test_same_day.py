"""Which doses had to be signed on the day they were given."""

from datetime import date

import pytest

from handlers.rules.same_day import owed


@pytest.mark.parametrize(
    ("given", "received", "expected"),
    [
        (date(2022, 5, 3), date(2022, 5, 3), "today"),
        (date(2022, 5, 3), date(2022, 5, 4), "late"),
        (date(2022, 4, 8), date(2026, 11, 20), "late"),
        # before 1815/BYT-CNTT there was no such duty
        (date(2022, 4, 7), date(2022, 4, 7), None),
        (date(2021, 8, 12), date(2022, 5, 3), None),
        (date(2022, 5, 4), date(2022, 5, 3), None),
        (None, date(2022, 5, 3), None),
    ],
)
def test_owed(given: date | None, received: date, expected: str | None) -> None:
    assert owed(given, received) == expected
