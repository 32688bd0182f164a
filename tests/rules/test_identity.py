"""Identity numbers: form is checked, contradictions only warn, and a mask hides enough."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.identity import Number, disagreements, mask_name, mask_number, mask_phone, read_number

TODAY = dt.date(2021, 11, 20)


@pytest.mark.parametrize(
    ("text", "foreign", "result"),
    [
        ("015095001234", False, Number("national_id", "015095001234")),
        (" 015 095.001-234 ", False, Number("national_id", "015095001234")),
        ("０１５０９５００１２３４", False, Number("national_id", "015095001234")),
        ("091321000123", False, Number("national_id", "091321000123")),
        ("060912345", False, Number("old_id", "060912345")),
        ("c1234567", False, Number("passport", "C1234567")),
        ("P 01234567", False, Number("passport", "P01234567")),
        ("123456789", True, Number("passport", "123456789")),
        ("AB12345", True, Number("passport", "AB12345")),
        ("", False, "empty"),
        (" .- ", False, "empty"),
        ("12345678", False, "length"),
        ("0150950012345", False, "length"),
        ("1234", True, "length"),
        ("A" + "1" * 15, True, "length"),
        ("O15095001234", False, "letters"),
        ("AB12345", False, "letters"),
        ("Số 123", True, "letters"),
        ("000000000", False, "zeros"),
        ("000000000000", False, "zeros"),
        ("111111111", False, "repeated"),
        ("999999999999", False, "repeated"),
        ("015222001234", False, "century"),
        ("015495001234", False, "century"),
    ],
)
def test_read_number(text: str, foreign: bool, result: Number | str) -> None:
    assert read_number(text, TODAY, foreign) == result


def test_the_century_follows_the_day_of_reading() -> None:
    assert read_number("015222001234", dt.date(2022, 1, 1)) == Number("national_id", "015222001234")


@pytest.mark.parametrize(
    ("number", "year", "sex", "codes"),
    [
        (Number("national_id", "015095001234"), 1995, "male", ()),
        (Number("national_id", "015195001234"), 1995, "female", ()),
        (Number("national_id", "015205001234"), 2005, "male", ()),
        (Number("national_id", "015305001234"), 2005, "female", ()),
        (Number("national_id", "015095001234"), 1959, "male", ("birth_year",)),
        (Number("national_id", "015095001234"), 1995, "female", ("sex",)),
        (Number("national_id", "015095001234"), 1996, "female", ("birth_year", "sex")),
        (Number("national_id", "015095001234"), None, None, ()),
        (Number("old_id", "060912345"), 1995, "female", ()),
        (Number("passport", "C1234567"), 1995, "female", ()),
    ],
)
def test_disagreements(number: Number, year: int | None, sex: object, codes: tuple[str, ...]) -> None:
    assert disagreements(number, year, sex) == codes  # type: ignore[arg-type]


def test_masks() -> None:
    assert mask_number("015095001234") == "015******234"
    assert mask_number("060912345") == "06*****45"
    assert mask_number("C12") == "***"
    assert mask_phone("0912345678") == "091****678"
    assert mask_phone("1234") == "****"
    assert mask_name("Giàng  A Páo") == "G**** * P**"


@given(st.text("0123456789ABC", min_size=1, max_size=15))
def test_a_mask_hides_at_least_half(value: str) -> None:
    assert len(mask_number(value)) == len(value)
    assert mask_number(value).count("*") * 2 >= len(value)


@given(st.lists(st.text("aàbcđệ", min_size=1, max_size=6), min_size=1).map(" ".join))
def test_no_word_of_a_name_stays_whole(name: str) -> None:
    assert all("*" in word for word in mask_name(name).split())
