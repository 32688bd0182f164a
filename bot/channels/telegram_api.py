"""Calls to the Bot API: PTB's Bot for its typed errors, raw values in and out."""

from __future__ import annotations

import warnings
from typing import Any
from urllib.parse import quote

from telegram import Bot
from telegram.request import BaseRequest
from telegram.warnings import PTBDeprecationWarning

from bot.channels.telegram_request import Request
from bot.settings import Settings

# PTB would rather have us use its typed methods, which check nothing more and cost several times as much.
warnings.filterwarnings("ignore", message="Please use 'Bot\\.")
warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)


class Api:
    """request: what a test puts in the place of the network."""

    def __init__(self, settings: Settings, request: BaseRequest | None = None) -> None:
        token, api = settings.telegram_token, settings.telegram_api
        self.bot = token.partition(":")[0]  # its id
        self._request = request or Request(settings.telegram_proxy)
        self._bot = Bot(token, f"{api}/bot", f"{api}/file/bot", self._request, self._request)
        self._files = f"{api}/file/bot{token}/"

    async def call(self, method: str, read_timeout: float = 15.0, **params: Any) -> Any:
        """What Telegram answers; raises telegram.error.TelegramError. A parameter that is None is not sent."""
        return await self._bot.do_api_request(method, params, read_timeout=read_timeout)

    async def download(self, path: str) -> bytes:
        return await self._request.retrieve(self._files + quote(path))

    async def close(self) -> None:
        await self._request.shutdown()
