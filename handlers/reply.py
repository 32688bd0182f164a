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


@dataclass(frozen=True)
class Reply:
    """media: renders made in a process of their own at delivery, as {"render": "board_chart", …}."""

    text: Text
    buttons: tuple[Button, ...] = ()
    kind: Literal["text", "card", "ask"] = "text"
    media: tuple[dict[str, Any], ...] = ()
    sensitive: bool = False
    rank: Literal["code", "reply", "alert", "card"] = "reply"
    edit: bool = False  # in place of the message whose button was pressed, where the channel can
