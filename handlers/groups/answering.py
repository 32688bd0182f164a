"""What comes from a group: who was added or removed, a press, or something written."""

from __future__ import annotations

from handlers.groups import binding, hearing, pressing
from handlers.turn import Turn
from storage import groups, moving, talks


def answer(turn: Turn) -> None:
    incoming = turn.incoming
    match incoming.kind:
        case "join":
            binding.greet(turn)
        case "leave":
            talks.set_reachable(turn.tx, incoming.channel, incoming.chat, False)
            groups.lose(turn.tx, incoming.channel, incoming.chat, turn.now)
        case "migrated":
            moving.move_chat(turn.tx, incoming.channel, incoming.chat, incoming.text)
        case "choice":
            pressing.press(turn)
        case _:
            hearing.hear(turn)
