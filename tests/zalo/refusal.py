"""What Zalo answers instead of data: always with HTTP 200, so that only `error` tells."""

from __future__ import annotations

from typing import Any

RATE, PARAMETER, OVER_LIMIT = -32, -201, -210
NOT_FOLLOWER, INVALID_TOKEN, EXPIRED_TOKEN = -213, -216, -220
OUTSIDE, RESTRICTED = -230, -244
DEAD_REFRESH, WRONG_APP = -14014, -118  # seen in the field; which of them means what is not established


class Refusal(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message

    def body(self) -> dict[str, Any]:
        return {"error": self.code, "message": self.message}


def bad(what: str) -> Refusal:
    return Refusal(PARAMETER, f"Params is invalid: {what}")


def only(given: Any, needed: set[str], allowed: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    """An object with these keys and no others: Zalo may let others pass, and nobody knows what it makes of them."""
    if not isinstance(given, dict):
        raise bad("an object is wanted")
    for name in needed - set(given):
        raise bad(f"{name} is missing")
    for name in set(given) - needed - allowed:
        raise bad(f"{name} is not known")
    return given


def words(given: Any, most: int, name: str, least: int = 1) -> str:
    """Text of so many characters; counted in UTF-16 units, since nobody says how Zalo counts an emoji."""
    if not isinstance(given, str) or len(given.strip()) < least:
        raise bad(f"{name} is no text")
    if len(given.encode("utf-16-le")) // 2 > most:
        raise Refusal(OVER_LIMIT, f"{name} is longer than {most} characters")
    return given
