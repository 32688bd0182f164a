"""Numbers as people type several of them: «3, 17, 25-27», and in short again."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 4000  # characters; 400 numbers need fewer
_PART = re.compile(r"(\d{1,5})(?:\s*[-–—]\s*(\d{1,5}))?")


def read(text: str, highest: int) -> tuple[list[int], str | None]:
    """(the numbers from 1 to highest, None), or ([], the part that is none of them). Nothing of what is too long: the rest
    of it would be forgotten."""
    if len(text) > LONGEST:
        return [], text.strip()[:40]
    parts = [part for part in re.split(r"[,;.\n]+|\s+và\s+|(?<=\d)\s+(?=\d)", text.strip()) if part.strip()]
    found: set[int] = set()
    for part in parts:
        match = _PART.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= highest:
            return [], part.strip()[:40]
        found.update(range(first, last + 1))
    return sorted(found), None if found else text.strip()[:40]


def short(numbers: Iterable[int]) -> str:
    """3, 17, 25–27"""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}, {b}" if b == a + 1 else f"{a}–{b}" for a, b in runs)
