"""What people may send us as words and as a button's token; the same for every channel."""

from __future__ import annotations

import json
import re
from typing import Any

TOKEN_BYTES = 64
# Control characters (PostgreSQL refuses NUL), halves of surrogate pairs (no UTF-8 has them), and marks that turn
# the reading direction, with which a resident's words could pose as the desk's.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A longer number is no id of ours, and no database would take it for one. A blank may stand in a vaccine's name.
_TOKEN = re.compile(r"(?!.*\d{19})(?:[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]| (?! ))+")


def clean(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_token(text: str) -> bool:
    """Whether it can be a button's token; whose, and what it may do, is asked at every press."""
    return len(text.encode(errors="replace")) <= TOKEN_BYTES and bool(_TOKEN.fullmatch(text))


def scrubbed(raw: dict[str, Any]) -> Any:
    """Without halves of surrogate pairs: JSON may hold them, no database takes them."""
    return json.loads(json.dumps(raw, ensure_ascii=False).encode(errors="replace"))
