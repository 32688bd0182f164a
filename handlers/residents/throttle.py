"""How often a code may be asked for, by one chat and for one claim, be there a record behind it or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.turn import Turn
from locales import Text, Words, _
from locales.times import ZONE, By
from storage import codes

DAY = timedelta(days=1)
LIMITS = ((timedelta(minutes=15), 3), (DAY, 6))


def locked_until(turn: Turn, names: Sequence[str]) -> datetime | None:
    """From when on a code may be asked for again, as the reader's clock shows it; None: already now."""
    free = [
        used[-most] + window
        for name in names
        for window, most in LIMITS
        if len(used := codes.uses(turn.tx, "code", name, turn.machine_now, window)) >= most
    ]
    return turn.now + (max(free) - turn.machine_now) if free else None


def count(turn: Turn, names: Sequence[str]) -> None:
    for name in names:
        codes.count(turn.tx, "code", name, turn.machine_now, DAY)


def words(turn: Turn, until: datetime) -> Words:
    """«Xin thử lại sau 16:45.» Rounded up, so that nobody comes back too early."""
    until += timedelta(seconds=59)
    local = until.astimezone(ZONE)
    when: Text | By = f"{local:%H:%M}" if local.date() == turn.today else By(until, turn.now)
    return _(
        "Too many codes were asked for. To protect the record, please try again after {when}.", when=when
    )
