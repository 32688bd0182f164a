"""Which of S4's three cases a record on the Platform is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handlers.rules.lists import fault_of

PERSON: dict[str, Any] = {"name": "Giàng A Páo", "birth": "1995-03-05", "sex": "male"}


@pytest.mark.parametrize(
    ("details", "fault"),
    [
        ({}, "missing"),
        ({"national_id": ""}, "missing"),
        ({"national_id": "15095001234"}, "format"),  # a zero that a spreadsheet dropped
        ({"old_id": "06091234"}, "format"),
        ({"national_id": "9990950012345"}, "format"),
        ({"national_id": "015095001234"}, None),
        ({"old_id": "060912345"}, None),  # nine digits say nothing of birth or sex
        ({"national_id": "015195001234"}, "personal"),  # the digits of a woman
        ({"national_id": "015094001234"}, "personal"),  # born in 1994
        ({"national_id": "015094001234", "birth": None, "sex": None}, None),
        ({"passport": "C1234567"}, None),
        ({"foreign": True}, None),
        ({"foreign": True, "national_id": "12"}, None),
    ],
)
def test_which_case_of_the_letter(details: dict[str, Any], fault: str | None) -> None:
    assert fault_of({**PERSON, **details}, date(2022, 5, 10)) == fault
