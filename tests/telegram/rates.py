"""How fast Telegram lets a bot speak: about 30 messages a second in all, one a second to a person, 20 a minute to a group.

Telegram's own words (Bot FAQ, «My bot is hitting limits»): «avoid sending more than one message per second … We may
allow short bursts that go over this limit, but eventually you'll begin receiving 429 errors». How short is not
established; here a person's chat takes BURST messages within as many seconds. Messages and edits count; deletions,
answers to presses and typing signs do not. A chat, or the bot, that was refused is refused until retry_after is over.
"""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta

from tests.telegram.refusal import too_many

BOT, GROUP, BURST = 30, 20, 3
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PENALTY = timedelta(seconds=3)


class Rates:
    def __init__(self) -> None:
        self._said: dict[int, deque[datetime]] = defaultdict(deque)  # by chat; 0 is the whole bot
        self._silent: dict[int, datetime] = {}

    def spend(self, chat: int, now: datetime) -> None:
        """Takes its place in the windows, or refuses."""
        windows = {0: (BOT, SECOND), chat: (BURST, BURST * SECOND) if chat > 0 else (GROUP, MINUTE)}
        for scope, (most, span) in windows.items():
            said, silent = self._said[scope], self._silent.get(scope, now)
            while said and said[0] <= now - span:
                said.popleft()
            if silent <= now and len(said) >= most:
                silent = self._silent[scope] = max(said[0] + span, now + PENALTY)
            if silent > now:
                raise too_many(-(-(silent - now) // SECOND))
        for scope in windows:
            self._said[scope].append(now)


def most_within(times: list[datetime], span: timedelta) -> int:
    """The largest number of these moments in any half-open window of this length."""
    ordered, most, first = sorted(times), 0, 0
    for n, at in enumerate(ordered):
        while at - ordered[first] >= span:
            first += 1
        most = max(most, n - first + 1)
    return most
