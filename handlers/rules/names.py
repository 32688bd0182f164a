"""Compare Vietnamese names as a clerk would: the same, perhaps the same, the same but for marks, or not."""

import re
import unicodedata
from typing import Literal

Likeness = Literal["exact", "possible", "folded", "different"]

LONGEST = 100  # our own bound: no letter gives one, and a longer "name" is a pasted paragraph

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})
_BETWEEN_LETTERS = frozenset(" '-.,")
# Lý/Lí, Quý/Quí: y or i is a habit of spelling only as the syllable's whole vowel, never in Mai/May.
_LONE_Y = re.compile(r"(?:(?<=qu)|(?<=[bcdđghklmnprstvx]))y$")


def tidy(text: str) -> str:
    """The text as it should be stored: NFC, one kind of Đ, single spaces."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).translate(_ETH).split())


def without_marks(text: str) -> str:
    """Lower case without any diacritics; punctuation stays."""
    spread = unicodedata.normalize("NFKD", text.translate(_ETH).lower())
    letters = "".join(c for c in spread if not unicodedata.combining(c))
    return letters.lower().replace("đ", "d")


def fold(text: str) -> str:
    """A search key for people and places: no diacritics, no punctuation, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in without_marks(tidy(text))).split())


def _syllables(name: str) -> list[tuple[str, str]]:
    """Each word as (letters, tones): where the tone mark stands in the word no longer matters."""
    words = []
    for word in tidy(name).translate(_APOSTROPHES).casefold().split():
        spread = unicodedata.normalize("NFD", word)
        letters = "".join(c for c in spread if c not in _TONES)
        tones = "".join(c for c in spread if c in _TONES)
        words.append((unicodedata.normalize("NFC", letters), tones))
    return words


def tone_key(name: str) -> str:
    """An exact key for which Hòa is Hoà and Thủy is Thuỷ, but Hoan is not Hoàn (identifiers.md §3.5)."""
    return " ".join(letters + tones for letters, tones in _syllables(name))


def compare(a: str, b: str) -> Likeness:
    """How alike two names are; only "exact" may be taken as equal without asking (identifiers.md §3.5)."""
    if tone_key(a) == tone_key(b):
        return "exact"
    if _habits_aside(a, b):
        return "possible"
    folded = fold(a)
    if folded and folded == fold(b):
        return "folded"
    return "different"


def _habits_aside(a: str, b: str) -> bool:
    """Equal when y/i and word breaks (Pi Năng, Pinăng) are habits of writing."""
    ours, theirs = ([(_LONE_Y.sub("i", letters), tones) for letters, tones in _syllables(n)] for n in (a, b))
    if len(ours) == len(theirs):
        return ours == theirs
    return _joined(ours) == _joined(theirs)


def _joined(words: list[tuple[str, str]]) -> tuple[str, str]:
    return "".join(letters for letters, _ in words), "".join(tones for _, tones in words)


def lacks_diacritics(name: str) -> bool:
    """No mark at all: a reason to ask (letter 9458 rejects such names), not a verdict: Lan Anh has none."""
    clean = tidy(name)
    return any(c.isalpha() for c in clean) and clean.isascii()


def problem(name: str) -> str | None:
    """Why this cannot be a name: "empty", "too_long", "digits", "symbols"; None when it can.

    One-letter and one-word names pass; so does any name in Latin letters, which every passport carries.
    """
    clean = tidy(name).translate(_APOSTROPHES)
    if not clean:
        return "empty"
    if len(clean) > LONGEST:
        return "too_long"
    if any(c.isnumeric() for c in clean):
        return "digits"
    if not any(_is_latin(c) for c in clean):
        return "symbols"
    if not all(_is_latin(c) or c in _BETWEEN_LETTERS or unicodedata.combining(c) for c in clean):
        return "symbols"
    return None


def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN ")
