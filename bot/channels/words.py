"""Our light markup and long texts, for every channel that counts the length of a message."""

from __future__ import annotations

import re

# As on the page: the stars of a masked number or name (015******234) stand inside a word, and so are not bold.
BOLD = re.compile(r"(?<![*\w])\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*(?![*\w])")
# Where a long text may be cut, the best place first.
CUTS = (("\n\n",), ("\n",), (". ", "? ", "! ", "… "), (" ",))


def units(text: str) -> int:
    """Its length as UTF-16 counts: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str) -> str:
    return BOLD.sub(r"\1", text)


def pieces(text: str, longest: int) -> list[str]:
    """The text in messages of so many units at most, cut at the end of a paragraph, a line, a sentence or a word."""
    found = []
    while units(text) > longest:
        cut = _cut(text, longest)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def shortened(text: str, longest: int) -> str:
    return text if units(text) <= longest else _beginning(text, longest - 1).rstrip() + "…"


def _cut(text: str, longest: int) -> int:
    head = _beginning(text, longest)
    for marks in CUTS:
        at, mark = max((head.rfind(mark), mark) for mark in marks)
        if at > len(head) // 3:  # nearer to its beginning, the piece would be a scrap
            return at + len(mark)
    return len(head)


def _beginning(text: str, longest: int) -> str:
    """As much of it as has at most so many units; no character is cut in two."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * longest].decode("utf-16-le", "ignore")
