"""Our light markup as Telegram wants it."""

from __future__ import annotations

import re
from html import escape

from bot.channels.words import BOLD

LONGEST = 4096  # UTF-16 units of a message
CODE = re.compile(r"\*\*(PA-[0-9A-Z]{4,8})\*\*")


def html(text: str) -> str:
    return BOLD.sub(r"<b>\1</b>", escape(text, quote=False))


def only_code(text: str) -> str | None:
    """The one report code that stands in bold, as in a receipt; a code in passing is not there to be copied."""
    codes = set(CODE.findall(text))
    return str(codes.pop()) if len(codes) == 1 else None
