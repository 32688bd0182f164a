"""The buttons of a message: below it, or below the box to write in."""

from __future__ import annotations

import logging
from typing import Any

from bot.channels.cleaning import TOKEN_BYTES
from bot.channels.telegram_words import only_code
from bot.channels.words import shortened, units
from bot.log import event
from locales import _, say

Json = dict[str, Any]

MOST = 100  # buttons of a message
SHORT = 18  # units of a label that leaves room for another beside it
log = logging.getLogger("bot.telegram")


def keyboard(body: Json, private: bool, outbox: int) -> Json | None:
    """reply_markup; only a private chat has keys below its box, and a use for a copied code."""
    if private and body.get("request") == "phone":
        return _phone(body)
    if private and body.get("home") and body["choices"]:
        keys = [{"text": choice["label"]} for choice in body["choices"]]
        return {"keyboard": _rows(keys), "resize_keyboard": True, "is_persistent": True}
    keys = [key for choice in body["choices"] if (key := _key(choice, outbox))]
    if len(keys) > MOST:
        event(
            log,
            logging.ERROR,
            "too many buttons; the last ones are left out",
            outbox=outbox,
            buttons=len(keys),
        )
    rows = _rows(keys[:MOST])
    code = only_code(body["text"]) if private else None
    if code and len(keys) < MOST:
        rows.append([{"text": say(_("Copy the code"), body.get("lang", "vi")), "copy_text": {"text": code}}])
    return {"inline_keyboard": rows} if rows else None


def below_the_box(keys: Json | None) -> bool:
    """Such a keyboard comes with a new message only."""
    return keys is not None and "keyboard" in keys


def _phone(body: Json) -> Json:
    """Telegram vouches for a number that was shared by this key; the other choices come as words."""
    lang = body.get("lang", "vi")
    share = [{"text": say(_("Share my number"), lang), "request_contact": True}]
    rows = [share, *_rows([{"text": choice["label"]} for choice in body["choices"]])]
    hint = shortened(say(_("Phone number"), lang), 64)
    return {
        "keyboard": rows,
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": hint,
    }


def _key(choice: Json, outbox: int) -> Json | None:
    key: Json = {"text": choice["label"]}
    if choice.get("style") in ("primary", "danger"):
        key["style"] = choice["style"]
    if choice.get("url"):
        return key | {"url": choice["url"]}
    if len(choice["token"].encode()) > TOKEN_BYTES:
        event(log, logging.ERROR, "a button's token is too long; it is left out", outbox=outbox)
        return None
    return key | {"callback_data": choice["token"]}


def _rows(keys: list[Json]) -> list[list[Json]]:
    """Two short ones side by side, a long one by itself."""
    rows: list[list[Json]] = []
    open_ = False
    for key in keys:
        short = units(key["text"]) <= SHORT
        if short and open_:
            rows[-1].append(key)
        else:
            rows.append([key])
        open_ = short and not open_
    return rows
