"""What happens when a moment of a list comes: the police hear of it, are reminded; what is late climbs the levels."""

from __future__ import annotations

from handlers.turn import Moment
from storage import lists


def ring(moment: Moment, list_id: int, rung: str) -> None:
    """new · remind · late:0 … late:2 · back · campaign"""
    lists.get(moment.tx, list_id)
