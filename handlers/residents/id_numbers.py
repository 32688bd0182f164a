"""What the two kinds about ID numbers share: the right number, who has none at all, and who has a passport."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.faults import Fault
from handlers.forms import Answers
from handlers.questions import has_passport
from handlers.questions_person import Number
from handlers.questions_provinces import Province
from handlers.questions_recorded import Differs
from handlers.residents import instead, person
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import Text, _

NOT_ISSUED = "none"


@dataclass(frozen=True)
class Issued(Number):
    """The number; «none» of who has never got one, whom the police help first."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        value = super().read(turn, answers, said, pressed)
        return NOT_ISSUED if value == {} else value

    def show(self, turn: Turn, value: Any) -> Text:
        return "" if value == NOT_ISSUED else super().show(turn, value)


def _known(answers: Answers) -> bool:
    """Of who has a record here; and of somebody told before, then without a number."""
    return not somebody_else(answers) or answers.get("number") == {}


def _described(answers: Answers) -> bool:
    return somebody_else(answers) and not has_passport(answers)


def _on_record(turn: Turn, answers: Answers) -> Any:
    return None if somebody_else(answers) else person.recorded(turn, answers, "number")


_RIGHT = _("What is the right number: CCCD (12 digits), or CMND (9 digits)?")
_NONE = _("I have no number yet")

# The person, with the number asked in a way that tells «not at hand» from «never issued».
PERSON = (
    *(question for question in person.QUESTIONS if question.key not in ("number", "phone")),
    Issued("number", _RIGHT, _("Right ID number"), True, when=_described, none=_NONE),
    *(question for question in person.QUESTIONS if question.key == "phone"),
    Differs(Issued("right_number", _RIGHT, _("Right ID number"), True, when=_known, none=_NONE), _on_record),
)  # fmt: skip


def _no_residence(answers: Answers) -> bool:
    return somebody_else(answers) and answers.get("current") == ""


RESIDENCE = (
    *person.RESIDENCE,
    Province("site_province", _("In which province was the last dose given?"), _("Province of the site"),
             when=_no_residence),
)  # fmt: skip


def elsewhere(turn: Turn, answers: Answers) -> bool:
    """S1: no police step for foreigners, the site answers; and who has no number gets one from the police first."""
    if has_passport(answers):
        instead.form(turn, "foreigner")
        return True
    if NOT_ISSUED in (answers.get("number"), answers.get("right_number")):
        instead.advice(turn, "no_cccd")
        return True
    return False


def fault(turn: Turn, answers: Answers, kind: str, said: str = "") -> Fault:
    """S4 §4: the station of permanent residence. said: the number on record, as somebody without a record here sees it."""
    old = person.recorded(turn, answers, "number") if not somebody_else(answers) else _plain(said)
    right = answers.get("right_number") or answers["number"]
    change = {"kind": kind, "field": "number", "old": old or None, "new": right["value"]}
    return Fault("identity", kind, (change,), province=answers.get("site_province") or None)


def _plain(said: str) -> str:
    """A wrong number may have any form."""
    number = "".join(letter for letter in said.upper() if letter.isalnum())
    return number if any(letter.isdigit() for letter in number) else ""
