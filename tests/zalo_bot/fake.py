"""The Zalo Bot Platform in memory: the calls it knows, what it refuses, and updates exactly as it would write them.

From notes of its pages, not from the service: 50 people and 3,000 messages a month, words of 1 to 2,000 characters,
nothing to press, `ok` in the body whatever HTTP says.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

TOKEN, SECRET = "1234567890123456:fake-token-of-a-zalo-bot", "only-zalo-knows-this"
URL = "https://bot-api.example"
PEOPLE, MESSAGES = 50, 3000
KEYS = {
    "sendMessage": ({"chat_id", "text"}, {"parse_mode", "text_styles"}),
    "setWebhook": ({"url", "secret_token"}, set()),
}
NUMBERED = re.compile(r"^(\d{1,2})\. +(.+)$", re.MULTILINE)


class No(Exception):
    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.body = {"ok": False, "error_code": code, "description": description}


@dataclass
class Phone:
    """Somebody with Zalo; shown: what the bot said."""

    fake: FakeZaloBot
    name: str
    id: str
    shown: list[str] = field(default_factory=list)

    def sends(self, event: str, **what: Any) -> Json:
        self.fake.heard.add(self.id)
        date = int(self.fake.clock().timestamp() * 1000)
        who = {"id": self.id, "display_name": self.name.capitalize(), "is_bot": False}
        chat = {"id": self.id, "chat_type": "PRIVATE"}
        message = {"from": who, "chat": chat, "message_id": self.fake.new_id(), "date": date, **what}
        update = {"event_name": f"message.{event}.received", "message": message}
        self.fake.updates.append(update)
        return update

    def says(self, text: str) -> Json:
        return self.sends("text", text=text)

    def sends_photo(self, content: bytes, caption: str = "", name: str = "photo_url") -> Json:
        address = f"https://photo.example/{len(self.fake.files)}.jpg"
        self.fake.files[address] = content
        return self.sends("image", **{name: address, "caption": caption})

    def numbers(self) -> dict[str, str]:
        """Of the newest list: its words -> their number."""
        found = next((found for text in reversed(self.shown) if (found := NUMBERED.findall(text))), [])
        return {words: number for number, words in found}


class FakeZaloBot:
    """As a bot.channels.zalo_request.Request: it stands where the network is. answers: of the next calls, instead of
    its own; an exception is raised."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.people: dict[str, Phone] = {}
        self.heard: set[str] = set()  # ids of who ever wrote to the bot
        self.updates: list[Json] = []
        self.files: dict[str, bytes] = {}
        self.webhook: Json = {}
        self.calls: list[tuple[str, Json]] = []
        self.answers: list[Any] = []
        self._refused: list[str] = []
        self._ids, self._sent = itertools.count(1), 0

    def new_id(self) -> str:
        return f"{next(self._ids):020x}"

    def person(self, name: str) -> Phone:
        return self.people.setdefault(name, Phone(self, name, f"6ede9afa66b88fe6{len(self.people):04x}"))

    def refused(self) -> list[str]:
        return self._refused

    async def post(
        self, url: str, headers: dict[str, str], *, json: Any = None, data: Any = None
    ) -> tuple[int, bytes]:
        assert data is None and not headers
        given = self.answers.pop(0) if self.answers else None
        if isinstance(given, Exception):
            raise given
        return given or (200, _json(self._answer(url, json)))

    async def fetch(self, url: str, most: int) -> tuple[int, bytes]:
        content = self.files.get(url)
        return (404, b"") if content is None else (200, content)

    async def close(self) -> None:
        return

    def _answer(self, url: str, body: Json) -> Json:
        try:
            return {"ok": True, "result": self._call(url, body)}
        except No as no:
            self._refused.append(str(no))
            return no.body

    def _call(self, url: str, body: Json) -> Json:
        token, _slash, method = url.removeprefix(f"{URL}/bot").partition("/")
        if token != TOKEN:
            raise No(401, "Unauthorized")
        if method not in KEYS:
            raise No(404, "no such method")
        needed, more = KEYS[method]
        if not needed <= set(body) <= needed | more or not all(isinstance(body[key], str) for key in needed):
            raise No(400, f"{method} takes {sorted(needed)}")
        self.calls.append((method, body))
        return self._send(body) if method == "sendMessage" else self._set_webhook(body)

    def _send(self, body: Json) -> Json:
        phone = next((one for one in self.people.values() if one.id == body["chat_id"]), None)
        if phone is None or len(self.heard | {phone.id}) > PEOPLE:
            raise No(400, "no such chat")
        if not 1 <= len(body["text"].encode("utf-16-le")) // 2 <= 2000:
            raise No(400, "text of 1 to 2000 characters")
        if self._sent >= MESSAGES:
            raise No(429, "quota")
        self._sent += 1
        phone.shown.append(body["text"])
        return {"message_id": self.new_id(), "date": int(self.clock().timestamp() * 1000)}

    def _set_webhook(self, body: Json) -> Json:
        if not body["url"].startswith("https://") or not 8 <= len(body["secret_token"]) <= 256:
            raise No(400, "an https address and a secret of 8 to 256 characters")
        self.webhook = body
        return {"url": body["url"], "updated_at": 1749538250568}


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
