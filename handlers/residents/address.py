"""How a resident is addressed: «Anh/Chị», and «Ông/Bà» from 60 years on, where the birth date is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.forms import Answers
from handlers.questions_person import Day
from handlers.turn import Turn
from storage import people

FROM = 60


def remember(turn: Turn, said: str | None = None) -> None:
    """Kept with the talk, for news too. Whose records the chat has proven counts before a birth date that was said."""
    proven = [str(one.details.get("birth") or "") for one in people.linked(turn.tx, turn.talk.id)]
    births = proven or [said or ""]
    if all(birth and _age(turn, birth) >= FROM for birth in births):
        turn.state["elder"] = True
    else:
        turn.state.pop("elder", None)


def _age(turn: Turn, birth: str) -> int:
    """Full years; of a year alone, those that are certain."""
    today = turn.today.isoformat()
    return int(today[:4]) - int(birth[:4]) - (today[5:] < birth[5:] or len(birth) < len(today))


@dataclass(frozen=True)
class Birth(Day):
    """The birth date of whoever the report is about, whom we take to be the reader until a record says otherwise."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        value = super().read(turn, answers, said, pressed)
        if isinstance(value, str):
            remember(turn, value)
        return value
