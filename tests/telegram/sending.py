"""Messages: sent, and edited where Telegram lets a bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram import limits
from tests.telegram.chats import Chat, Message, Upload
from tests.telegram.markup import Entity, parsed
from tests.telegram.refusal import bad
from tests.telegram.schema import units

if TYPE_CHECKING:
    from tests.telegram.api import FakeTelegram

TEXT, CAPTION = 4096, 1024
PHOTO, FILE = 10_000_000, 50_000_000
Given = dict[str, Any]


def text(fake: FakeTelegram, given: Given) -> Message:
    words, entities = _words(given)
    return _send(fake, given, words, entities, {})


def photo(fake: FakeTelegram, given: Given) -> Message:
    file_id, size = _file(fake, given["photo"], PHOTO)
    return _captioned(fake, given, {"photo": [_described(file_id, size) | {"width": 90, "height": 67}]})


def document(fake: FakeTelegram, given: Given) -> Message:
    file_id, size = _file(fake, given["document"], FILE)
    name = given["document"].filename if isinstance(given["document"], Upload) else None
    return _captioned(
        fake, given, {"document": _described(file_id, size) | ({"file_name": name} if name else {})}
    )


def voice(fake: FakeTelegram, given: Given) -> Message:
    file_id, size = _file(fake, given["voice"], FILE)
    return _captioned(
        fake, given, {"voice": _described(file_id, size) | {"duration": given.get("duration", 1)}}
    )


def edit_text(fake: FakeTelegram, given: Given) -> Message:
    message = _editable(fake, given)
    if message.media:
        raise bad("there is no text in the message to edit")
    return _edit(message, given, *_words(given))


def edit_caption(fake: FakeTelegram, given: Given) -> Message:
    message = _editable(fake, given)
    if not message.media:
        raise bad("there is no caption in the message to edit")
    return _edit(message, given, *_words(given, "caption"))


def edit_markup(fake: FakeTelegram, given: Given) -> Message:
    message = _editable(fake, given)
    return _edit(message, given, message.text, message.entities)


def _words(given: Given, name: str = "text") -> tuple[str, list[Entity]]:
    words, entities = parsed(given.get(name, ""), given.get("parse_mode"))
    if name == "text" and not words:
        raise bad("message text is empty")
    if units(words) > (TEXT if name == "text" else CAPTION):
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return words, entities


def _captioned(fake: FakeTelegram, given: Given, media: Given) -> Message:
    return _send(fake, given, *_words(given, "caption"), media)


def _send(fake: FakeTelegram, given: Given, words: str, entities: list[Entity], media: Given) -> Message:
    from tests.telegram.api import BOT

    chat = fake.open_chat(given["chat_id"])
    limits.keyboard(given.get("reply_markup"), chat.private)
    return chat.shows(
        Message(
            next(chat.ids),
            chat,
            BOT,
            fake.clock(),
            words,
            entities,
            given.get("reply_markup"),
            _thread(chat, given),
            media,
            _reply(chat, given),
            given.get("disable_notification", False),
            given.get("protect_content", False),
        )
    )


def _thread(chat: Chat, given: Given) -> int | None:
    """The topic «General» is the chat itself: its number 1 is refused like any that is not there."""
    thread: int | None = given.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad("message thread not found")
    return thread


def _reply(chat: Chat, given: Given) -> int | None:
    wanted = given.get("reply_parameters") or {}
    if "message_id" in wanted and wanted["message_id"] not in chat.messages:
        if not wanted.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return None
    found: int | None = wanted.get("message_id")
    return found


def _editable(fake: FakeTelegram, given: Given) -> Message:
    """The bot's own, and without a keyboard below the box to write in."""
    if "chat_id" not in given or "message_id" not in given:
        raise bad("message identifier is not specified")
    chat = fake.open_chat(given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if not message.ours or (message.markup and "inline_keyboard" not in message.markup):
        raise bad("message can't be edited")
    return message


def _edit(message: Message, given: Given, words: str, entities: list[Entity]) -> Message:
    markup = given.get("reply_markup") or None
    limits.keyboard(markup, message.chat.private)
    if (words, entities, markup) == (message.text, message.entities, message.markup):
        raise bad("message is not modified: specified new message content and reply markup are exactly the same"
                  " as a current content and reply markup of the message")  # fmt: skip
    message.text, message.entities, message.markup = words, entities, markup
    return message


def _file(fake: FakeTelegram, given: str | Upload, most: int) -> tuple[str, int]:
    if isinstance(given, str):
        if given not in fake.files:
            raise bad("wrong file identifier/HTTP URL specified")
        return given, len(fake.files[given])
    if not given.content:
        raise bad("file must be non-empty")
    if len(given.content) > most:
        raise bad("file is too big")
    return fake.keep(given.content), len(given.content)


def _described(file_id: str, size: int) -> Given:
    return {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": size}
