"""How often codes that let somebody in may be tried: whoever guesses has to wait."""

from __future__ import annotations

from datetime import timedelta

from handlers.turn import Turn
from locales import Text, _
from storage import codes

MOST, WINDOW = 10, timedelta(hours=1)


def too_many(turn: Turn, what: str, who: str) -> Text | None:
    """Counts one more try; what to say where there were too many. who: of the channel, a chat or a person."""
    name = f"{turn.incoming.channel}:{who}"
    tries, first = codes.count(turn.tx, what, name, turn.machine_now, WINDOW)
    if tries <= MOST:
        return None
    free = turn.now + (first + WINDOW - turn.machine_now)
    return _("Too many tries. Please come back at {at}.", at=free)
