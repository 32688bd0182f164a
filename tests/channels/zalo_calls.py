"""The OpenAPI without a network: what is asked is kept, what is answered is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from bot.channels import Outgoing
from bot.channels.zalo_send import Sender
from bot.files import Files
from bot.settings import Settings, load
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import FRIDAY, KEY

CS, TEMPLATE = "/v3.0/oa/message/cs", "/v3.0/oa/message/template"
IMAGE, FILE = "/v2.0/oa/upload/image", "/v2.0/oa/upload/file"
MEANT = {IMAGE: {"attachment_id": "image-1"}, FILE: {"token": "token-1"}}


@dataclass
class Stub:
    """answers: per path, what comes next (an error is raised); the last one stays. Without any: message m1, m2 …"""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    calls: list[tuple[str, Any]] = field(default_factory=list)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(path, body)

    async def upload(self, path: str, name: str, content: bytes, mime: str) -> dict[str, Any]:
        return self._answer(path, (name, content, mime))

    def _answer(self, path: str, given: Any) -> dict[str, Any]:
        self.calls.append((path, given))
        left = self.answers.get(path) or [MEANT.get(path, {"message_id": f"m{len(self.calls)}"})]
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, BaseException):
            raise answer
        return cast(dict[str, Any], answer)

    @property
    def paths(self) -> list[str]:
        return [path for path, _given in self.calls]

    @property
    def said(self) -> list[dict[str, Any]]:
        return [given["message"] for path, given in self.calls if path == CS]


@dataclass
class Desk:
    sender: Sender
    api: Stub
    clock: SetClock
    files: Files
    db: Database


def settings(**more: Any) -> Settings:
    return load(_env_file=None, data_key=KEY, public_url="https://phananh.example", **more)


def desk(path: Path, answers: dict[str, list[Any]] | None = None, **more: Any) -> Desk:
    api, clock = Stub(answers or {}), SetClock(FRIDAY)
    db, files = Database(f"sqlite:///{path}", Vault(KEY)), Files(path.parent / "files", Vault(KEY))
    return Desk(Sender(cast(Any, api), clock, files, db, settings(**more)), api, clock, files, db)


def out(
    *, row: int = 9, replaces: int | None = None, heard_at: datetime | None = FRIDAY, **body: Any
) -> Outgoing:
    given = {"kind": "text", "text": "", "choices": [], "media": [], "sensitive": False, "lang": "vi"}
    return Outgoing(row, "2512", given | body, replaces, FRIDAY, None, heard_at)


def choice(label: str, token: str = "menu", **more: Any) -> dict[str, Any]:
    return {"label": label, "token": token, "style": "plain", **more}
