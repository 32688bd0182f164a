"""Numbers in the tokens of buttons; what no database would take as an id is no number."""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = 12


def number(part: str) -> int | None:
    return int(part) if part.isascii() and part.isdecimal() and len(part) <= DIGITS else None


def numbers(parts: Iterable[str]) -> list[int]:
    return [found for found in map(number, parts) if found is not None]
