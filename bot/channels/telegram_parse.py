"""What an update of Telegram means: raw JSON in, Incoming out; nothing else."""

from __future__ import annotations

import re

from bot.channels.cleaning import clean, is_token
from bot.channels.telegram_update import Json, album_of, answered
from handlers.incoming import Incoming, Media

ANONYMOUS = 1087968824  # GroupAnonymousBot: an administrator who hides
OURS = ("vi", "en")  # languages of a phone on which the chat begins in Vietnamese
IN, OUT = ("member", "administrator", "creator"), ("left", "kicked")
COMMAND = re.compile(r"/\w+@(\w+)")


def parse(raw: Json) -> Incoming:
    """raw: {"bot": the bot's id, "name": its user name where known, "update": as Telegram sent it}."""
    update: Json = raw["update"]
    event = f"{raw['bot']}:{update['update_id']}"
    if "callback_query" in update:
        return _press(event, update["callback_query"])
    if "my_chat_member" in update:
        return _membership(event, update["my_chat_member"])
    if "edited_message" in update:
        message = update["edited_message"]
        return Incoming(kind="edited", **_who(event, message, message.get("from")))
    return _message(event, update["message"], raw.get("name"))


def _who(event: str, message: Json, sender: Json | None) -> Json:
    """sender: None for a post in the name of a channel or a group."""
    chat = message["chat"]
    private = chat["type"] == "private"
    user = sender or chat
    code = str(user.get("language_code") or "vi").partition("-")[0].lower()
    return {
        "channel": "telegram",
        "event_id": event,
        "chat": str(chat["id"]),
        "user": str(user["id"]),
        "private": private,
        # A phone set to English is common in Vietnam; other languages are those of foreigners.
        "lang": "en" if private and code not in OURS else None,
        "thread": str(int(message["message_thread_id"])) if message.get("is_topic_message") else None,
        "forum": bool(chat.get("is_forum")),
        "can": frozenset(("phone", "photo")) if private else frozenset(),
    }


def _press(event: str, query: Json) -> Incoming:
    """The message may be too old for Telegram to show it to us; its id is there all the same. The data may be forged."""
    message, data = query["message"], query.get("data")
    return Incoming(
        kind="choice",
        choice=data if isinstance(data, str) and is_token(data) else "?",
        press=str(query["id"]),
        message_ref=str(message["message_id"]),
        **_who(event, message, query["from"]),
    )


def _membership(event: str, changed: Json) -> Incoming:
    """Blocked or begun by a person; added to a group or removed from it. Other rights mean nothing here."""
    before, after = _inside(changed["old_chat_member"]), _inside(changed["new_chat_member"])
    private = changed["chat"]["type"] == "private"
    kind = "leave" if not after else "join" if private or not before else "unsupported"
    return Incoming(kind=kind, **_who(event, changed, changed["from"]))


def _inside(member: Json) -> bool:
    return bool(member.get("is_member")) if member["status"] == "restricted" else member["status"] in IN


def _message(event: str, message: Json, our_name: str | None) -> Incoming:
    who = _who(event, message, message.get("from"))
    who["ref"] = str(message["message_id"])
    if "migrate_to_chat_id" in message:
        return Incoming(kind="migrated", text=str(message["migrate_to_chat_id"]), **who)
    sender = message.get("from") or {}
    who["anonymous"] = sender.get("id") == ANONYMOUS or "sender_chat" in message or not sender
    who["reply_ref"] = _reply(message)
    if "text" in message:
        return _words(clean(message["text"]), who, our_name)
    if "contact" in message and who["private"]:
        contact = message["contact"]
        return Incoming(
            kind="contact", phone=clean(str(contact["phone_number"])), own_phone=_own(message), **who
        )
    media, caption = _media(message), clean(message.get("caption") or "")
    if media and who["private"]:
        return Incoming(
            kind="media", text=caption, media=(media,), album=album_of({"message": message}), **who
        )
    return Incoming(kind="unsupported", text=caption, **who)


def _words(text: str, who: Json, our_name: str | None) -> Incoming:
    """A command with another bot's name is not for us."""
    named = COMMAND.match(text)
    if named and our_name and named[1].lower() != our_name.lower():
        return Incoming(kind="unsupported", **who)
    return Incoming(kind="text", text=text, **who)


def _reply(message: Json) -> str | None:
    replied = answered(message)
    return str(replied["message_id"]) if replied else None


def _own(message: Json) -> bool:
    """Telegram vouches for the number only where the sender shared their own with the button made for it."""
    user = message["contact"].get("user_id")
    untouched = "forward_origin" not in message and "via_bot" not in message
    return user is not None and user == message["from"]["id"] and untouched


def _media(message: Json) -> Media | None:
    if "animation" in message:  # comes with a document, and is none
        return None
    if "photo" in message:
        largest = message["photo"][-1]
        return Media(largest["file_id"], "photo", "image/jpeg", largest.get("file_size"))
    for name, kind in (("document", "file"), ("voice", "voice"), ("audio", "voice")):
        if name in message:
            one = message[name]
            return Media(one["file_id"], kind, one.get("mime_type"), one.get("file_size"))  # type: ignore[arg-type]
    return None
