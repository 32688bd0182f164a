"""Which kinds of report free words may mean, the likeliest first, by the table of what people say."""

import re
from functools import cache

from handlers.rules.meant_table import SETS, TABLE
from handlers.rules.spelling import plain

NOTHING = "none"  # a greeting, thanks, a question that is no report
ENOUGH = 4  # below that, the words say too little
PLAIN = 6  # enough also where the words may well belong to a report that is open
CLOSE = 3  # how many times less the last one offered may be than the first
URGENT = ("reaction",)  # offered wherever it is meant at all, whatever else is

_GAP = r"(?:\S+ ){0,5}?"


def _either(words: str) -> str:
    return "(?:" + "|".join(re.escape(one) for one in words.split("/")) + ") "


def _pattern(phrase: str) -> re.Pattern[str]:
    """«mat .. mui» as a pattern over words with one blank after each."""
    made = r"(?<!\S)"
    for part in phrase.split():
        made += (
            _GAP
            if part == ".."
            else _either(SETS[part[1:-1]] if part.startswith("{") else part.replace("_", " "))
        )
    return re.compile(made)


@cache
def _table() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple(
        (kind, weight, _pattern(phrase))
        for kind, groups in TABLE.items()
        for weight, phrases in groups.items()
        for phrase in phrases
    )


def scores(text: str) -> dict[str, int]:
    """Every phrase that is there adds its weight to its kind, once."""
    said, found = f"{plain(text)} ", dict.fromkeys(TABLE, 0)
    for kind, weight, pattern in _table():
        if pattern.search(said):
            found[kind] += weight
    return found


def kinds(text: str, most: int = 3, enough: int = ENOUGH) -> tuple[str, ...]:
    """The likeliest kinds, at most so many; none where the words are no report or say too little."""
    found = scores(text)
    ranked = sorted((kind for kind in found if found[kind] >= enough), key=lambda kind: -found[kind])
    if not ranked or ranked[0] == NOTHING:
        return ()
    near = [kind for kind in ranked if kind != NOTHING and found[kind] * CLOSE >= found[ranked[0]]]
    urgent = [kind for kind in URGENT if kind in ranked and kind not in near[:most]]
    return (*near[: most - len(urgent)], *urgent)
