"""FakeTelegram: the Bot API in memory. call() is one request; people.py writes to it as people do."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.telegram import groups, methods, people
from tests.telegram.chats import Chat, Chats, Message
from tests.telegram.rates import Rates
from tests.telegram.refusal import Refusal, bad, forbidden
from tests.telegram.schema import METHODS, checked
from tests.telegram.updates import Updates

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT = {"id": 110201543, "is_bot": True, "first_name": "Tiêm chủng", "username": "TiemChungBot"}


@dataclass(frozen=True)
class Call:
    """One request as it came, and what became of it. message: as it stood afterwards."""

    at: datetime
    method: str
    given: dict[str, Any]
    answer: dict[str, Any]
    chat: int | None = None
    message: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        return bool(self.answer["ok"])


class FakeTelegram:
    """rates: None where time stands still and nobody waits."""

    def __init__(self, clock: Callable[[], datetime], rates: Rates | None = None) -> None:
        self.clock, self.rates = clock, rates
        self.chats: Chats = Chats()
        self.updates: Updates = Updates(clock)
        self.people: dict[str, people.Person] = {}
        self.files: dict[str, bytes] = {}  # file_id -> content
        self.presses: dict[str, people.Press] = {}
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.log: list[Call] = []
        self._people, self._files = itertools.count(700001), itertools.count(1)

    def person(self, name: str) -> people.Person:
        """Somebody with Telegram; the same one for the same name."""
        if name not in self.people:
            self.people[name] = people.Person(self, name, next(self._people))
        return self.people[name]

    def group(self, title: str, **more: Any) -> groups.Group:
        return groups.Group(self, self.chats.group(title, **more))

    def keep(self, content: bytes) -> str:
        """Takes a file in; its file_id."""
        file_id = f"AgACAgUAAxkBAAI{next(self._files):05}"
        self.files[file_id] = content
        return file_id

    def call(self, token: str, method: str, given: dict[str, Any]) -> dict[str, Any]:
        """The answer's JSON; everything is noted, except questions for updates that brought none."""
        try:
            if token != TOKEN:
                raise Refusal(401, "Unauthorized")
            if method not in METHODS or method not in methods.ALL:
                raise Refusal(404, "Not Found")
            result = methods.ALL[method](self, checked(method, given))
            answer = {"ok": True, "result": result.json() if isinstance(result, Message) else result}
        except Refusal as refusal:
            result, answer = None, refusal.body()
        if method == "getUpdates" and answer["ok"] and not result:
            return answer
        shown = result if isinstance(result, Message) else None
        seen = people.seen(shown) if shown else None
        chat = given.get("chat_id")
        self.log.append(Call(self.clock(), method, given, answer, int(chat) if chat else None, seen))
        return answer

    def refused(self) -> list[Call]:
        return [call for call in self.log if not call.ok]

    def said(self, *methods_: str) -> list[Call]:
        """What was accepted, of these methods or of all."""
        return [call for call in self.log if call.ok and (not methods_ or call.method in methods_)]

    def open_chat(self, chat_id: int | str, *, counted: bool = True) -> Chat:
        """The chat that the bot may speak in, or the reason why not."""
        chat = self.chats.all.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        if chat.upgraded_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to)
        if chat.refusal:
            raise forbidden(chat.refusal)
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if counted and self.rates:
            self.rates.spend(chat.id, self.clock())
        return chat
