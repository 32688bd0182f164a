"""What goes out to Zalo without a network: what is asked of its API is kept, what it answers is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels import Outgoing
from bot.channels.zalo_send import Sender
from bot.files import Files
from bot.settings import load
from storage.db import Database
from storage.vault import Vault
from tests.faults.kill import SetClock
from tests.world import FRIDAY, KEY

CS, TEMPLATE = "/v3.0/oa/message/cs", "/v3.0/oa/message/template"
IMAGE, FILE = "/v2.0/oa/upload/image", "/v2.0/oa/upload/file"


@dataclass
class StubApi:
    """answers: per path, what comes next (an error is raised); the last one stays. Without any, all is taken."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    calls: list[tuple[str, Any]] = field(default_factory=list)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(path, body, {"message_id": f"m{len(self.calls) + 1}"})

    async def upload(self, path: str, name: str, content: bytes, mime: str) -> dict[str, Any]:
        taken = {"attachment_id": "image-1"} if path == IMAGE else {"token": "token-1"}
        return self._answer(path, (name, content, mime), taken)

    def _answer(self, path: str, given: Any, well: dict[str, Any]) -> dict[str, Any]:
        self.calls.append((path, given))
        waiting = self.answers.get(path) or [well]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return dict(answer)

    @property
    def paths(self) -> list[str]:
        return [path for path, _given in self.calls]

    @property
    def said(self) -> list[dict[str, Any]]:
        return [given["message"] for path, given in self.calls if path == CS]


@dataclass
class Desk:
    sender: Sender
    api: StubApi
    db: Database
    files: Files


def desk(path: Path, answers: dict[str, list[Any]] | None = None, **more: Any) -> Desk:
    api, vault = StubApi(answers or {}), Vault(KEY)
    db, files = Database(f"sqlite:///{path}", vault), Files(path.parent / "files", vault)
    settings = load(_env_file=None, data_key=KEY, public_url="https://phananh.example", **more)
    return Desk(Sender(api, SetClock(FRIDAY), files, db, settings), api, db, files)  # type: ignore[arg-type]


def out(
    row: int = 9, replaces: int | None = None, heard_at: datetime | None = FRIDAY, **body: Any
) -> Outgoing:
    given = {"kind": "text", "text": "", "choices": [], "media": [], "sensitive": False, "lang": "vi"}
    return Outgoing(row, "2512", given | body, replaces, FRIDAY, None, heard_at)


def choice(label: str, token: str = "menu", style: str = "plain", **more: Any) -> dict[str, Any]:
    return {"label": label, "token": token, "style": style, **more}
