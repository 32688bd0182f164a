"""Recognise places whatever list or habit spelled them, and say who follows a commune of yesterday's map."""

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.rules.names import fold, tidy

_LEVELS = (
    "thành phố", "thị trấn", "đặc khu", "phường", "thị xã", "huyện", "quận", "tỉnh", "xã",
    "tp.", "tt.", "p.", "x.", "tp", "tt",
)  # fmt: skip
_PLAIN_LEVELS = tuple(fold(level) for level in _LEVELS[:9])

# Enough for Tà Si Láng / Tà Xi Láng and Hát Lừu / Hát Lìu; a possible match is always asked, never taken.
ALIKE = 0.8


def place_key(name: str) -> str:
    """A search key without the level: «Xã Bản Công», «bản công» and «xa ban cong» meet, Hoà meets Hòa."""
    lower = unicodedata.normalize("NFC", tidy(name).lower())
    for level in _LEVELS:
        rest = lower.removeprefix(level)
        if rest != lower and (rest[:1] == " " or level.endswith(".")) and fold(rest):
            return _numbers_plain(fold(rest))
    folded = fold(lower)
    if folded == " ".join(lower.split()):
        for level in _PLAIN_LEVELS:
            rest = folded.removeprefix(level + " ")
            # Typed without any marks, «xa ho» may be Xà Hồ itself: cut where more than one word remains.
            if rest != folded and (" " in level or " " in rest or rest.isdecimal()):
                return _numbers_plain(rest)
    return _numbers_plain(folded)


def _numbers_plain(key: str) -> str:
    """Phường 01 is Phường 1."""
    return " ".join(word.lstrip("0") or "0" if word.isdecimal() else word for word in key.split())


def loose_key(name: str) -> str:
    """The place key where y/i and spaces do not matter either."""
    return place_key(name).replace(" ", "").replace("y", "i")


def likeness(a: str, b: str) -> float:
    """0.0 to 1.0 for two places' names, by their loose keys."""
    return difflib.SequenceMatcher(None, loose_key(a), loose_key(b)).ratio()


def may_be_same(a: str, b: str) -> bool:
    """A possible match, to be offered and confirmed; two numbered wards are only alike if equal."""
    if any(c.isdigit() for c in a + b):
        return loose_key(a) == loose_key(b)
    return likeness(a, b) >= ALIKE


def nearest(name: str, names: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """The possible matches among these names, best first."""
    wanted = loose_key(name)
    by_key: dict[str, list[str]] = {}
    for other in names:
        by_key.setdefault(loose_key(other), []).append(other)
    keys = difflib.get_close_matches(wanted, by_key, n=most, cutoff=ALIKE) if wanted else []
    return tuple(other for key in keys for other in by_key[key] if may_be_same(name, other))[:most]


@dataclass(frozen=True)
class Answering:
    """Who answers today for a commune as recorded: one successor, several (split), or nobody known."""

    kind: Literal["one", "split", "none"]
    codes: tuple[str, ...] = ()


def who_answers(successors: Sequence[str]) -> Answering:
    """places.md: one follows on; several, ask for the hamlet or go to the province; none, the province."""
    codes = tuple(dict.fromkeys(successors))
    if not codes:
        return Answering("none")
    return Answering("one" if len(codes) == 1 else "split", codes)
