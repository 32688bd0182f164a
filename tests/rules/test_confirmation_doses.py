"""What an export newer than an approval says about doses that were on record wrongly; where in doubt: nothing."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.rules.confirmation import verdict
from handlers.rules.confirmation_doses import Doses

ALL = ("vaccine", "day", "lot", "dose_class", "ordinal", "site_name")


def dose(number: int, day: str | None, vaccine: str | None = "Comirnaty", **more: Any) -> dict[str, Any]:
    return {"dose_no": number, "dose_class": "primary", "ordinal": number, "vaccine": vaccine, "day": day,
            "lot": "FF1", "site_id": 7, "site_name": "Trạm Y tế xã Bản Công", **more}  # fmt: skip


FIRST, SECOND = dose(1, "2021-08-12"), dose(2, "2021-09-10")
TOLD = {"dose_class": "primary", "ordinal": 1, "day": "2021-08-12"}  # described: no record was proven


def wrong(field: str, old: Any, new: Any, of: dict[str, Any] = FIRST) -> list[dict[str, Any]]:
    return [{"kind": "dose_wrong", "field": field, "old": old, "new": new, "dose": of}]


def said(
    changes: list[dict[str, Any]], *told: dict[str, Any], left: Any = (), columns: Any = ALL
) -> str | None:
    return verdict(changes, {}, Doses(newer=told, told=told, left=left), columns, doses_told=not left)


DAY = wrong("day", "2021-08-12", "2021-08-13")
LOT = wrong("lot", "FF1", "FF-1234")
VACCINE = wrong("vaccine", "Comirnaty", "COVID-19 Vaccine AstraZeneca")
ORDINAL = wrong("ordinal", {"dose_class": "primary", "ordinal": 1}, {"dose_class": "booster", "ordinal": 1})
PLACE = wrong(
    "place", {"site_id": 7, "site_name": "Trạm Y tế xã Bản Công"}, {"site_id": 9, "site_name": "Hoa Ban"}
)


@pytest.mark.parametrize(
    ("changes", "told", "expected"),
    [
        (DAY, [dose(1, "2021-08-13"), SECOND], "confirmed"),
        (DAY, [FIRST, SECOND], "contradicted"),
        (DAY, [SECOND], None),
        (DAY, [dose(1, None)], None),
        # the Platform counts anew, and another dose has the wrong date by right
        (DAY, [dose(1, "2021-08-12"), dose(2, "2021-08-13")], None),
        (LOT, [dose(1, "2021-08-12", lot="ff 1234")], "confirmed"),
        (LOT, [FIRST], "contradicted"),
        (LOT, [dose(1, "2021-08-12", lot="GG9")], None),
        (LOT, [dose(1, "2021-08-12", lot=None)], None),
        (LOT, [dose(2, "2021-09-10", lot="FF1")], None),
        (VACCINE, [dose(1, "2021-08-12", "AstraZeneca")], "confirmed"),
        (VACCINE, [dose(1, "2021-08-12", "Pfizer")], "contradicted"),
        (ORDINAL, [dose(3, "2021-08-12", dose_class="booster", ordinal=1)], "confirmed"),
        (ORDINAL, [FIRST], "contradicted"),
        (PLACE, [dose(1, "2021-08-12", site_id=9, site_name="Phòng tiêm chủng Hoa Ban")], "confirmed"),
        (PLACE, [dose(1, "2021-08-12", site_id=None, site_name="HOA BAN")], "confirmed"),
        (PLACE, [FIRST], "contradicted"),
        (PLACE, [dose(1, "2021-08-12", site_id=8, site_name="Trạm Y tế xã Hát Lừu")], None),
        # nobody could say what is right: the old value is wrong all the same, and anything else may be right
        (wrong("lot", "FF1", None), [FIRST], "contradicted"),
        (wrong("lot", "FF1", None), [dose(1, "2021-08-12", lot="GG9")], None),
        # described from memory: by its date it is known, and not by less
        (wrong("lot", None, "FF2", TOLD), [dose(1, "2021-08-12", lot="FF2")], "confirmed"),
        (wrong("lot", None, "FF2", TOLD), [dose(1, "2021-08-12")], None),
        (wrong("vaccine", None, "Comirnaty", {"day": None}), [FIRST], None),
        # two things wrong at once: the date does not tell which dose it is
        ([*DAY, *LOT], [dose(1, "2021-08-13", lot="FF1234")], "confirmed"),
        ([*DAY, *LOT], [dose(1, "2021-08-13")], "contradicted"),
        ([*DAY, *LOT], [SECOND], None),
    ],
)  # fmt: skip
def test_a_wrong_dose(
    changes: list[dict[str, Any]], told: list[dict[str, Any]], expected: str | None
) -> None:
    assert said(changes, *told) == expected


@pytest.mark.parametrize(("changes", "without"), [(LOT, "lot"), (DAY, "day"), (PLACE, "site_name")])
def test_a_column_that_is_not_in_the_file_says_nothing(changes: Any, without: str) -> None:
    assert said(changes, FIRST, columns=[name for name in ALL if name != without]) is None


def test_only_this_file_counts_for_a_wrong_dose() -> None:
    """An earlier file without the lot told of the dose too; its lot is still that of the day before yesterday."""
    doses = Doses(newer=[FIRST, SECOND], told=[SECOND], left=[FIRST])
    assert verdict(LOT, {}, doses, ALL, doses_told=False) is None


def gone(of: dict[str, Any] = FIRST, *had: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": "dose_not_mine", "field": "not_mine", "old": of, "new": None, "had": list(had)}]


@pytest.mark.parametrize(
    ("changes", "told", "left", "expected"),
    [
        (gone(FIRST, SECOND), [SECOND], [FIRST], "confirmed"),
        (gone(FIRST, SECOND), [dose(1, "2021-09-10")], [SECOND], "confirmed"),  # the second is the first now
        (gone(FIRST, SECOND), [FIRST, SECOND], [], "contradicted"),
        (gone(FIRST, SECOND), [FIRST], [SECOND], "contradicted"),
        # a file with the newest doses only, or without any dose of this person, is no full one
        (gone(FIRST, SECOND), [dose(3, "2022-03-01")], [FIRST, SECOND], None),
        (gone(FIRST, SECOND), [], [FIRST, SECOND], None),
        (gone(FIRST), [], [FIRST], None),
        (gone(FIRST), [dose(2, "2022-03-01")], [FIRST], None),
        # a third one came since, and this file lacks it
        (gone(FIRST, SECOND), [SECOND], [FIRST, dose(3, "2022-03-01")], None),
        # corrected instead of taken away: nobody can say by a machine whether that was meant
        (gone(FIRST, SECOND), [dose(1, "2021-08-12", lot="GG9"), SECOND], [], None),
        (gone({"dose_class": "primary", "ordinal": 1, "day": None}), [SECOND], [], None),
        (gone(TOLD), [SECOND], [], None),
        (gone(TOLD), [FIRST, SECOND], [], "contradicted"),
    ],
)  # fmt: skip
def test_a_dose_that_was_never_given(changes: Any, told: Any, left: Any, expected: str | None) -> None:
    assert said(changes, *told, left=left) == expected


TWIN = dose(2, "2021-08-12")
TYPO = dose(2, "2021-08-21")
THIRD = dose(3, "2021-10-10")


def twice(second: dict[str, Any] = TWIN, *had: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"kind": "dose_duplicate", "field": "twice", "old": [FIRST, second], "new": None, "had": list(had)}
    ]


@pytest.mark.parametrize(
    ("changes", "told", "left", "expected"),
    [
        (twice(), [FIRST], [TWIN], "confirmed"),
        (twice(TWIN, THIRD), [FIRST, dose(2, "2021-10-10")], [THIRD], "confirmed"),
        (twice(TWIN, THIRD), [FIRST], [TWIN, THIRD], None),  # a file without the third is a partial one
        (twice(TYPO, THIRD), [TYPO, THIRD], [FIRST], "confirmed"),
        (twice(TYPO, THIRD), [FIRST, TYPO, THIRD], [], "contradicted"),
        (twice(TWIN), [FIRST, dose(2, "2021-08-12", ordinal=2)], [], "contradicted"),
        (twice(TYPO), [FIRST, dose(2, "2021-09-10"), THIRD], [TYPO], "confirmed"),  # the other became the second dose
        (twice(TYPO, THIRD), [THIRD], [FIRST, TYPO], None),
        (twice(TYPO), [], [FIRST, TYPO], None),
        ([{**twice()[0], "old": [TOLD, {}]}], [FIRST], [], None),
    ],
)  # fmt: skip
def test_a_dose_recorded_twice(changes: Any, told: Any, left: Any, expected: str | None) -> None:
    assert said(changes, *told, left=left) == expected


def joined(*wanted: int, had: Any = ()) -> list[dict[str, Any]]:
    doses = [{"dose_class": "primary", "ordinal": number} for number in wanted]
    return [
        {"kind": "other_record", "field": "record", "old": None, "new": {"doses": doses, "had": list(had)}}
    ]


@pytest.mark.parametrize(
    ("changes", "told", "expected"),
    [
        (joined(1), [FIRST, SECOND], "confirmed"),
        (joined(1, 2), [FIRST, SECOND], "confirmed"),
        (joined(1, 2), [FIRST], None),
        (joined(1), [dose(1, "2021-08-12", dose_class=None, ordinal=None)], None),
        (joined(2, had=[FIRST]), [FIRST], None),
        (joined(1, had=[FIRST]), [FIRST], None),  # that one was there before
        (joined(), [FIRST, SECOND], None),
    ],
)
def test_doses_of_another_record_come_or_have_not_come_yet(
    changes: Any, told: Any, expected: str | None
) -> None:
    assert said(changes, *told) == expected


SIGN = [{"kind": "not_signed", "field": "signature", "old": None, "new": None, "dose": SECOND}]
WITH_SIGNED = (*ALL, "signed")


@pytest.mark.parametrize(
    ("told", "columns", "expected"),
    [
        ([FIRST, {**SECOND, "signed": True}], WITH_SIGNED, "confirmed"),
        ([{**FIRST, "signed": True}, {**SECOND, "signed": False}], WITH_SIGNED, "contradicted"),
        # the file does not say, of this dose or at all
        ([{**SECOND, "signed": None}], WITH_SIGNED, None),
        ([{**FIRST, "signed": True}], WITH_SIGNED, None),
        ([{**SECOND, "signed": True}], ALL, None),
    ],
)
def test_a_dose_that_was_not_signed(told: Any, columns: Any, expected: str | None) -> None:
    assert said(SIGN, *told, columns=columns) == expected
