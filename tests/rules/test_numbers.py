"""Numbers of choices, as thumbs type them."""

import pytest

from handlers.rules.numbers import of_choice


@pytest.mark.parametrize(
    "text", ["2", " 2.", "2)", "số 2", "So 2 ạ", "chọn số 2", "bấm 2 nhé", "2️⃣", "２", "\u200f2\u200b"]
)
def test_a_number(text: str) -> None:
    assert of_choice(text) == 2


@pytest.mark.parametrize(
    "text", ["", "1, 3", "2 mũi", "mũi 2", "12/08/2021", "0912345678", "hai", "2 2", "số", "2" + "." * 99]
)
def test_none(text: str) -> None:
    assert of_choice(text) is None
