"""OAuth v4: single-use refresh tokens, and access tokens that die when the next one is made."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.zalo.refusal import DEAD_REFRESH, EXPIRED_TOKEN, INVALID_TOKEN, WRONG_APP, Refusal

APP_ID, APP_SECRET = "360846524940903967", "kZ8vA2pQ7wLxT4nB6cYd"
ACCESS, REFRESH = timedelta(seconds=90000), timedelta(days=90)


@dataclass
class Pair:
    access: str
    refresh: str
    made_at: datetime
    used: bool = False


class Tokens:
    """pairs: all that were ever given; only the last one holds. refusing: a code for every refresh, for tests."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock, self._numbers = clock, itertools.count(1)
        self.pairs: list[Pair] = []
        self.asked: list[datetime] = []
        self.reused = 0
        self.refusing: int | None = None
        self.consent()

    def consent(self) -> str:
        """An administrator of the account consents in Zalo's console: the refresh token that the operator is given."""
        return self._new().refresh

    def _new(self) -> Pair:
        n = next(self._numbers)
        pair = Pair(f"access-{n:03}-" + "Q7w" * 20, f"refresh-{n:03}-" + "x9K" * 20, self._clock())
        self.pairs.append(pair)
        return pair

    def renew(self, secret: str | None, form: dict[str, Any]) -> dict[str, Any]:
        """The answer; expires_in is text."""
        now = self._clock()
        self.asked.append(now)
        if self.refusing is not None:
            raise Refusal(self.refusing, "refused")
        if secret != APP_SECRET or form.get("app_id") != APP_ID:
            raise Refusal(WRONG_APP, "Invalid app")
        if set(form) != {"refresh_token", "app_id", "grant_type"} or form["grant_type"] != "refresh_token":
            raise Refusal(DEAD_REFRESH, "Invalid grant")
        known = next((one for one in self.pairs if one.refresh == form["refresh_token"]), None)
        if known and known.used:
            self.reused += 1
        if known is None or known.used or known is not self.pairs[-1] or now >= known.made_at + REFRESH:
            raise Refusal(DEAD_REFRESH, "Invalid refresh token")
        known.used = True
        new = self._new()
        return {"access_token": new.access, "refresh_token": new.refresh, "expires_in": str(int(ACCESS.total_seconds()))}  # fmt: skip

    def check(self, access: str | None) -> None:
        """Of a request: its access token is the last one, and not too old."""
        last = self.pairs[-1]
        if access != last.access:
            raise Refusal(INVALID_TOKEN, "Access token is invalid")
        if self._clock() >= last.made_at + ACCESS:
            raise Refusal(EXPIRED_TOKEN, "Access token has expired")
