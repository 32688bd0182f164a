"""What an export newer than an approval says about it."""

from typing import Any

import pytest

from handlers.rules.confirmation import verdict
from handlers.rules.confirmation_doses import Doses

NAME = {"kind": "personal", "field": "name", "old": "Giang A Pao", "new": "Giàng A Páo"}
BIRTH = {"kind": "personal", "field": "birth", "old": "1995-05-03", "new": "1995-03-05"}
YEAR = {"kind": "personal", "field": "birth", "old": "1953", "new": "1952"}
NUMBER = {"kind": "personal", "field": "number", "old": "060912345", "new": "015095001234"}
UNKNOWN = {"kind": "personal", "field": "sex", "old": None, "new": "female"}
GIVEN = {"day": "2021-08-12", "vaccine": "Comirnaty"}
DOSE = {"kind": "dose_missing", "field": "dose", "old": None, "new": GIVEN}
ALL = ("name", "birth", "sex", "national_id", "old_id", "passport")


@pytest.mark.parametrize(
    ("change", "details", "expected"),
    [
        (NAME, {"name": "Giàng A Páo"}, "confirmed"),
        (NAME, {"name": "GIÀNG A PÁO"}, "confirmed"),
        (NAME, {"name": "Giang A Pao"}, "contradicted"),
        (NAME, {"name": "Giàng Páo"}, None),
        (BIRTH, {"birth": "1995-03-05"}, "confirmed"),
        (BIRTH, {"birth": "1995-05-03"}, "contradicted"),
        (BIRTH, {}, None),
        (YEAR, {"birth": "1952-01-01"}, "confirmed"),
        (YEAR, {"birth": "1953-01-01"}, "contradicted"),
        (NUMBER, {"national_id": "015095001234", "old_id": "060912345"}, "confirmed"),
        (NUMBER, {"old_id": "060912345"}, "contradicted"),
        (NUMBER, {"national_id": "015095009999"}, None),
        (UNKNOWN, {"sex": "female"}, "confirmed"),
        (UNKNOWN, {"sex": "male"}, "contradicted"),
        (UNKNOWN, {}, "contradicted"),
        ({**UNKNOWN, "old": "female"}, {"sex": "male"}, "contradicted"),
    ],
)
def test_personal_data(change: dict[str, Any], details: dict[str, Any], expected: str | None) -> None:
    assert verdict([change], details, Doses(), ALL, doses_told=False) == expected


def test_a_column_that_is_not_in_the_file_says_nothing() -> None:
    assert verdict([NAME], {"name": "Giang A Pao"}, Doses(), ("birth",), doses_told=True) is None
    assert verdict([NUMBER], {"old_id": "060912345"}, Doses(), ("name",), doses_told=True) is None


@pytest.mark.parametrize(
    ("doses", "told", "expected"),
    [
        ([("2021-08-12", "Comirnaty")], True, "confirmed"),
        ([("2021-08-12", "Pfizer")], True, "confirmed"),
        ([("2021-08-12", None)], True, "confirmed"),
        ([("2021-08-12", "AstraZeneca")], True, "contradicted"),
        ([("2021-08-13", "Comirnaty")], True, "contradicted"),
        ([(None, "Comirnaty")], True, "contradicted"),
        ([], True, "contradicted"),
        ([], False, None),
    ],
)
def test_a_missing_dose(doses: list[tuple[str | None, str | None]], told: bool, expected: str | None) -> None:
    newer = [{"day": day, "vaccine": vaccine} for day, vaccine in doses]
    assert verdict([DOSE], {}, Doses(newer), (), told) == expected


def test_several_changes_are_confirmed_together() -> None:
    right = {"name": "Giàng A Páo", "birth": "1995-03-05"}
    assert verdict([NAME, BIRTH], right, Doses(), ALL, False) == "confirmed"
    assert verdict([NAME, BIRTH], {**right, "birth": "1995-05-03"}, Doses(), ALL, False) == "contradicted"
    assert verdict([NAME, DOSE], right, Doses(), ALL, False) is None
