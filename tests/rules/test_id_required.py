"""Whose missing dose cannot be entered without a number."""

from typing import Any

import pytest

from handlers.rules.id_required import lacking

NUMBER = {"kind": "national_id", "value": "015095001234"}


def dose(day: str | None) -> dict[str, Any]:
    return {"kind": "dose_missing", "field": "dose", "old": None, "new": {"day": day}}


@pytest.mark.parametrize(
    ("about", "change", "expected"),
    [
        ({"number": {}}, dose("2021-12-01"), True),
        ({"number": None}, dose("2022-05-03"), True),
        ({"number": {}}, dose("2021-11-30"), False),  # before it a dose may lack the number
        ({"number": {}}, dose("2021-12"), False),
        ({"number": {}}, dose(None), False),
        ({"number": NUMBER}, dose("2022-05-03"), False),
        ({"number": {}, "foreign": True}, dose("2022-05-03"), False),
        (
            {"number": {}},
            {**dose("2022-05-03"), "kind": "still_here"},
            False,
        ),  # the site has just asked for it
        ({"number": {}}, {"kind": "personal", "field": "name", "old": "A", "new": "B"}, False),
    ],
)
def test_a_citizens_number_is_mandatory_since_december_2021(
    about: dict[str, Any], change: dict[str, Any], expected: bool
) -> None:
    assert lacking(about, [change]) is expected
