"""Dates: day before month, always; what is not certain is asked again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.days import Day, problem_of_birth, problem_of_dose_day, read_day

TODAY = dt.date(2021, 11, 20)
FIFTH_OF_MARCH = Day(1995, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/03/1995",
        "5/3/1995",
        "05.03.1995",
        "5-3-1995",
        "05 03 1995",
        "05031995",
        " 5 / 3 / 1995. ",
        "０５/０３/１９９５",
        "ngày 5 tháng 3 năm 1995",
        "Ngày mùng 5 tháng 3 năm 1995",
        "mồng 5 tháng 3, 1995",
        "ngay 5 thang 3 nam 1995",
        "Ngày 05/03/1995",
        "14h30 05/03/1995",
        "05/03/1995 14:30",
        "14 giờ ngày 5/3/1995",
        "5 tháng 3 năm 1995, 8 giờ 15 phút",
    ],
)
def test_ways_to_write_one_day(text: str) -> None:
    assert read_day(text) == FIFTH_OF_MARCH


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("hôm qua", "not_a_date"),
        ("thứ hai tuần sau", "not_a_date"),
        ("0912345678", "not_a_date"),
        ("5031995", "not_a_date"),
        ("05/03-1995", "not_a_date"),
        ("05/03/1995 và 06/03/1995", "not_a_date"),
        ("5/3", "not_a_date"),
        ("1995-03-05", "not_a_date"),
        ("mùng 5 tháng 3 năm 1995 âm lịch", "not_a_date"),
        ("31/02/2021", "no_such_day"),
        ("29/02/2021", "no_such_day"),
        ("03/13/2021", "no_such_day"),
        ("00/01/2021", "no_such_day"),
        ("01/01/0000", "no_such_day"),
        ("5/3/95", "two_digit_year"),
        ("050395", "two_digit_year"),
        ("ngày 5 tháng 3 năm 95", "two_digit_year"),
        ("1995", "year_only"),
        ("năm 1995", "year_only"),
        ("03/1995", "year_only"),
    ],
)
def test_what_is_asked_again(text: str, code: str) -> None:
    assert read_day(text) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1952", Day(1952)),
        ("năm 1952", Day(1952)),
        ("08/1952", Day(1952, 8)),
        ("tháng 8 năm 1952", Day(1952, 8)),
        ("12/08/1952", Day(1952, 8, 12)),
        ("13/1952", "no_such_day"),
    ],
)
def test_old_births_may_be_a_year(text: str, day: Day | str) -> None:
    assert read_day(text, year_only=True) == day


@pytest.mark.parametrize(
    ("day", "text", "iso", "precision", "date"),
    [
        (Day(2021, 8, 12), "12/08/2021", "2021-08-12", "day", dt.date(2021, 8, 12)),
        (Day(1952, 8), "08/1952", "1952-08", "month", None),
        (Day(1952), "1952", "1952", "year", None),
    ],
)
def test_a_day_in_its_forms(day: Day, text: str, iso: str, precision: str, date: dt.date | None) -> None:
    assert (day.text(), day.iso(), day.precision, day.date()) == (text, iso, precision, date)


@given(st.dates())
def test_every_date_survives_writing(date: dt.date) -> None:
    day = Day(date.year, date.month, date.day)
    assert Day.of(day.iso()) == day == read_day(day.text())
    assert day.date() == date


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(read_day(text, year_only=True), (Day, str))


@pytest.mark.parametrize(
    "iso", ["", "12/08/2021", "2021-8-12", "2021-02-31", "2021-00", "95", "2021-08-12T00"]
)
def test_storage_refuses_what_no_day_wrote(iso: str) -> None:
    with pytest.raises(ValueError):
        Day.of(iso)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError):
        Day(2021, None, 5)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (dt.date(2021, 11, 20), None),
        (dt.date(2021, 11, 21), "future"),
        (dt.date(2021, 3, 8), None),
        (dt.date(2021, 3, 7), "before_campaign"),
    ],
)
def test_days_of_doses(day: dt.date, code: str | None) -> None:
    assert problem_of_dose_day(day, TODAY) == code


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (Day(2021, 11, 20), None),
        (Day(2021, 11, 21), "future"),
        (Day(2021, 11), None),
        (Day(2021, 12), "future"),
        (Day(2021), None),
        (Day(2022), "future"),
        (Day(1896), None),
        (Day(1895, 12, 31), "too_old"),
    ],
)
def test_days_of_birth(day: Day, code: str | None) -> None:
    assert problem_of_birth(day, TODAY) == code
