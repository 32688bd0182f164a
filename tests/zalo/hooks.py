"""Events on their way to the desk's webhook: signed, sent again until a 200 within two seconds, at last given up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from tests.zalo.tokens import APP_ID

OA_ID, OA_SECRET = "388613280878808645", "Rk3mV9sYt2HqLw8ZxP5c"
SECONDS = 2.0  # within which a 200 is wanted
AGAIN = (
    timedelta(seconds=30),
    *(timedelta(minutes=n) for n in (5, 15, 30, 60)),
)  # then the webhook is switched off
Post = Callable[[bytes, dict[str, str]], Awaitable[int]]  # HTTP status; 0 where none came in time


@dataclass(frozen=True)
class Signing:
    """Live integrations disagree on what is signed; the fake does it in any of their ways."""

    first: Literal["app", "oa"] = "app"
    stamp: Literal["body", "header"] = "body"
    prefix: str = "mac="


@dataclass
class Hook:
    event: dict[str, Any]
    raw: bytes
    headers: dict[str, str]
    due: datetime
    tries: int = 0
    statuses: list[int] = field(default_factory=list)


class Hooks:
    """waiting: tests may double, drop and reorder it. lost: given up, or come when the webhook was off."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._stamp = 0
        self.signing = Signing()
        self.again: tuple[timedelta, ...] = AGAIN
        self.waiting: list[Hook] = []
        self.brought: list[Hook] = []
        self.lost: list[Hook] = []
        self.off = False

    def put(self, event: dict[str, Any]) -> Hook:
        """Two events never share a timestamp, as at Zalo they hardly do."""
        self._stamp = max(self._stamp + 1, int(self._clock().timestamp() * 1000))
        body = {**event, "app_id": APP_ID, "timestamp": str(self._stamp)}
        raw = json.dumps(body, ensure_ascii=False).encode()
        hook = Hook(body, raw, self._signed(raw, str(self._stamp)), self._clock())
        (self.lost if self.off else self.waiting).append(hook)
        return hook

    def _signed(self, raw: bytes, stamp: str) -> dict[str, str]:
        first = APP_ID if self.signing.first == "app" else OA_ID
        headers = {"Content-Type": "application/json"}
        if self.signing.stamp == "header":
            stamp = str(int(stamp) + 7)
            headers["X-ZEvent-Timestamp"] = stamp
        return headers | {"X-ZEvent-Signature": self.signing.prefix + signature(first, raw, stamp)}

    async def bring(self, post: Post) -> None:
        """All that is due. What fails comes again later, behind what came meanwhile."""
        now = self._clock()
        for hook in [one for one in self.waiting if one.due <= now]:
            more = {"num_retry": str(hook.tries)} if hook.tries else {}
            hook.statuses.append(await post(hook.raw, hook.headers | more))
            self.waiting.remove(hook)
            if hook.statuses[-1] == 200:
                self.brought.append(hook)
            elif hook.tries < len(self.again):
                hook.due = now + self.again[hook.tries]
                hook.tries += 1
                self.waiting.append(hook)
            else:
                self.lost.append(hook)
                self.off = True


def signature(first: str, raw: bytes, stamp: str, secret: str = OA_SECRET) -> str:
    return hashlib.sha256(first.encode() + raw + stamp.encode() + secret.encode()).hexdigest()


async def probe(post: Post) -> int:
    """What the console sends when somebody saves the address of the webhook."""
    return await post(b"{}", {"Content-Type": "application/json"})
