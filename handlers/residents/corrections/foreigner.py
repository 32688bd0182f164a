"""Wrong data of a foreigner, who is on record by passport: the site answers, and there is no police step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice
from handlers.residents import person, sending
from handlers.residents.corrections import personal
from handlers.turn import Turn
from locales import LANGUAGES, Text, _


@dataclass(frozen=True)
class Speak(Choice):
    """The language in which the chat goes on."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        value = super().read(turn, answers, said, pressed)
        if value in LANGUAGES:
            turn.set_lang(value)
        return value

    def show(self, turn: Turn, value: Any) -> Text:
        return ""


def _speaks_english(turn: Turn, answers: Answers) -> bool:
    """Who has chosen English already is not asked; the form goes on."""
    if turn.talk.lang != "vi" and "speak" not in answers:
        answers["speak"] = turn.talk.lang
        turn.state["known"] = [*turn.state.get("known", ()), "speak"]
    return False


def fault(turn: Turn, answers: Answers) -> Fault:
    """S1 «Không thực hiện xác minh … không phải là công dân Việt Nam». Whoever turns out to be a citizen is one: the facts
    decide, not the button."""
    found = personal.fault(turn, answers)
    return replace(found, kind="foreigner") if person.about(turn, answers)[0].get("foreign") else found


form = register(
    Form(
        kind="foreigner",
        title=_("I am a foreigner, with a passport"),
        correction=True,
        group="person",
        order=40,
        foreign=True,
        intro=_("For a foreign passport the vaccination site answers; there is no check by the police."),
        instead=_speaks_english,
        example=("Tiếng Việt", "Kim Min Jun", "05/03/1990", "nam", "M12345678", "0912 345 678", "2", "xong", "bỏ qua", "muong lo", "1",
                 "không còn giấy"),
        questions=(
            Speak("speak", _("Which language would you like?"), _("Language"), tuple(LANGUAGES.items())),
            *personal.form.questions,
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["foreigner"] = fault
