"""HTTP for Telegram on aiohttp, through a proxy where one is set; no error of it says the address, which holds the token."""

from __future__ import annotations

from typing import Any

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import bodies

CONNECTIONS = 32
CONNECT, READ = 10.0, 15.0  # seconds
TOTAL = 50.0  # below the lease of whoever waits for it
LONGEST = 21_000_000  # bytes of an answer: the Bot API hands out files of up to 20 MB
NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    ProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
)


class Unreached(NetworkError):
    """No connection was made, so surely nothing was delivered."""


class Request(BaseRequest):
    """proxy: socks5://… or http://…; the name of the server is looked up behind it, where it is not blocked."""

    def __init__(self, proxy: str = "") -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=self._connector())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _connector(self) -> aiohttp.BaseConnector:
        if self._proxy:
            return ProxyConnector.from_url(self._proxy, rdns=True, limit=CONNECTIONS)
        return aiohttp.TCPConnector(limit=CONNECTIONS)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        await self.initialize()
        assert self._session is not None
        read = READ if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        timeout = aiohttp.ClientTimeout(total=TOTAL, connect=CONNECT, sock_read=read)
        try:
            async with self._session.request(
                method, url, data=_form(request_data), timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await bodies.whole(answer.content, LONGEST)
        except NEVER_CONNECTED as error:
            raise Unreached(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, bodies.TooLong) as error:
            raise NetworkError(type(error).__name__) from None


def _form(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None or not data.contains_files:
        return data.json_parameters if data else None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
