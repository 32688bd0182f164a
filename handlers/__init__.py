"""What the desk decides: one turn in, replies out; see answer()."""

from __future__ import annotations

from handlers.turn import Turn


def answer(turn: Turn) -> None:
    """Buttons first, then commands, then the open form, then words that mean a button, then free words."""
    from handlers.routes import dispatch

    dispatch(turn)
    turn.keep()
