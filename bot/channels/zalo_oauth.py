"""A new pair of tokens of a Zalo Official Account, for its refresh token or a consent's code; each works once."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.channels.zalo_answer import HttpError, read
from bot.channels.zalo_request import Request
from bot.settings import Settings

PATH = "/v4/oa/access_token"
HOUR = 3600  # seconds; what is believed where Zalo does not say how long a token lives


@dataclass(frozen=True)
class Pair:
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int


async def exchange(settings: Settings, request: Request, refresh: str) -> Pair:
    """Raises ZaloError, HttpError, aiohttp.ClientError, TimeoutError."""
    asked = {"refresh_token": refresh, "grant_type": "refresh_token"}
    return await _pair(settings, request, asked, refresh)


async def begin(settings: Settings, request: Request, code: str, verifier: str) -> Pair:
    """The first pair, for the code that an administrator's consent gave; raises as exchange() does."""
    asked = {"code": code, "code_verifier": verifier, "grant_type": "authorization_code"}
    return await _pair(settings, request, asked)


async def _pair(settings: Settings, request: Request, asked: dict[str, str], refresh: str = "") -> Pair:
    """refresh: what goes on to be valid where Zalo names no newer one."""
    form = {**asked, "app_id": settings.zalo_app_id}
    headers = {"secret_key": settings.zalo_app_secret}
    status, content = await request.post(settings.zalo_oauth + PATH, headers, data=form)
    found = read(status, content)
    access, newer = found.get("access_token"), found.get("refresh_token") or refresh
    if not isinstance(access, str) or not access or not isinstance(newer, str) or not newer:
        raise HttpError(status)
    return Pair(access, newer, _seconds(found))


def _seconds(found: dict[str, object]) -> int:
    """Comes as a string."""
    said = str(found.get("expires_in", ""))
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 9 and int(said) else HOUR
