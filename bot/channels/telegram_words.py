"""Our light markup as Telegram wants it, in pieces that it takes."""

from __future__ import annotations

import re
from html import escape

LONGEST = 4096  # UTF-16 units of a message
# As on the page: the stars of a masked number or name (015******234) stand inside a word, and so are not bold.
BOLD = re.compile(r"(?<![*\w])\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*(?![*\w])")
CODE = re.compile(r"\*\*(PA-[0-9A-Z]{4,8})\*\*")
# Where a long text may be cut, the best place first.
CUTS = ("\n\n", "\n", ". ", " ")


def units(text: str) -> int:
    """Its length as Telegram counts: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def html(text: str) -> str:
    return BOLD.sub(r"<b>\1</b>", escape(text, quote=False))


def plain(text: str) -> str:
    return BOLD.sub(r"\1", text)


def only_code(text: str) -> str | None:
    """The one report code that stands in bold, as in a receipt; a code in passing is not there to be copied."""
    codes = set(CODE.findall(text))
    return str(codes.pop()) if len(codes) == 1 else None


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The text in messages that are not too long, cut at the end of a paragraph, a line, a sentence or a word."""
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
    for mark in CUTS:
        at = head.rfind(mark)
        if at > len(head) // 3:  # nearer to its beginning, the piece would be a scrap
            return at + len(mark)
    return len(head)


def _beginning(text: str, longest: int) -> str:
    """As much of it as has at most so many units; no character is cut in two."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * longest].decode("utf-16-le", "ignore")
