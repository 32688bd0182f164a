"""Phones: whatever way a mobile number is written, ten digits come out; nothing else can get an SMS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.phones import Phone, read_phone

OLD_AND_NEW = [
    ("0120", "070"), ("0121", "079"), ("0122", "077"), ("0126", "076"), ("0128", "078"), ("0123", "083"),
    ("0124", "084"), ("0125", "085"), ("0127", "081"), ("0129", "082"), ("0162", "032"), ("0163", "033"),
    ("0164", "034"), ("0165", "035"), ("0166", "036"), ("0167", "037"), ("0168", "038"), ("0169", "039"),
    ("0186", "056"), ("0188", "058"), ("0199", "059"),
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912.345.678",
        "0912 345 678",
        "+84912345678",
        "84912345678",
        "0084 912 345 678",
        "+84(0)912345678",
        "0912345678 (Zalo)",
        "SĐT: 0912-345-678",
        "０９１２３４５６７８",
        "912345678",
        "\u202a0912345678\u202c",
    ],
)
def test_ways_to_write_one_number(text: str) -> None:
    assert read_phone(text) == Phone("0912345678")


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_the_eleven_digit_numbers_of_before_2018(old: str, new: str) -> None:
    assert read_phone(old + "1234567") == Phone(new + "1234567")
    assert read_phone("+84" + old[1:] + "1234567") == Phone(new + "1234567")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("không có", "not_a_phone"),
        ("+", "not_a_phone"),
        ("091234567", "not_a_phone"),
        ("0912345678 0987654321", "not_a_phone"),
        ("0512345678", "not_a_phone"),
        ("0301234567", "not_a_phone"),
        ("01231234", "not_a_phone"),
        ("19009095", "not_a_phone"),
        ("115", "not_a_phone"),
        ("+0912345678", "not_a_phone"),
        ("024 3846 2364", "landline"),
        ("+84 259 3822 666", "landline"),
        ("+44 20 7946 0958", "foreign"),
        ("001 202 555 0143", "foreign"),
    ],
)
def test_what_cannot_get_an_sms(text: str, code: str) -> None:
    assert read_phone(text) == code


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    found = read_phone(text)
    if isinstance(found, Phone):
        assert read_phone(found.value) == found
    else:
        assert found in ("empty", "not_a_phone", "landline", "foreign")
