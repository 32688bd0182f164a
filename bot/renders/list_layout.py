"""Where the words of a printed list stand: lines that fit their column, rows that fit their page; in millimetres."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matplotlib import font_manager
from matplotlib.ft2font import LoadFlags

POINT = 25.4 / 72
SIZE = 8.0  # points
STEP = SIZE * POINT * 1.25  # from one line to the next
PAD = 1.0  # between a cell's words and its borders
LEAST = 8.0  # of a row: room to write by hand
LAST = 2  # rows that go along with what stands below them, where that begins a page


@dataclass(frozen=True)
class Laid:
    """One person: the lines of each cell, and how high that is."""

    cells: tuple[tuple[str, ...], ...]
    height: float


def lay(cells: Sequence[str], widths: Sequence[float], bold: bool = False) -> Laid:
    """With every word whole in sight; one that is wider than its column goes on in the next line."""
    wrapped = tuple(
        tuple(wrap(cell, width - 2 * PAD, bold)) for cell, width in zip(cells, widths, strict=True)
    )
    return Laid(wrapped, max(LEAST, max(map(len, wrapped)) * STEP + 2 * PAD))


def wrap(said: str, wide: float, bold: bool = False) -> list[str]:
    rows: list[str] = []
    for word in unicodedata.normalize("NFC", said).split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and width(longer, bold) <= wide:
            rows[-1] = longer
        else:
            rows += _parts(word, wide, bold)
    return rows


def _parts(word: str, wide: float, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, bold) > wide:
            parts.append("")
        parts[-1] += letter
    return parts


def width(said: str, bold: bool = False) -> float:
    return sum(_width(letter, bold) for letter in said) * SIZE * POINT


@lru_cache(maxsize=4096)
def _width(letter: str, bold: bool) -> float:
    """In parts of the letters' size; kerning would only bring them closer."""
    font = _font(bold)
    font.set_size(100, 72)  # here: it is the one that draws, too, and drawing leaves it at another size
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


@lru_cache(maxsize=2)
def _font(bold: bool) -> Any:
    named = font_manager.FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    return font_manager.get_font(font_manager.findfont(named))


def pages(rows: Sequence[Laid], first: float, other: float, end: float) -> list[list[Laid]]:
    """Rows by page. first, other: room for rows on the first page and on any other; end: what has to stand together
    below the last row."""
    made: list[list[Laid]] = [[]]
    left = first
    for row in rows:
        if row.height > left and made[-1]:
            made.append([])
            left = other
        made[-1].append(row)
        left -= row.height
    if end > left:  # nobody signs a page without people on it
        some = made[-1][-LAST:] if len(made[-1]) > LAST else []
        made[-1] = made[-1][: len(made[-1]) - len(some)]
        made.append(some)
    return made
