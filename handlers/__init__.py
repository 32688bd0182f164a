"""What the desk decides: one turn in, replies out; see answer()."""

from __future__ import annotations

from handlers.turn import Turn


def answer(turn: Turn) -> None:
    """Buttons first, then commands, then the open form, then words that mean a button, then free words."""
    from handlers.residents import keeping_open, returned
    from handlers.routes import dispatch

    if turn.incoming.private and turn.incoming.kind != "leave":
        returned.show(turn)
    keeping_open.note(turn)
    dispatch(turn)
    turn.keep()
