"""What is written in a group: three commands, and replies to our own messages; free chatter is nobody's business."""

from __future__ import annotations

import re

from handlers import links
from handlers.groups import binding, codes, replying, summary
from handlers.reply import Button, Reply
from handlers.staff import chats
from handlers.turn import Turn
from locales import _
from storage import groups

COMMAND = re.compile(r"/([A-Za-z_]\w*)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


def hear(turn: Turn) -> None:
    """A command with another bot's name never comes here (the channel knows ours)."""
    incoming = turn.incoming
    said = COMMAND.fullmatch(incoming.text.strip()) if incoming.kind == "text" else None
    group = binding.bound(turn)
    if group and group.forum != incoming.forum and incoming.kind == "text":
        groups.change(turn.tx, group.id, forum=incoming.forum)
    if said:
        _command(turn, said[1].lower(), (said[2] or "").strip())
    elif group and incoming.reply_to is not None:
        replying.hear(turn, group)


def _command(turn: Turn, name: str, rest: str) -> None:
    match name:
        case "gannhom":
            binding.bind(turn, rest)
        case "start" if not rest or rest.startswith(codes.START):
            _started(turn, rest.removeprefix(codes.START))
        case "bogan":
            binding.release(turn)
        case "hangdoi":
            _queue(turn)
        case _:
            if name == "noikenh":
                chats.burn(turn, rest)
            url = links.telegram(turn.tx, "menu")
            button = (Button(_("Open in private"), "", url=url),) if url else ()
            turn.say(Reply(_("Please write that to me in private."), button, silent=True))


def _started(turn: Turn, code: str) -> None:
    """/start with what stood in the link; Telegram sends it when the bot is added to a group that way."""
    if code:
        binding.bind(turn, code)
    else:
        binding.greet(turn)


def _queue(turn: Turn) -> None:
    group = binding.bound(turn)
    if group is None:
        binding.say(turn, binding.HOW)
    else:
        turn.say(Reply(summary.words(turn, group), summary.buttons(turn), silent=True))
