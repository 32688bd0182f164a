"""A shared contact: proof of a phone, where the channel vouches that it is the sender's own."""

from __future__ import annotations

from handlers.residents import menu
from handlers.turn import Turn


def hear(turn: Turn) -> None:
    menu.show(turn)
