"""Wrong personal data on the record: ID number, name, birth date or sex."""

from __future__ import annotations

from typing import Any

from handlers.faults import Fault
from handlers.forms import Answers, Form, When, register
from handlers.questions import Free, Many
from handlers.questions_person import Day, Name, Number, birth_day, sex
from handlers.questions_places import Site
from handlers.residents import person, sending
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from handlers.wording import FIELDS
from locales import _

WRONG = tuple((field, FIELDS[field]) for field in ("number", "name", "birth", "sex"))


def _asked(field: str) -> When:
    """Asked unless it was given already: who has no record here has just told the right values."""

    def when(answers: Answers) -> bool:
        given = KEYS[field] in answers and answers[KEYS[field]] != {} and answers.get("who") == "other"
        return field in answers.get("wrong", ()) and not given

    return when


KEYS = {"number": "number", "name": "about_name", "birth": "birth", "sex": "sex"}


def _foreigner(answers: Answers) -> bool:
    return answers.get("foreign") == "yes"


def fault(turn: Turn, answers: Answers) -> Fault:
    """Identity facts go to the commune station of permanent residence (S4 §1, §4)."""
    changes = []
    for field in answers["wrong"]:
        new: Any = answers.get(f"right_{field}", answers.get(KEYS[field]))
        old = person.recorded(turn, answers, field)
        if somebody_else(answers):
            old = answers.get("shown") if field == answers["wrong"][0] else None
        changes.append(
            {
                "kind": "personal",
                "field": field,
                "old": old or None,
                "new": new["value"] if field == "number" else new,
            }
        )
    site = answers.get("site") or {}
    return Fault("identity", "personal", tuple(changes), site=site.get("id"))


form = register(
    Form(
        kind="personal",
        title=_("Wrong personal data"),
        correction=True,
        questions=(
            *person.QUESTIONS,
            Many("wrong", _("What is wrong on the record? You can choose several."), _("Wrong"), WRONG),
            Number("right_number", _("What is the right ID number (CCCD, CMND or passport)?"), _("Right ID number"),
                   when=_asked("number")),
            Name("right_name", _("What is the right full name, with diacritics?"), _("Right name"), when=_asked("name")),
            Day("right_birth", _("What is the right birth date? For example 05/03/1995."), _("Right birth date"),
                birth_day, True, when=_asked("birth")),
            sex("right_sex", _("What is the right sex?"), _("Right sex"), when=_asked("sex")),
            Free("shown", _("What does the record show now, if you know it?"), _("On the record now"), optional=True,
                 limit=200, when=somebody_else),
            Site("site", _("Where was the last dose given? For a foreign passport that site answers. Type part of its name."),
                 _("Site"), when=_foreigner),
            *person.RESIDENCE,
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["personal"] = fault
