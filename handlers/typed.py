"""Typed instead of pressed: which button the words, or the number, of a message mean."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import forms
from handlers.rules import names, numbers
from handlers.turn import Turn
from storage import outbox


def button(turn: Turn, text: str) -> str | None:
    """The token of the button whose words, or number, were typed: of the last answer, or of news that came after it.
    Numbers count wherever nothing is asked that a number might answer."""
    offered = turn.state.get("offered") or []
    free = not forms.started(turn) and not _words_asked(turn)
    told = _of_news(turn) if turn.incoming.private else []
    numbered = turn.state.get("numbered") or (free and not told)
    return _named(told, text, free) or _named(offered, text, numbered)


def _words_asked(turn: Turn) -> bool:
    """Whether a number could be the answer: not where a code is asked for, which is longer."""
    expects = turn.state.get("expects")
    return expects is not None and "code" not in (expects["by"], expects.get("what"))


def _of_news(turn: Turn) -> list[tuple[str, str]]:
    """Of news that stands below the last answer."""
    choices = outbox.told_last(turn.tx, turn.incoming.channel, turn.incoming.chat)
    return [(one["token"], one["label"]) for one in choices if not one.get("url")]


def _named(buttons: Sequence[Sequence[str]], text: str, by_number: bool) -> str | None:
    words, named = names.fold(text), numbers.of_choice(text) if by_number else None
    for number, (token, label) in enumerate(buttons, 1):
        if words and (words == names.fold(label) or number == named):
            return str(token)
    return None
