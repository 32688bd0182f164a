"""Where long texts are cut, and how long they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import words


def test_lengths_are_counted_in_utf_16() -> None:
    assert words.units("đ😷") == 3
    assert words.shortened("😷" * 5, 10) == "😷" * 5
    assert words.shortened("😷" * 6, 10) == "😷" * 4 + "…"


@pytest.mark.parametrize(
    "text, pieces",
    [
        ("aaaa bbbb", ["aaaa bbbb"]),
        ("aaaa\n\nbbbb cc", ["aaaa", "bbbb cc"]),
        ("aa bbb\ncccc dd", ["aa bbb", "cccc dd"]),
        ("Mười. Ba bốn", ["Mười.", "Ba bốn"]),
        ("Mười? Ba bốn", ["Mười?", "Ba bốn"]),
        ("Mười! Ba bốn", ["Mười!", "Ba bốn"]),
        ("Mười… Ba bốn", ["Mười…", "Ba bốn"]),
        ("A. B? C bốn năm", ["A. B?", "C bốn năm"]),
        ("aaaaaaaaaaaaaa", ["aaaaaaaaaa", "aaaa"]),
    ],
)
def test_where_a_text_is_cut(text: str, pieces: list[str]) -> None:
    assert words.pieces(text, 10) == pieces


@given(st.text(alphabet="ab .\n*😷đ", max_size=200))
def test_nothing_is_lost_and_nothing_is_too_long(text: str) -> None:
    found = words.pieces(text, 20)
    assert all(words.units(piece) <= 20 for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
