"""A look at what is recorded already: who gives the very same value is asked once more, and then believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers.forms import Answers, NotUnderstood, Question, When
from handlers.reply import Reply
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, Words, _


@dataclass(frozen=True)
class Differs:
    """The question as it is; recorded: what its answer should differ from, None where that is not known."""

    question: Question
    recorded: Callable[[Turn, Answers], Any]

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def label(self) -> Words:
        return self.question.label

    @property
    def when(self) -> When:
        return self.question.when

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return self.question.ask(turn, answers)

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        value = self.question.read(turn, answers, said, pressed)
        return unless_recorded(turn, value, lambda: _plain(value) == _plain(self.recorded(turn, answers)))

    def show(self, turn: Turn, value: Any) -> Text:
        return self.question.show(turn, value)


def unless_recorded(turn: Turn, value: Any, is_recorded: Callable[[], bool]) -> Any:
    """The value that was read; the first time it is the very one on record, a word about that."""
    note = turn.state["note"]
    if isinstance(value, NotUnderstood) or not value or note.get("same") or not is_recorded():
        return value
    turn.state["note"] = {**note, "same": True}
    return NotUnderstood(_("The record shows exactly that. If it is right all the same, give it once more."))


def _plain(value: Any) -> str:
    """A name in any way of writing it, a number without its kind, a date as stored."""
    said = value.get("value") if isinstance(value, dict) else value
    return names.tone_key(str(said or ""))
