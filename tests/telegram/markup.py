"""Telegram's HTML: the plain text and its entities, or the refusal that Telegram gives."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.telegram.refusal import bad
from tests.telegram.schema import units

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[^\s>]*)(?P<rest>[^>]*)>|(?P<entity>&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)"
                    r"|(?P<open><)|(?P<text>[^<&]+|&)", re.DOTALL)  # fmt: skip
_HREF = re.compile(r"""href\s*=\s*("[^"]*"|'[^']*')""")
Entity = dict[str, Any]


def parsed(text: str, mode: str | None) -> tuple[str, list[Entity]]:
    """The text as people see it: trimmed, with the entities' offsets in UTF-16 units."""
    if not mode:
        return text.strip(), []
    if mode.upper() != "HTML":
        raise bad(f"unsupported parse_mode {mode}: the fake reads HTML only")
    plain, entities, stack = "", [], []
    for piece in _PIECE.finditer(text):
        tag, at = (piece["tag"] or "").lower(), len(text[: piece.start()].encode())
        if piece["open"]:
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {at}")
        if piece["text"] or piece["entity"]:
            plain += piece["text"] or html.unescape(piece["entity"])
        elif not piece["end"]:
            stack.append((tag, units(plain), _opened(tag, piece["rest"], at)))
        elif not stack or tag not in ("", stack[-1][0]):
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {at}")
        else:
            _tag, offset, entity = stack.pop()
            if units(plain) > offset:
                entities.append({**entity, "offset": offset, "length": units(plain) - offset})
    if stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag {stack[-1][0]}")
    lead = units(plain) - units(plain.lstrip())
    for entity in entities:
        entity["offset"] = max(entity["offset"] - lead, 0)
    return plain.strip(), sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _opened(tag: str, rest: str, at: int) -> Entity:
    if tag not in _KINDS or (tag == "span" and "tg-spoiler" not in rest):
        raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {at}')
    href = _HREF.search(rest)
    return {"type": _KINDS[tag]} | ({"url": html.unescape(href[1][1:-1])} if tag == "a" and href else {})


def starred(text: str, entities: list[Entity]) -> str:
    """The desk's own light markup again: **bold**."""
    raw, marks = text.encode("utf-16-le"), []
    for one in entities:
        if one["type"] == "bold":
            marks += [one["offset"], one["offset"] + one["length"]]
    for at in sorted(marks, reverse=True):
        raw = raw[: at * 2] + "**".encode("utf-16-le") + raw[at * 2 :]
    return raw.decode("utf-16-le")
