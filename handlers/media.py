"""Photos, papers and voice that somebody sends: an answer to what was asked, or the beginning of something."""

from __future__ import annotations

from handlers.residents import menu
from handlers.turn import Turn


def hear(turn: Turn) -> None:
    menu.show(turn)
