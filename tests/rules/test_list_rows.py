"""A person for a list, as a clerk types it: read strictly, or the field that is not understood."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.rules.list_rows import Not, Person, read_line

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Giàng A Páo, 05/03/1995, nam, 015095001234", Person("Giàng A Páo", "1995-03-05", "male", "015095001234")),
        ("Giàng A Páo; 5.3.1995; Nam; 015 095 001 234;", Person("Giàng A Páo", "1995-03-05", "male", "015095001234")),
        ("Vì Thị Sen, 1948, nữ", Person("Vì Thị Sen", "1948", "female", None)),
        ("Vì Thị Sen, 1948, nu, chưa có", Person("Vì Thị Sen", "1948", "female", None)),
        ("Vi Thi Sen, 1948, nữ, 015095001234",
         Person("Vi Thi Sen", "1948", "female", "015095001234", ("diacritics", "birth_year", "sex"))),
        ("Giàng A Páo", Not("line", "parts")),
        ("Giàng A Páo, 05/03/1995, nam, 015095001234, thôn 3", Not("line", "parts")),
        ("", Not("line", "parts")),
        ("Giàng 4 Páo, 05/03/1995, nam", Not("name", "digits")),
        (", 05/03/1995, nam", Not("name", "empty")),
        ("Giàng A Páo, 05/03/95, nam", Not("birth", "two_digit_year")),
        ("Giàng A Páo, 05/03/2030, nam", Not("birth", "future")),
        ("Giàng A Páo, 05/03/1995, trai", Not("sex", "unknown")),
        ("Giàng A Páo, 05/03/1995, nam, 01509500123", Not("number", "length")),
        ("John Smith, 05/03/1995, nam, C1234567", Not("number", "letters")),
        ("Giàng A Páo, 05/03/1995, nam, " + "9" * 5000, Not("number", "repeated")),
    ],
)  # fmt: skip
def test_read(line: str, read: Person | Not) -> None:
    assert read_line(line, TODAY) == read
