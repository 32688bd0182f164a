"""Groups of a unit's people: no personal data, no word or photo of a resident ever stands in one."""

from __future__ import annotations

from handlers.turn import Turn


def answer(turn: Turn) -> None:
    """A message, a press or an event in a group."""
