"""People with Telegram: they write raw updates, exactly as Telegram would, and see what stands in their chats now."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.telegram.chats import Chat, Message
from tests.telegram.groups import bot_changes, hears
from tests.telegram.schema import units

if TYPE_CHECKING:
    from tests.telegram.api import FakeTelegram

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PHOTO_SIZES = ((90, 67), (320, 240), (1280, 960))
_albums = itertools.count(13_000_000_000_000_001)


@dataclass
class Press:
    """A pressed button that spins until it is answered."""

    id: str
    at: datetime
    answered: bool = False
    toast: str = ""
    alert: bool = False


def seen(message: Message) -> dict[str, Any]:
    """A message as a person reads it, in the words of tests/world.py; a file is «(photo)» or «(document)»."""
    below = [button for row in (message.markup or {}).get("keyboard", ()) for button in row]
    return {
        "text": " ".join([*(f"({kind})" for kind in message.media), message.starred]).strip(),
        "choices": [{"label": button["text"], **button} for button in (*message.buttons, *below)],
        "media": message.media,
        "_id": message.id,
        "_at": message.date,
    }


class Person:
    """phone: the number of the person's own Telegram account."""

    def __init__(self, fake: FakeTelegram, name: str, id_: int) -> None:
        self.fake, self.name, self.id, self.phone = fake, name, id_, f"8490{id_:07}"
        self.lang = "vi"
        self.chat = fake.chats.private(id_, name.capitalize())
        self.opened: list[str] = []  # addresses of buttons
        self.copied: list[str] = []

    @property
    def user(self) -> dict[str, Any]:
        named = {"first_name": self.name.capitalize(), "language_code": self.lang}
        return {"id": self.id, "is_bot": False, **named}

    def says(self, text: str, chat: Chat | None = None, **more: Any) -> Message:
        """Writes; like the app, with the commands marked."""
        entities = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": units(text.split()[0])}]
        return self.sends(chat, text=text, entities=entities, **more)

    def sends(
        self,
        chat: Chat | None = None,
        *,
        text: str = "",
        entities: list[dict[str, Any]] | None = None,
        media: dict[str, Any] | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        **more: Any,
    ) -> Message:
        """Puts a message of any kind into a chat, and tells the bot where it may know. anonymous: as an administrator
        who hides behind the group's own name."""
        chat = chat or self.chat
        chat.started = True
        sender = ANONYMOUS if anonymous else self.user
        if anonymous:
            more["sender_chat"] = chat.json()
        message = chat.shows(Message(next(chat.ids), chat, sender, self.fake.clock(), text, entities or [], thread=thread,
                                     media=media or {}, reply_to=reply_to, more=more))  # fmt: skip
        if hears(chat, message):
            self.fake.updates.put("message", message.json())
        return message

    def shares_phone(self) -> Message:
        """Presses the button that asks for the phone: it stands below the box to write in."""
        asks = [button for row in self.chat.keyboard for button in row if button.get("request_contact")]
        assert asks, f"{self.name} is not asked for a phone"
        return self.sends_contact()

    def sends_contact(self, phone: str | None = None, user_id: int | None = 0, **more: Any) -> Message:
        """Own by default. user_id: somebody else's, or None for somebody without Telegram; more: forward_origin, …"""
        whose = {"user_id": user_id or self.id} if user_id is not None else {}
        contact = {"phone_number": phone or self.phone, "first_name": self.name.capitalize(), **whose}
        return self.sends(media={"contact": contact}, **more)

    def forwards_contact(self, phone: str, user_id: int | None) -> Message:
        origin = {"type": "hidden_user", "sender_user_name": "An", "date": int(self.fake.clock().timestamp())}
        return self.sends_contact(phone, user_id, forward_origin=origin)

    def sends_photo(
        self, content: bytes, caption: str = "", chat: Chat | None = None, **more: Any
    ) -> Message:
        """In several sizes, the largest last."""
        sizes = [
            {**self._file(content if last else content[:100]), "width": width, "height": height}
            for (width, height), last in zip(PHOTO_SIZES, (False, False, True), strict=True)
        ]
        return self.sends(chat, text=caption, media={"photo": sizes}, **more)

    def sends_album(self, *contents: bytes, caption: str = "") -> list[Message]:
        """Separate messages that share a media_group_id; the caption stands under the first."""
        album = str(next(_albums))
        captions = (caption, *("" for _ in contents[1:]))
        return [
            self.sends_photo(content, words, media_group_id=album)
            for content, words in zip(contents, captions, strict=True)
        ]

    def sends_document(self, content: bytes, name: str, mime: str, caption: str = "", **more: Any) -> Message:
        document = {**self._file(content), "file_name": name, "mime_type": mime}
        return self.sends(text=caption, media={"document": document}, **more)

    def sends_voice(self, content: bytes) -> Message:
        return self.sends(media={"voice": {**self._file(content), "duration": 3, "mime_type": "audio/ogg"}})

    def sends_sticker(self) -> Message:
        sticker = {**self._file(b"x"), "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}  # fmt: skip
        return self.sends(media={"sticker": sticker})

    def _file(self, content: bytes) -> dict[str, Any]:
        file_id = self.fake.keep(content)
        return {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": len(content)}

    def presses(self, label: str, chat: Chat | None = None) -> Press | Message | None:
        """The newest button that stands in the chat with this label, or one that begins so; else of the keyboard."""
        chat = chat or self.chat
        for exact in (True, False):
            for message, button in self._standing(chat):
                if button["text"] == label or (not exact and button["text"].startswith(label)):
                    return self._pressed(message, button)
        standing = "\n".join(f"{m.starred} {[b['text'] for b in m.buttons]}" for m in chat.newest()[:3])
        raise AssertionError(
            f"{self.name} sees no button «{label}»; there stands:\n{standing}\n{chat.keyboard}"
        )

    def _standing(self, chat: Chat) -> Iterator[tuple[Message, dict[str, Any]]]:
        """Buttons, those of the newest message first; the keyboard below the box counts with the one it came with."""
        for message in chat.newest():
            yield from ((message, button) for button in message.buttons)
            if message.id == chat.keyboard_of:
                yield from ((message, button) for row in chat.keyboard for button in row)

    def _pressed(self, message: Message, button: dict[str, Any]) -> Press | Message | None:
        if button.get("request_contact"):
            return self.sends_contact()
        if not {"url", "copy_text", "callback_data"} & set(button):
            return self.says(button["text"], message.chat)
        if "url" in button:
            self.opened.append(button["url"])
        elif "copy_text" in button:
            self.copied.append(button["copy_text"]["text"])
        else:
            return self.forges(button["callback_data"], message)
        return None

    def forges(self, data: str, message: Message | None = None, *, inaccessible: bool = False) -> Press:
        """Sends callback data that may stand on no button; «inaccessible»: of a message that is too old to be shown."""
        press = Press(f"43{self.id}{len(self.fake.presses):08}", self.fake.clock())
        self.fake.presses[press.id] = press
        chat = message.chat if message else self.chat
        query: dict[str, Any] = {"id": press.id, "from": self.user, "chat_instance": str(-893_200_000_000 - chat.id), "data": data}  # fmt: skip
        if message:
            old = {"chat": chat.json(), "message_id": message.id, "date": 0}
            query["message"] = old if inaccessible else message.json()
        self.fake.updates.put("callback_query", query)
        return press

    def blocks(self) -> None:
        self._changes("member", "kicked")
        self.chat.refusal = "bot was blocked by the user"

    def unblocks(self) -> None:
        self.chat.refusal = None
        self._changes("kicked", "member")

    def _changes(self, was: str, now: str) -> None:
        bot_changes(self.fake, self.chat, self, was, now)
