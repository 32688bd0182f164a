"""What Zalo answers: JSON with an `error` in it, whatever HTTP says."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

LONGEST = 300  # of a reason
BUSY = 429


class ZaloError(Exception):
    """What Zalo says instead of doing it; its code is never 0."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(f"{code} {message}".rstrip())
        self.code, self.message = code, message


class HttpError(aiohttp.ClientError):
    """An answer that is none of Zalo's own: by its status, or because there is no JSON in it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


def read(status: int, content: bytes) -> dict[str, Any]:
    """The JSON object; raises ZaloError, HttpError. Of a server in trouble no word is believed."""
    if status >= 500 or status == BUSY:
        raise HttpError(status)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise HttpError(status) from None
    if not isinstance(found, dict):
        raise HttpError(status)
    code = _code(found.get("error"))
    if code:
        said = found.get("message") or found.get("error_description") or found.get("error_name")
        raise ZaloError(code, str(said or "")[:LONGEST])
    if status >= 300:
        raise HttpError(status)
    return found


def _code(error: object) -> int:
    """A number, or its digits as a string; what is neither is no success."""
    try:
        return int(error or 0)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return -1
