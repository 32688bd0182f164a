"""Choices on Zalo: up to five buttons, more as a list in the text, whose numbers or words are typed."""

from __future__ import annotations

from typing import Any

from bot.channels.words import shortened
from handlers.turn import FEW
from locales import _, say

Json = dict[str, Any]

MARK = "#48:"  # how our presses, which come back as text, are told from what people write
TITLE = 100  # units of a button's title
# Zalo's own examples of buttons without a list have none, and whether one is wanted is not established. If Zalo
# asks for one, this is the one place; "" leaves it out.
TEMPLATE_TYPE = ""


def payload(row: int, token: str) -> str:
    return f"{MARK}{row}:{token}"


def buttons(choices: list[Json], row: int) -> Json | None:
    """The attachment that shows them; None where there are none. row: whose button a press is."""
    if not choices:
        return None
    kind = {"template_type": TEMPLATE_TYPE} if TEMPLATE_TYPE else {}
    return {"type": "template", "payload": kind | {"buttons": [_button(one, row) for one in choices]}}


def _button(choice: Json, row: int) -> Json:
    title = shortened(choice["label"], TITLE)
    if choice.get("url"):
        return {"title": title, "type": "oa.open.url", "payload": {"url": choice["url"]}}
    return {"title": title, "type": "oa.query.hide", "payload": payload(row, choice["token"])}


def listed(text: str, choices: list[Json], lang: str, *, numbers: bool = True) -> str:
    """The text with all choices below it, in the order in which typed numbers are understood (handlers/typed.py).
    numbers: whether they are understood here; otherwise the words are. A choice that the text itself lists under the
    same number is not said twice."""
    if not choices:
        return text
    rows = [_row(number if numbers else None, one) for number, one in enumerate(choices, 1)]
    known = text.split("\n")
    rows = [row for row in rows if not _stands(row, known)]
    return "\n\n".join(filter(None, (text, "\n".join(rows), _how(choices, lang, numbers))))


def numbered(body: Json) -> bool:
    """Whether turn.say() lets the numbers of these choices be typed."""
    return body["kind"] != "text" or len(body["choices"]) > FEW


def _row(number: int | None, choice: Json) -> str:
    label = f"{choice['label']}: {choice['url']}" if choice.get("url") else choice["label"]
    if number is None:
        return f"• {label}"
    return label if label.startswith(f"{number}. ") else f"{number}. {label}"


def _stands(row: str, lines: list[str]) -> bool:
    if row.endswith("…"):
        return any(line.startswith(row[:-1]) for line in lines)
    return row in lines


def _how(choices: list[Json], lang: str, numbers: bool) -> str:
    """What to type; nothing where there are only addresses, which come back to nobody."""
    typed = [number for number, one in enumerate(choices, 1) if not one.get("url")]
    if not typed:
        return ""
    if not numbers:
        return say(_("Please type the words of your choice."), lang)
    return say(_("Please type the number of your choice, for example: {n}", n=typed[:2][-1]), lang)
