"""What an update of the Zalo Bot Platform means: whose it is, what it says, and which numbered choice it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bot.channels.cleaning import clean, is_token
from handlers.incoming import Incoming, Media
from handlers.rules import numbers
from handlers.rules.names import fold

Json = dict[str, Any]

LONGEST_ID = 80
# The notes on Zalo's pages say `photo`, what is used says `photo_url`; of voice only what is used is known.
FILES = {
    "message.image.received": ("photo", ("photo_url", "photo")),
    "message.voice.received": ("voice", ("voice_url",)),
}
UNSPOKEN = ("media", "delete", "toast", "topic")  # kinds of outbox rows that ask nothing


def unwrapped(raw: object) -> Json | None:
    """The update, in its envelope or without; None where it is no message of one person to the bot."""
    update = raw.get("result", raw) if isinstance(raw, dict) else None
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict) or not isinstance(update, dict):
        return None
    chat, sender = message.get("chat"), message.get("from")
    if not isinstance(chat, dict) or not isinstance(sender, dict) or sender.get("is_bot"):
        return None
    ids = (chat.get("id"), sender.get("id"), message.get("message_id"))
    known = all(isinstance(one, str) and 0 < len(one) <= LONGEST_ID for one in ids)
    return update if known and chat.get("chat_type") == "PRIVATE" else None


def chat_of(update: Json) -> str:
    return str(update["message"]["chat"]["id"])


def event_id(update: Json) -> str:
    return str(update["message"]["message_id"])


def words_of(update: Json) -> str:
    said = update["message"].get("text") if update.get("event_name") == "message.text.received" else None
    return clean(said) if isinstance(said, str) else ""


def parse(raw: Json) -> Incoming:
    """raw: {"update": as Zalo sent it, "press": what chosen() found}."""
    update, press = raw["update"], raw.get("press")
    message, event = update["message"], str(update.get("event_name"))
    who: Json = {
        "channel": "zalo_bot",
        "event_id": event_id(update),
        "chat": chat_of(update),
        "user": message["from"]["id"],
        "can": frozenset({"photo"}),
    }
    if press:
        return Incoming(kind="choice", choice=press["token"], message=press["row"], **who)
    kind, names = FILES.get(event, (None, ()))
    url = next((message[name] for name in names if isinstance(message.get(name), str)), None)
    if kind and url:
        caption = message.get("caption")
        text = clean(caption) if isinstance(caption, str) else ""
        return Incoming(kind="media", text=text, media=(Media(url, kind),), **who)  # type: ignore[arg-type]
    if words_of(update):
        return Incoming(kind="text", text=words_of(update), **who)
    return Incoming(kind="unsupported", **who)


def chosen(text: str, shown: Sequence[Row[Any]]) -> Json | None:
    """The choice that was typed, by its number or its words, among those of the message that the person saw last.
    shown: what was delivered to the chat, the newest first."""
    last = next((row for row in shown if row.body["kind"] not in UNSPOKEN), None)
    if last is None:
        return None
    said, wanted = fold(text), numbers.of_choice(text)
    row = last.id if last.replaces is None or last.body.get("place") == "end" else last.replaces
    for number, choice in enumerate(last.body["choices"], 1):
        named = number == wanted or (said and said == fold(choice["label"]))
        if named and not choice.get("url") and is_token(choice["token"]):
            return {"token": choice["token"], "row": row}
    return None
