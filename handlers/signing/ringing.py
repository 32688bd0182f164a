"""16:00: the site is asked; the end of the day: what is unsigned goes to who must sign it, and stands on the board."""

from __future__ import annotations

from datetime import date

from handlers.turn import Moment


def ring(moment: Moment, unit_id: int, day: date, rung: str) -> None:
    """ask · end"""
