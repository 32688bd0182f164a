"""The only clocks: machine time for leases and codes, policy time for deadlines; a demo may move the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """ahead: how far the demo's jumps moved policy time; zero in production."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def machine(self) -> datetime:
        return datetime.now(UTC)

    def now(self) -> datetime:
        return self.machine() + self.ahead
