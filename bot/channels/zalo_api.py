"""Calls to the OpenAPI of a Zalo Official Account, with the token of the day."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp

from bot.channels.zalo_answer import HttpError, ZaloError, read
from bot.channels.zalo_request import Request
from bot.channels.zalo_tokens import NoToken, Tokens
from bot.log import event

__all__ = ["STALE", "Api", "HttpError", "NoToken", "ZaloError"]

STALE = (-216, -220)  # the token is not valid, or no longer
log = logging.getLogger("bot.zalo")


class Api:
    """Raises ZaloError, NoToken (nothing was sent), HttpError (with .status), and of the network aiohttp.ClientError or
    TimeoutError."""

    def __init__(self, base: str, request: Request, tokens: Tokens) -> None:
        self._base, self._request, self._tokens = base, request, tokens

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The `data` of the answer. path: from the slash after the host on."""
        return await self._twice(path, json=body)

    async def upload(self, path: str, name: str, content: bytes, mime: str) -> dict[str, Any]:
        def form() -> aiohttp.FormData:  # one can be sent once
            made = aiohttp.FormData()
            made.add_field("file", content, filename=name, content_type=mime)
            return made

        return await self._twice(path, form=form)

    async def _twice(self, path: str, **given: Any) -> dict[str, Any]:
        """Once more with a new token, where Zalo does not take this one."""
        token = await self._tokens.access()
        try:
            return await self._call(path, token, **given)
        except ZaloError as error:
            if error.code not in STALE:
                raise
            event(log, logging.WARNING, "Zalo does not take the token", code=error.code, reason=error.message)
            newer = await self._tokens.renew(token)
            if newer is None:
                raise
        return await self._call(path, newer, **given)

    async def _call(self, path: str, token: str, json: Any = None, form: Any = None) -> dict[str, Any]:
        data = form() if form else None
        answer = await self._request.post(self._base + path, {"access_token": token}, json=json, data=data)
        found = read(*answer).get("data")
        return found if isinstance(found, dict) else {}
