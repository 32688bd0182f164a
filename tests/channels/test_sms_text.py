"""How many SMS a text is, and how it is made to fit."""

from __future__ import annotations

import pytest

from bot.channels.sms_text import BASIC, EXTENSION, folded, parts, written
from handlers.residents.codes import sms as code
from locales import say

COUNTED = {
    "": ("gsm7", 1),
    "a" * 160: ("gsm7", 1),
    "a" * 161: ("gsm7", 2),
    "a" * 306: ("gsm7", 2),
    "a" * 307: ("gsm7", 3),
    "€" * 80: ("gsm7", 1),
    "a" * 159 + "€": ("gsm7", 2),
    # The escape does not fit beside 152 characters any more, and goes over whole.
    "a" * 152 + "€" + "a" * 151: ("gsm7", 2),
    "a" * 152 + "€" + "a" * 152: ("gsm7", 3),
    "ệ" * 70: ("ucs2", 1),
    "ệ" * 71: ("ucs2", 2),
    "ệ" * 134: ("ucs2", 2),
    "ệ" * 135: ("ucs2", 3),
    "😀" * 35: ("ucs2", 1),
    "😀" * 36: ("ucs2", 2),
    "😀" * 66: ("ucs2", 2),
    "😀" * 67: ("ucs2", 3),  # 134 units, of which 67 would split a pair
    "a" * 69 + "đ": ("ucs2", 1),
    "à là gì" * 10: ("gsm7", 1),
}


@pytest.mark.parametrize("text", COUNTED)
def test_the_parts_of_a_text(text: str) -> None:
    made = written(text, plain=False)
    assert (made.encoding, made.parts) == COUNTED[text] and made.text == text


def test_letters_that_came_in_pieces_count_once() -> None:
    assert written("e\u0323\u0302" * 70, plain=False).parts == 1


FOLDED = {
    "Trạm Y tế xã Bản Công đã trả lời «Đúng»": 'Tram Y te xa Ban Cong da tra loi "Dung"',
    "ƯỜNG ườ ÝỳỹỶ": "UONG uo YyyY",
    "10–11 … 5 €": "10-11 ... 5 €",
    "⚠️ 😀 ok": "! ? ok",
    "a\u200bb": "ab",
}


@pytest.mark.parametrize("text", FOLDED)
def test_without_accents(text: str) -> None:
    made = folded(text)
    assert made == FOLDED[text]
    assert set(made) <= BASIC | EXTENSION


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("text", ["Có kết quả mới. " * 60, "^{}" * 300, "😀" * 900, "a" * 900, "ệ" * 900])
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, most: int, plain: bool) -> None:
    made = written(text, plain=plain, most=most)
    assert made.parts == parts(made.text, made.encoding) == most
    assert made.text.endswith("..." if made.encoding == "gsm7" else "…")


def test_it_is_cut_at_a_word_and_what_fits_is_not() -> None:
    made = written(
        "Có kết quả mới cho phản ánh của Anh/Chị tại trạm y tế xã Bản Công nhé bà con", plain=False, most=1
    )
    assert made.text == "Có kết quả mới cho phản ánh của Anh/Chị tại trạm y tế xã Bản Công nhé…"
    assert written("ệ" * 70, plain=False, most=1).text == "ệ" * 70


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_code_is_one_sms(lang: str) -> None:
    for plain in (False, True):
        made = written(say(code("123456"), lang), plain=plain)
        assert made.parts == 1 and "123456" in made.text
