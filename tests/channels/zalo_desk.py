"""Zalo without a network: what is asked is kept, what is answered is given; and events as Zalo sends them."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.channels.zalo import Zalo
from bot.channels.zalo_api import Api
from bot.channels.zalo_renewing import Renewing
from bot.channels.zalo_request import Request
from bot.channels.zalo_tokens import Tokens
from bot.files import Files
from bot.settings import Settings, load
from storage import tokens
from storage.db import Database
from storage.tokens import Token
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import FRIDAY, KEY

APP, SECRET, OA_SECRET, OA, LAN = "360846524940903967", "app-secret-0", "oa-secret-00", "388613280878808645", "246845883529197922"  # fmt: skip
FIRST = "the-first-refresh-token-0"
CALL = "/v3.0/oa/message/cs"


def pair(number: int, seconds: Any = "90000") -> dict[str, Any]:
    return {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}", "expires_in": seconds}


def no(code: Any, message: str = "no") -> dict[str, Any]:
    return {"error": code, "message": message}


@dataclass
class Wire(Request):
    """answers: per path, what comes next (an error is raised, a pair has an HTTP status); without any, all is well."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    slow: asyncio.Event | None = None  # answers wait for it
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    pairs: Any = field(default_factory=lambda: itertools.count(1))

    async def post(
        self, url: str, headers: dict[str, str], *, json: Any = None, data: Any = None
    ) -> tuple[int, bytes]:
        path = "/" + url.split("/", 3)[3]
        self.calls.append((path, headers, data if json is None else json))
        self.asked.set()
        await (self.slow.wait() if self.slow else asyncio.sleep(0))
        given = self.answers.get(path)
        answer: Any = given.pop(0) if given else self._well(path)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return status, body if isinstance(body, bytes) else dumps(body)

    def _well(self, path: str) -> dict[str, Any]:
        if path == "/v4/oa/access_token":
            return pair(next(self.pairs))
        return {"data": {"message_id": "63ecf43f"}, "error": 0, "message": "Success"}

    async def close(self) -> None: ...

    def of(self, path: str) -> list[tuple[dict[str, str], Any]]:
        return [(headers, body) for where, headers, body in self.calls if where == path]

    @property
    def exchanges(self) -> list[str]:
        """The refresh tokens that were spent."""
        return [form["refresh_token"] for _headers, form in self.of("/v4/oa/access_token")]


@dataclass
class Desk:
    zalo: Zalo
    wire: Wire
    db: Database
    clock: SetClock
    rung: list[None]
    pauses: list[float]

    @property
    def tokens(self) -> Tokens:
        return self.zalo._tokens

    @property
    def api(self) -> Api:
        return self.zalo._api

    @property
    def renewing(self) -> Renewing:
        return self.zalo._renewing

    async def row(self) -> Token:
        found = await self.db.read(lambda tx: tokens.get(tx, f"zalo:{APP}"))
        assert found
        return found

    async def close(self) -> None:
        await self.zalo.close()
        await self.db.close()


def settings(**more: Any) -> Settings:
    known = {"zalo_app_id": APP, "zalo_app_secret": SECRET, "zalo_oa_secret": OA_SECRET}
    known |= {"zalo_refresh_token": FIRST, "data_key": KEY}
    return load(_env_file=None, **known | more)


def desk(path: Path, wire: Wire | None = None, clock: SetClock | None = None, **more: Any) -> Desk:
    """Another one of the same file is another process."""
    wire, clock = wire or Wire(), clock or SetClock(FRIDAY)
    db, files = Database(f"sqlite:///{path}", Vault(KEY)), Files(path.parent / "files", Vault(KEY))
    rung: list[None] = []
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        await asyncio.sleep(0)

    made = Zalo(db, clock, settings(**more), files, lambda: rung.append(None), wire, pause)
    return Desk(made, wire, db, clock, rung, paused)


def event(name: str = "user_send_text", **more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"app_id": APP, "event_name": name, "timestamp": "1543908534740"}
    return known | {"sender": {"id": LAN}, "recipient": {"id": OA}} | more


def text(said: str, msg_id: str = "96d3cdf3af150460909", **more: Any) -> dict[str, Any]:
    return event(message={"text": said, "msg_id": msg_id}, **more)


def files(name: str, *attachments: dict[str, Any], said: str = "") -> dict[str, Any]:
    return event(
        name, message={"msg_id": "96d3cdf3af150460910", "text": said, "attachments": list(attachments)}
    )


def follow(name: str = "follow") -> dict[str, Any]:
    known = {"oa_id": OA, "follower": {"id": LAN}, "user_id_by_app": "552172779717587730", "event_name": name}
    return known | {"source": "oa_profile", "app_id": APP, "timestamp": "1543979782740"}


def dumps(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode(errors="surrogatepass")


def signature(body: bytes, first: str = APP, time: str = "1543908534740", secret: str = OA_SECRET) -> str:
    return hashlib.sha256(first.encode() + body + time.encode() + secret.encode()).hexdigest()
