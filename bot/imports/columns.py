"""Columns by their headers, in Vietnamese or English; diacritics, case and punctuation do not matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.imports.problems import FileProblem, Refused
from handlers.rules.names import fold


@dataclass(frozen=True)
class Column:
    key: str
    vi: str
    en: str
    read: Callable[[str], Any]  # the cell's text, never empty -> value; raises Refused
    example: str
    required: bool = False
    help: str = ""
    also: tuple[str, ...] = ()

    def names(self) -> set[str]:
        return {fold(name) for name in (self.vi, self.en, *self.also)}


@dataclass(frozen=True)
class Layout:
    """Where each known column stands in this file."""

    columns: tuple[tuple[Column, int], ...]
    unknown: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(column.key for column, _place in self.columns)

    def read(self, cells: Sequence[str]) -> dict[str, Any]:
        """The row's values by key; None where the cell is empty."""
        values: dict[str, Any] = {}
        for column, place in self.columns:
            cell = cells[place].strip() if place < len(cells) else ""
            if cell:
                try:
                    values[column.key] = column.read(cell)
                except Refused as problem:
                    raise Refused(f"{column.vi}: {problem}") from None
            elif column.required:
                raise Refused(f"{column.vi}: còn trống")
            else:
                values[column.key] = None
        return values


def lay_out(headers: Sequence[str], columns: Sequence[Column]) -> Layout:
    """Raises FileProblem where two headers mean the same column."""
    by_name = {name: column for column in columns for name in column.names()}
    found: dict[str, tuple[Column, int]] = {}
    unknown = []
    for place, header in enumerate(headers):
        column = by_name.get(fold(header))
        if column is None:
            if header.strip():
                unknown.append(header.strip())
        elif column.key in found:
            first = headers[found[column.key][1]].strip()
            raise FileProblem(f"Hai cột «{first}» và «{header.strip()}» cùng ý nghĩa; hãy giữ một cột.")
        else:
            found[column.key] = (column, place)
    return Layout(tuple(found.values()), tuple(unknown))


def known_keys(headers: Sequence[str], columns: Sequence[Column]) -> set[str]:
    said = {fold(header) for header in headers}
    return {column.key for column in columns if said & column.names()}


def missing(layout: Layout, columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if column.required and column.key not in layout.keys]
