"""Letters of a poster: how large they may be, and where a line ends; measures are millimetres."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

POINT = 25.4 / 72
LEAST = 5.0  # points
ALONE = 0.4  # of the longest line
STOPS = (".", ",", "?", "!", ":")


def fitted(said: str, most: float, lines: int, bold: bool, wide: float) -> tuple[float, list[str]]:
    """The size in points, at most this, with which the words stand in so many lines; and these."""
    size = most
    while True:
        rows = _wrapped(said, bold, wide / size)
        if (len(rows) <= lines and _longest(rows, bold) * size <= wide) or size <= LEAST:
            return size, _evened(said, rows, bold, wide / size)
        size -= 0.5


def _evened(said: str, rows: list[str], bold: bool, wide: float) -> list[str]:
    """As many lines, each ending where a reader would pause; else drawn in until no last word stands nearly alone."""
    if stopped := _at_stops(said, len(rows), bold, wide):
        return stopped
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        closer = _wrapped(said, bold, wide * share)
        if len(closer) > len(rows):
            break
        if _width(closer[-1], bold) > ALONE * _longest(closer, bold):
            return closer
    return rows


def _at_stops(said: str, count: int, bold: bool, wide: float) -> list[str] | None:
    words = said.split(" ")
    stops = [number for number, word in enumerate(words[:-1], 1) if word.endswith(STOPS)]
    ends = ((0, *chosen, len(words)) for chosen in combinations(stops, count - 1))
    found = [[" ".join(words[start:end]) for start, end in pairwise(one)] for one in ends]
    fitting = [rows for rows in found if _longest(rows, bold) <= wide]
    return min(fitting, key=lambda rows: _longest(rows, bold), default=None)


def _longest(rows: list[str], bold: bool) -> float:
    return max(_width(row, bold) for row in rows)


def _wrapped(said: str, bold: bool, wide: float) -> list[str]:
    rows: list[str] = []
    for word in said.split(" "):
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and _width(longer, bold) <= wide:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


@lru_cache(maxsize=4096)
def _width(words: str, bold: bool) -> float:
    """Of letters one point high, which larger ones are in proportion to."""
    if not words.strip():
        return 0.0
    font = FontProperties(weight="bold" if bold else "normal")
    path: Any = TextPath((0, 0), words.replace("\u00a0", " "), size=100, prop=font)
    return float(path.get_extents().width) * POINT / 100
