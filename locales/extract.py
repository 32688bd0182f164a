"""Finds every sentence that the code marks with _() or ngettext()."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}


def catalog() -> Catalog:
    """All marked sentences, without line numbers, so that it changes only when a sentence does."""
    found = Catalog(
        header_comment="# Sentences of phananh48.",
        project="phananh48",
        version="1",
        charset="utf-8",
        fuzzy=False,
    )
    for package in ("bot", "handlers", "locales"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for _line, message, _comments, _context in extract_from_file(
                "python", str(path), keywords=KEYWORDS
            ):
                sentence = message if isinstance(message, str) else tuple(part for part in message if part)
                found.add(sentence, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return found
