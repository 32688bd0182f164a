"""A question that is asked of each chosen dose in turn, saying of which and what the record shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers import wording_changes
from handlers.doses_on_record import as_field, label
from handlers.forms import Answers, Question, When
from handlers.questions_doses import described, reported
from handlers.questions_recorded import unless_recorded
from handlers.reply import Reply
from handlers.rules.doses import field_of, same
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines


def of_slot(answers: Answers, slot: int) -> Answers:
    """The answers about the dose in this slot, under the plain names of their questions."""
    end = f"_{slot}"
    return {key.removesuffix(end): value for key, value in answers.items() if key.endswith(end)}


def _chosen(answers: Answers) -> int:
    return 1 if described(answers) else len(answers.get("doses", ()))


@dataclass(frozen=True)
class OfEach:
    """The plain question, for the dose in this slot; field: which of the dose's values it asks for, if any."""

    question: Question
    slot: int
    field: str = ""

    @property
    def key(self) -> str:
        return f"{self.question.key}_{self.slot}"

    @property
    def label(self) -> Words:
        own = self.question.label
        return _("{label} ({n})", label=own, n=self.slot + 1) if self.slot else own

    @property
    def when(self) -> When:
        return lambda answers: (
            _chosen(answers) > self.slot and self.question.when(of_slot(answers, self.slot))
        )

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        reply = self.question.ask(turn, of_slot(answers, self.slot))
        return replace(reply, text=lines(*self._above(turn, answers), reply.text))

    def _above(self, turn: Turn, answers: Answers) -> list[Text]:
        """Which dose, where it goes without saying no longer; and what is to be put right."""
        dose = reported(turn, answers)[self.slot]
        several = _chosen(answers) > 1
        which = (
            [joined("", "**", label(dose), "**")] if several or not (self.field or described(answers)) else []
        )
        old = field_of(dose, self.field) if self.field else None
        shown = [_("The record shows: {value}", value=wording_changes.value(self.field, old))] if old else []
        return [*which, *shown]

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        """The very value that is on record is asked once more, and then taken."""
        value, field = self.question.read(turn, of_slot(answers, self.slot), said, pressed), self.field
        if not field:
            return value
        old = field_of(reported(turn, answers)[self.slot], field)
        return unless_recorded(turn, value, lambda: same(field, old, as_field(field, value)))

    def show(self, turn: Turn, value: Any) -> Text:
        return self.question.show(turn, value)
