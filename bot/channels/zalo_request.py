"""HTTP for Zalo on aiohttp: calls to its services, and downloads of what people sent."""

from __future__ import annotations

from typing import Any

import aiohttp

from bot import bodies
from bot.channels.zalo_addresses import Addresses

TIMEOUT = aiohttp.ClientTimeout(total=40, connect=10)  # below the lease of whoever waits for it
ANSWER = 1_000_000  # bytes


class Request:
    """Raises aiohttp.ClientError, TimeoutError or OSError; redirects are not followed."""

    def __init__(self, api: str) -> None:
        self._addresses = Addresses(api)
        self._calls: aiohttp.ClientSession | None = None
        self._files: aiohttp.ClientSession | None = None

    async def post(
        self, url: str, headers: dict[str, str], *, json: Any = None, data: Any = None
    ) -> tuple[int, bytes]:
        """data: a form."""
        if self._calls is None:
            self._calls = aiohttp.ClientSession(timeout=TIMEOUT)
        given = {"json": json} if data is None else {"data": data}
        async with self._calls.post(url, headers=headers, allow_redirects=False, **given) as answer:
            try:
                return answer.status, await bodies.whole(answer.content, ANSWER)
            except bodies.TooLong:
                raise aiohttp.ClientPayloadError("too long an answer") from None

    async def fetch(self, url: str, most: int) -> tuple[int, bytes]:
        """Raises bodies.TooLong too, and zalo_addresses.Inside."""
        admitted = self._addresses.admit(url)
        if self._files is None:
            connector = aiohttp.TCPConnector(resolver=self._addresses)
            self._files = aiohttp.ClientSession(connector=connector, timeout=TIMEOUT)
        async with self._files.get(admitted, allow_redirects=False) as answer:
            if (answer.content_length or 0) > most:
                raise bodies.TooLong
            return answer.status, await bodies.whole(answer.content, most)

    async def close(self) -> None:
        for session in (self._calls, self._files):
            if session is not None:
                await session.close()
        self._calls = self._files = None
