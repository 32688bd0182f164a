"""What stands where: chats, their messages, topics and keyboards, as people see them now."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.telegram.markup import Entity, starred


@dataclass(frozen=True)
class Upload:
    """A file on its way to Telegram."""

    filename: str
    content: bytes


@dataclass
class Message:
    id: int
    chat: Chat
    sender: dict[str, Any]
    date: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    markup: dict[str, Any] | None = None  # what was sent as reply_markup
    thread: int | None = None
    media: dict[str, Any] = field(default_factory=dict)  # {"photo": […]}, and whatever else a message may be
    reply_to: int | None = None
    silent: bool = False
    protected: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def ours(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Of the inline keyboard."""
        return [button for row in (self.markup or {}).get("inline_keyboard", ()) for button in row]

    @property
    def starred(self) -> str:
        return starred(self.text, self.entities)

    def json(self) -> dict[str, Any]:
        """As the Bot API writes it."""
        made: dict[str, Any] = {"message_id": self.id, "from": self.sender, "chat": self.chat.json()}
        made["date"] = int(self.date.timestamp())
        if self.thread:
            made |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.text:
            name = "caption" if self.media else "text"
            made |= {name: self.text}
            if self.entities:
                made[f"{name}_entities" if self.media else "entities"] = self.entities
        if self.markup and "inline_keyboard" in self.markup:
            made["reply_markup"] = self.markup
        if self.reply_to in self.chat.messages:
            made["reply_to_message"] = self.chat.messages[self.reply_to].json()
            made["reply_to_message"].pop("reply_to_message", None)
        return made | self.media | self.more


@dataclass
class Chat:
    """id: a person's own (positive), a group's (negative), a supergroup's (-100…)."""

    id: int
    kind: str
    title: str
    ids: Iterator[int]
    forum: bool = False
    username: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)  # below the box to write in
    keyboard_of: int = 0  # the message that it came with
    pinned: list[int] = field(default_factory=list)
    members: set[int] = field(default_factory=set)
    rights: set[str] = field(default_factory=set)  # the bot's, where it is an administrator
    started: bool = True  # somebody wrote here, so that the bot may
    refusal: str | None = None  # why the bot may not any more: blocked, kicked
    upgraded_to: int | None = None

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def json(self) -> dict[str, Any]:
        named = {"first_name": self.title} if self.private else {"title": self.title}
        return {"id": self.id, "type": self.kind} | named | ({"is_forum": True} if self.forum else {})

    def shows(self, message: Message) -> Message:
        """Puts the message into the chat; a keyboard that came with it stays below the box until another comes."""
        self.messages[message.id] = message
        markup = message.markup or {}
        if "keyboard" in markup:
            self.keyboard, self.keyboard_of = markup["keyboard"], message.id
        if "remove_keyboard" in markup:
            self.keyboard = []
        return message

    def newest(self) -> list[Message]:
        """What the bot has said and still stands here, the newest first."""
        return [one for one in reversed(self.messages.values()) if one.ours]


class Chats:
    """Private chats share one row of message ids; a supergroup has its own, as at Telegram."""

    def __init__(self) -> None:
        self.all: dict[int, Chat] = {}
        self._ids = itertools.count(101)
        self._groups = itertools.count(1)

    def private(self, id_: int, title: str) -> Chat:
        return self.all.setdefault(id_, Chat(id_, "private", title, self._ids, started=False))

    def group(self, title: str, *, supergroup: bool = True, forum: bool = False) -> Chat:
        n = next(self._groups)
        id_ = -1001234567000 - n if supergroup else -55000 - n
        ids = itertools.count(1) if supergroup else self._ids
        made = Chat(id_, "supergroup" if supergroup else "group", title, ids, forum=forum)
        return self.all.setdefault(id_, made)
