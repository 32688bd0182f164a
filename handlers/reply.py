"""Reply and Button: what a handler says, before any channel or language is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from locales import Text


@dataclass(frozen=True)
class Button:
    """token: opaque, at most 64 bytes; it proves nothing, every press is checked anew."""

    label: Text
    token: str
    style: Literal["plain", "primary", "danger"] = "plain"
    url: str | None = None  # an address to open instead; such a button comes back to nobody


@dataclass(frozen=True)
class News:
    """What a message about a report says, short enough for a template or an SMS, and with nothing of the person in it.

    what: asked · answered · approved · rejected · confirmed …, as the history names it; state: one short sentence.
    """

    what: str
    code: str
    unit: Text
    state: Text


@dataclass(frozen=True)
class Reply:
    """media: renders made in a process of their own at delivery, as {"render": "board_chart", …}, or kept evidence,
    as {"file": name, "kind": "photo", "mime": "image/jpeg"}; each becomes a message of its own before the words.

    flow: a question of a form, which is one changing message where the channel can do that.
    request: what the person may send at one tap instead of typing, where the channel can ask for it.
    home: the menu of the person's own, which some channels keep below the box to write in.
    commands: what this person can type, where a channel offers that; empty: as everybody.
    """

    text: Text
    buttons: tuple[Button, ...] = ()
    kind: Literal["text", "card", "ask"] = "text"
    media: tuple[dict[str, Any], ...] = ()
    sensitive: bool = False
    rank: Literal["code", "reply", "alert", "card"] = "reply"
    edit: bool = False  # in place of the message whose button was pressed, where the channel can
    flow: bool = False
    request: Literal["phone"] | None = None
    home: bool = False
    commands: tuple[str, ...] | None = None
    silent: bool = False  # arrives without a sound
    news: News | None = None
