"""What people send besides words, for conversations on a channel without its adapter."""

from __future__ import annotations

import itertools
from typing import Any

from tests.world import Person

_names = itertools.count(1)


def piece(kind: str = "photo", blurred: bool = False) -> dict[str, Any]:
    mime = {"photo": "image/jpeg", "pdf": "application/pdf", "voice": "audio/ogg"}[kind]
    return {"name": f"piece{next(_names)}", "kind": kind, "mime": mime, "size": 1000, "blurred": blurred}


def sends(person: Person, *kinds: str, blurred: bool = False, caption: str = "", **more: Any) -> str:
    """Photos by default; what the bot has made of them stands in `kept` already."""
    kept = [piece(kind, blurred) for kind in kinds or ("photo",)]
    return person._send(kind="media", text=caption, kept=kept, **more)


def fails(person: Person, *problems: str, **more: Any) -> str:
    return person._send(kind="media", problems=list(problems), **more)


CARD = {"number": "015095001299", "old_number": "060912399", "name": "Giàng A Phềnh", "birth": "1995-03-05",
        "sex": "male", "residence": "Bản Khấu Ly, Bản Công, Trạm Tấu, Yên Bái"}  # fmt: skip


def shows_card(person: Person, **changed: str) -> str:
    return person._send(kind="media", card={**CARD, **changed}, ref="77")


def shares(person: Person, phone: str, *, own: bool = True, **more: Any) -> str:
    return person._send(kind="contact", phone=phone, own_phone=own, **more)
