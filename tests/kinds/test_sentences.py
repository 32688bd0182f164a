"""Free words are understood as often as docs/commands.md says; the half named «test» was never used for tuning."""

from __future__ import annotations

from collections import Counter

import pytest

from bench import kinds as bench
from handlers.rules import meant
from handlers.rules.meant_table import TABLE
from handlers.rules.spelling import plain

FIRST, THREE = 0.94, 0.96  # of the test half, a little under what was measured


def test_the_half_that_was_never_tuned_on() -> None:
    first, three = bench.measure("test")
    assert first >= FIRST and three >= THREE, (first, three)


def test_every_kind_has_enough_sentences_in_both_halves() -> None:
    for half in ("test", "tune"):
        counted = Counter(kind for kind, _sentence in bench.read(half))
        assert set(counted) == set(TABLE) and min(counted.values()) >= 7, counted


def test_no_sentence_stands_in_both_halves() -> None:
    test, tune = ({plain(sentence) for _kind, sentence in bench.read(half)} for half in ("test", "tune"))
    assert not test & tune


@pytest.mark.parametrize(
    "words", ["", "   ", "😀", "1", "a" * 5000, "mui " * 2000, "khong " * 3000, "\x00\ud7ff", "١٢٣", "ok"]
)
def test_whatever_is_typed_is_answered_at_once(words: str) -> None:
    assert len(meant.kinds(words)) <= 3


@pytest.mark.parametrize("half", ["test", "tune"])
def test_a_reaction_is_never_left_out(half: str) -> None:
    """Whatever else the words say: where somebody feels unwell, that is among what is offered."""
    for kind, sentence in bench.read(half):
        if kind == "reaction":
            assert "reaction" in meant.kinds(
                f"{sentence}, tiem o tram ma chua thay mui 2, sai ten, sai sdt"
            ), sentence
