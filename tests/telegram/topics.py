"""Topics of a forum, and pinned messages: both need a right of the bot's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram.chats import Chat, Message
from tests.telegram.refusal import bad

if TYPE_CHECKING:
    from tests.telegram.api import FakeTelegram

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
Given = dict[str, Any]


def pin(fake: FakeTelegram, given: Given) -> bool:
    chat, message = _pinnable(fake, given)
    chat.pinned = [*(one for one in chat.pinned if one != message.id), message.id]
    return True


def unpin(fake: FakeTelegram, given: Given) -> bool:
    chat, message = _pinnable(fake, given)
    chat.pinned = [one for one in chat.pinned if one != message.id]
    return True


def _pinnable(fake: FakeTelegram, given: Given) -> tuple[Chat, Message]:
    chat = fake.open_chat(given["chat_id"], counted=False)
    if not chat.private and "can_pin_messages" not in chat.rights:
        raise bad("not enough rights to manage pinned messages in the chat")
    if given["message_id"] not in chat.messages:
        raise bad("message to pin not found")
    return chat, chat.messages[given["message_id"]]


def new_topic(fake: FakeTelegram, given: Given) -> Given:
    chat = _forum(fake, given)
    if given.get("icon_color", COLOURS[0]) not in COLOURS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    thread = next(chat.ids)
    chat.topics[thread] = given["name"]
    return {
        "message_thread_id": thread,
        "name": given["name"],
        "icon_color": given.get("icon_color", COLOURS[0]),
    }


def edit_topic(fake: FakeTelegram, given: Given) -> bool:
    _topic(fake, given).topics[given["message_thread_id"]] = given.get("name", "")
    return True


def delete_topic(fake: FakeTelegram, given: Given) -> bool:
    del _topic(fake, given).topics[given["message_thread_id"]]
    return True


def _topic(fake: FakeTelegram, given: Given) -> Chat:
    chat = _forum(fake, given)
    if given["message_thread_id"] not in chat.topics:
        raise bad("message thread not found")
    return chat


def _forum(fake: FakeTelegram, given: Given) -> Chat:
    chat = fake.open_chat(given["chat_id"], counted=False)
    if not chat.forum:
        raise bad("the chat is not a forum")
    if "can_manage_topics" not in chat.rights:
        raise bad("not enough rights to create a topic")
    return chat
