"""What a photo would be now: an ID card to read and forget, or evidence to keep."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from handlers.turn import Incoming


def meant(tx: Connection, incoming: Incoming) -> Literal["card", "evidence"]:
    """Asked before the turn, so that bot/ can prepare the file; the turn itself decides anew."""
    return "evidence"
