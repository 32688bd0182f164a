"""The fake in the place of the network: what PTB would send over HTTP goes straight to it."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram.request import RequestData

from bot.channels.telegram_request import Request
from tests.telegram.api import TOKEN, FakeTelegram
from tests.telegram.chats import Upload
from tests.telegram.server import with_files


class InProcess(Request):
    """Every parameter as PTB writes it into a form: all of them text."""

    def __init__(self, fake: FakeTelegram) -> None:
        super().__init__()
        self._fake = fake

    async def initialize(self) -> None:
        return

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        path = unquote(urlsplit(url).path)
        if path.startswith("/file/"):
            found = self._fake.files.get(path.partition(f"{TOKEN}/")[2].partition("/")[2])
            return (200, found) if found is not None else (404, b'{"ok":false,"error_code":404}')
        token, _slash, name = path.removeprefix("/bot").partition("/")
        given = _given(request_data)
        answer = self._fake.call(token, name, given)
        while name == "getUpdates" and answer["ok"] and not answer["result"]:
            await asyncio.sleep(0.001)  # as long as it takes: nothing else happens here meanwhile
            answer = self._fake.call(token, name, given)
        return answer.get("error_code", 200), json.dumps(answer).encode()


def _given(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    parts = data.multipart_data.items() if data.contains_files else ()
    files = {name: Upload(filename, bytes(content)) for name, (filename, content, _mime) in parts}  # type: ignore[arg-type]
    return with_files({**data.json_parameters, **files})
