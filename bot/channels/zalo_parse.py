"""What an event of a Zalo Official Account means: raw JSON in, Incoming out; nothing else."""

from __future__ import annotations

import mimetypes
import re
from typing import Literal

from bot.channels.cleaning import clean, is_token
from bot.channels.zalo_event import Json, event_id, user_of
from handlers.incoming import Incoming, Media

CAN = frozenset(("photo", "window"))
PRESSED = re.compile(r"#48:([0-9]{1,18}):(.+)", re.DOTALL)  # zalo_buttons.py writes it
KINDS: dict[str, Literal["photo", "file", "voice"]] = {"image": "photo", "file": "file", "audio": "voice"}
CHECKED = "#md5="  # after the address of a file; no server is told


def parse(raw: Json) -> Incoming:
    """raw: the event as Zalo sent it."""
    who: Json = {"channel": "zalo", "event_id": event_id(raw), "can": CAN}
    who["chat"] = who["user"] = _known(user_of(raw))
    name = raw["event_name"]
    if name in ("follow", "unfollow"):
        return Incoming(kind="follow" if name == "follow" else "leave", **who)
    if name == "user_submit_info":
        return _submitted(raw.get("info"), who)
    given = raw.get("message")
    message: Json = given if isinstance(given, dict) else {}
    text = clean(str(message.get("text") or ""))
    if name == "user_send_text":
        return _words(text, who)
    attached = message.get("attachments")
    media = tuple(one for one in map(_media, attached if isinstance(attached, list) else ()) if one)
    if media:
        return Incoming(kind="media", text=text, media=media, **who)
    return Incoming(kind="unsupported", text=text, **who)


def _known(user: str | None) -> str:
    if user is None:
        raise ValueError("nobody did this")
    return user


def _words(text: str, who: Json) -> Incoming:
    """A press comes back as words that equal the button's payload; anybody can type them too."""
    pressed = PRESSED.fullmatch(text.strip())
    if pressed is None:
        return Incoming(kind="text", text=text, **who)
    row, token = int(pressed[1]), pressed[2]
    return Incoming(kind="choice", choice=token if is_token(token) else "?", message=row, **who)


def _submitted(info: object, who: Json) -> Incoming:
    """A form of Zalo's. The phone in it is what somebody claims, and proves nothing: as if it were typed."""
    phone = info.get("phone") if isinstance(info, dict) else None
    text = clean(str(phone or "")).strip()
    return Incoming(kind="text" if text else "unsupported", text=text, **who)


def _media(attachment: object) -> Media | None:
    """None for what is no file of its own: a sticker, a place, a link, a card, a film."""
    if not isinstance(attachment, dict):
        return None
    kind, payload = KINDS.get(str(attachment.get("type"))), attachment.get("payload")
    url = payload.get("url") if isinstance(payload, dict) else None
    if kind is None or not isinstance(payload, dict) or not isinstance(url, str) or not url:
        return None
    return Media(
        _ref(url, payload.get("checksum")), kind, _mime(payload.get("type")), _size(payload.get("size"))
    )


def _ref(url: str, checksum: object) -> str:
    """The address, and what the file's MD5 is to be where Zalo says so."""
    address = url.partition("#")[0]
    told = checksum if isinstance(checksum, str) and re.fullmatch(r"[0-9A-Fa-f]{32}", checksum) else None
    return f"{address}{CHECKED}{told.lower()}" if told else address


def _size(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _mime(ending: object) -> str | None:
    return mimetypes.guess_type(f"x.{ending}")[0] if isinstance(ending, str) else None
