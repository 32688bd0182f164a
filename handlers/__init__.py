"""What the desk decides: one turn in, replies out; see answer()."""

from __future__ import annotations

from handlers.turn import Turn


def answer(turn: Turn) -> None:
    """Buttons first, then commands, then the open form, then words that mean a button, then free words."""
    from handlers.residents import returned
    from handlers.routes import dispatch

    if not turn.talk.reachable and turn.incoming.private and turn.incoming.kind != "leave":
        returned.show(turn)  # as it was found; from this turn on the chat can be reached again
    dispatch(turn)
    turn.keep()
