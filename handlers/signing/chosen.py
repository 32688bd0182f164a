"""What somebody looks at and has chosen: of one unit and day, the doses to tick or those to take back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from handlers.turn import Turn
from locales.times import ZONE
from storage import signatures, unsigned
from storage.units import Unit
from storage.unsigned import Pair, Waiting

PAGE = 8
MOST = 2000  # at once: a turn is one transaction, and a talk keeps what is chosen


@dataclass(frozen=True)
class Place:
    """back: looking at what one has ticked oneself today; chosen: in the order of choosing."""

    unit: Unit
    day: date
    page: int = 0
    back: bool = False
    chosen: tuple[Pair, ...] = ()

    @property
    def token(self) -> str:
        """The rest of a token: which unit, which day."""
        return f"{self.unit.id}:{self.day:%Y%m%d}"

    @property
    def mark(self) -> str:
        """What was chosen, in few letters: a button below another choice does nothing."""
        read = json.dumps([self.back, sorted(self.chosen)])
        return hashlib.sha256(read.encode()).hexdigest()[:8]


def of(turn: Turn, unit: Unit, day: date) -> Place:
    """As it was left; anew where another unit or day was looked at meanwhile."""
    kept: dict[str, Any] = turn.state.get("signing") or {}
    if (kept.get("unit"), kept.get("day")) != (unit.id, day.isoformat()):
        return Place(unit, day)
    chosen = tuple((one[0], one[1]) for one in kept["chosen"])
    return Place(unit, day, kept["page"], kept["back"], chosen)


def keep(turn: Turn, place: Place, **values: Any) -> Place:
    now = replace(place, **values)
    kept = asdict(now) | {"unit": now.unit.id, "day": now.day.isoformat()}
    turn.state["signing"] = kept | {"chosen": [list(one) for one in now.chosen]}
    return now


def since(turn: Turn) -> datetime:
    """One's own ticks can be taken back until the end of the day on which they were made."""
    return turn.now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def shown(turn: Turn, place: Place) -> tuple[list[Waiting], int]:
    """The page's doses, and how many there are on all pages."""
    unit, day, offset = place.unit.id, place.day, place.page * PAGE
    if place.back:
        assert turn.member is not None
        return signatures.ticked(turn.tx, unit, day, turn.member.id, since(turn), PAGE, offset)
    return unsigned.waiting(turn.tx, unit, day, PAGE, offset), unsigned.count(turn.tx, unit, day)


def all_of(turn: Turn, place: Place) -> list[Pair]:
    """What can be chosen there, on every page."""
    if place.back:
        assert turn.member is not None
        rows, _n = signatures.ticked(turn.tx, place.unit.id, place.day, turn.member.id, since(turn), MOST)
        return [row.pair for row in rows]
    return unsigned.pairs(turn.tx, place.unit.id, place.day)[:MOST]


def toggle(turn: Turn, place: Place, pair: Pair) -> Place:
    if pair in place.chosen:
        return keep(turn, place, chosen=tuple(one for one in place.chosen if one != pair))
    possible = pair in set(all_of(turn, place)) and len(place.chosen) < MOST
    return keep(turn, place, chosen=(*place.chosen, pair)) if possible else place
