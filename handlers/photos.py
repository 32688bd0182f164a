"""What a photo would be now: an ID card to read and forget, or evidence to keep."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from handlers import forms, from_card
from handlers.turn import Incoming
from storage import talks


def meant(tx: Connection, incoming: Incoming) -> Literal["card", "evidence"]:
    """Asked before the turn, so that bot/ can prepare the file; the turn itself decides anew."""
    talk = talks.find(tx, incoming.channel, incoming.chat) if incoming.private else None
    if talk is None or "form" not in talk.state or "expects" in talk.state:
        return "evidence"
    if not any(one.kind == "photo" or (one.mime or "").startswith("image/") for one in incoming.media):
        return "evidence"
    form, answers = forms.of(talk.state["form"]), talk.state["answers"]
    return "card" if from_card.helps(form, forms.current(form, answers), answers) else "evidence"
