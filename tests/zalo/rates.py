"""How many requests a minute an app may make; 4,000 by Zalo's own words."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from tests.zalo.refusal import RATE, Refusal

MOST, MINUTE = 4000, timedelta(minutes=1)


class Rates:
    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._asked: deque[datetime] = deque()

    def spend(self, now: datetime) -> int:
        """How many are left; whoever is refused has not spent anything."""
        while self._asked and self._asked[0] <= now - MINUTE:
            self._asked.popleft()
        if len(self._asked) >= self.most:
            raise Refusal(RATE, "Reach request limit")
        self._asked.append(now)
        return self.most - len(self._asked)
