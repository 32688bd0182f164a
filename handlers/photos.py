"""What a photo would be now: an ID card to read and forget, or evidence to keep."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from handlers import forms, from_card
from handlers.incoming import Incoming
from storage import talks

CARD = "card"  # what the talk remembers of an album that held one


def meant(tx: Connection, incoming: Incoming) -> Literal["card", "evidence"]:
    """Asked before the turn, so that bot/ can prepare the file; the turn itself decides anew."""
    talk = talks.find(tx, incoming.channel, incoming.chat) if incoming.private else None
    if talk is None:
        return "evidence"
    if incoming.album is not None and talk.state.get("album") == [incoming.album, CARD]:
        return "card"  # the other side of a card, come late
    if "form" not in talk.state or "expects" in talk.state:
        return "evidence"
    if not any(one.kind == "photo" or (one.mime or "").startswith("image/") for one in incoming.media):
        return "evidence"
    form, answers = forms.of(talk.state["form"]), talk.state["answers"]
    return "card" if from_card.helps(form, forms.current(form, answers), answers) else "evidence"
