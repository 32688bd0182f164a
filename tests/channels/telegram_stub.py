"""Telegram without a network: what is asked is kept, what is answered is given; and updates as Telegram sends them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.channels import Outgoing
from bot.channels.telegram import Telegram
from bot.channels.telegram_api import Api
from bot.files import Files
from bot.settings import Settings, load
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import FRIDAY, KEY

TOKEN = "666000666:AAE-this_is_no_real_token_0123456789"
SECRET = "a-secret-of-this-test"
HOME = {"id": 777, "type": "private", "first_name": "An"}
AN = {"id": 777, "is_bot": False, "first_name": "An", "language_code": "vi"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Trạm Y tế", "is_forum": True}

Answer = tuple[int, Any]


def ok(result: Any = True) -> Answer:
    return 200, {"ok": True, "result": result}


def no(code: int, description: str, **parameters: Any) -> Answer:
    more = {"parameters": parameters} if parameters else {}
    return code, {"ok": False, "error_code": code, "description": description, **more}


@dataclass
class Wire(BaseRequest):
    """answers: per method, what comes next (an error is raised); the last one stays. Without any: message 45."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    read_timeout = 5.0

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    async def do_request(  # type: ignore[override]
        self, url: str, method: str, request_data: RequestData | None = None, **_timeouts: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1] if method == "POST" else "download"
        params: dict[str, Any] = {}
        if request_data:
            params = {k: _value(v) for k, v in request_data.json_parameters.items()}
            params |= {k: (n, content) for k, (n, content, _mime) in request_data.multipart_data.items()}
        self.calls.append((name, params or ({"url": url} if name == "download" else {})))
        given = self.answers.get(name) or [ok({"message_id": 45})]
        answer = given.pop(0) if len(given) > 1 else given[0]
        if isinstance(answer, BaseException):
            raise answer
        code, body = answer
        return code, body if isinstance(body, bytes) else json.dumps(body).encode()

    def of(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == method]

    @property
    def methods(self) -> list[str]:
        return [name for name, _params in self.calls]


def _value(text: str) -> Any:
    """As the Bot API reads a form: objects are JSON, and words that look like a number stay words only in text."""
    try:
        return json.loads(text) if text[:1] in "{[" or text in ("true", "false") else text
    except ValueError:
        return text


def settings(**more: Any) -> Settings:
    return load(_env_file=None, data_key=KEY, telegram_token=TOKEN, **more)


@dataclass
class Desk:
    telegram: Telegram
    wire: Wire
    db: Database
    clock: SetClock
    files: Files
    pauses: list[float]
    rung: list[None]

    @property
    def api(self) -> Api:
        return self.telegram._api


class Enough(Exception):
    """Ends a loop that would go on for ever, after so many pauses."""


def desk(path: Path, wire: Wire | None = None, pauses: int = 99, **more: Any) -> Desk:
    wire, clock = wire or Wire(), SetClock(FRIDAY)
    db, files = Database(f"sqlite:///{path}", Vault(KEY)), Files(path.parent / "files", Vault(KEY))
    paused: list[float] = []
    rung: list[None] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) >= pauses:
            raise Enough

    made = Telegram(db, clock, settings(**more), files, lambda: rung.append(None), wire, pause)
    return Desk(made, wire, db, clock, files, paused, rung)


def out(chat: str = "777", ref: str | None = None, **body: Any) -> Outgoing:
    given = {"kind": "text", "text": "", "choices": [], "media": [], "sensitive": False, "lang": "vi"}
    return Outgoing(9, chat, given | body, 3 if ref else None, FRIDAY, ref)


def choice(label: str, token: str = "menu", style: str = "plain", **more: Any) -> dict[str, Any]:
    return {"label": label, "token": token, "style": style, **more}


def update(number: int = 731, **what: Any) -> dict[str, Any]:
    return {"update_id": number, **what}


def message(chat: dict[str, Any] = HOME, sender: dict[str, Any] | None = AN, **what: Any) -> dict[str, Any]:
    said = {"message_id": 46, "chat": chat, "date": 1795170011, **what}
    return said | ({"from": sender} if sender else {})


def raw(one: dict[str, Any], name: str | None = "TiemChungBot") -> dict[str, Any]:
    return {"bot": "666000666", "name": name, "update": one}
