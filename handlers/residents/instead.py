"""From one form into another, or into advice: what was told of the person goes along, and nobody is asked twice."""

from __future__ import annotations

from handlers import forms
from handlers.residents import kinds
from handlers.turn import Turn


def form(turn: Turn, kind: str) -> None:
    """Opens the form of that kind; what was answered here about anything but the person is left."""
    from handlers.residents.person import KEYS

    answers = turn.state["answers"]
    known = {key: answers[key] for key in KEYS if key in answers}
    forms.give_way(turn)
    forms.start(turn, kind, known, turn.state.pop("parts", None))


def advice(turn: Turn, kind: str) -> None:
    forms.give_way(turn)
    kinds.advice()[kind].begin(turn)
