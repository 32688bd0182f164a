"""Who a report is about: somebody whose record this chat has proven, or somebody who is asked for."""

from __future__ import annotations

from typing import Any

from handlers.forms import Answers
from handlers.questions import Choice
from handlers.questions_person import Day, Name, Number, Phone, birth_day, sex
from handlers.questions_places import Commune
from handlers.rules import identity
from handlers.turn import Turn
from locales import Text, _
from storage import people

KEYS = ("who", "foreign", "about_name", "birth", "sex", "number", "phone", "permanent", "current")


def _who(turn: Turn, _answers: Answers) -> list[tuple[str, Text]]:
    known: list[tuple[str, Text]] = [
        (str(person.id), identity.mask_name(str(person.details.get("name") or "")))
        for person in people.linked(turn.tx, turn.talk.id)
    ]
    return [*known, ("other", _("Somebody else"))]


def somebody_else(answers: Answers) -> bool:
    return answers.get("who") == "other"


def _no_permanent(answers: Answers) -> bool:
    return answers.get("permanent") == ""


NAME = _("What is the full name, with diacritics, as on the CCCD or birth certificate?")

QUESTIONS = (
    Choice("who", _("Who is it about?"), _("Person"), _who),
    Choice("foreign", _("Is this person a Vietnamese citizen?"), _("Citizenship"),
           (("no", _("Vietnamese")), ("yes", _("Foreigner"))), when=somebody_else),
    Name("about_name", NAME, _("Full name"), when=somebody_else),
    Day("birth", _("What is the birth date? For example 05/03/1995."), _("Birth date"), birth_day, True,
        when=somebody_else),
    sex("sex", _("Sex, as on the papers?"), _("Sex"), when=somebody_else),
    Number("number", _("What is the ID number (CCCD, CMND or passport)?"), _("ID number"), True, when=somebody_else),
    Phone("phone", _("Which mobile number may we call or text about this?"), _("Phone"), when=somebody_else),
)  # fmt: skip


def _on_record(turn: Turn, answers: Answers) -> str | None:
    found = about(turn, {"who": answers.get("who")})[0].get("permanent")
    return str(found) if found else None


RESIDENCE = (
    Commune("permanent", _("In which commune is the **permanent residence** (thường trú)? Type part of its name."),
            _("Permanent residence"), _("I do not know, or abroad"), known=_on_record, when=lambda a: a.get("foreign") != "yes"),
    Commune("current", _("In which commune does this person live now? Type part of its name."),
            _("Current residence"), _("I do not know"), when=_no_permanent),
)  # fmt: skip


def about(turn: Turn, answers: Answers) -> tuple[dict[str, Any], int | None, bool]:
    """(what is known of the person, the linked record's id, whether the phone was proven)."""
    places = {key: answers[key] for key in ("permanent", "current") if answers.get(key)}
    if answers.get("who") not in (None, "other"):
        person = next(p for p in people.linked(turn.tx, turn.talk.id) if str(p.id) == answers["who"])
        details = person.details
        number = {"kind": "national_id", "value": person.number} if person.number else {}
        return (
            {
                "name": details.get("name"),
                "birth": details.get("birth"),
                "sex": details.get("sex"),
                "phone": details.get("phone"),
                "foreign": bool(details.get("foreign")),
                "number": number,
                "permanent": details.get("commune"),
                **places,
            },
            person.id,
            True,
        )
    return (
        {
            "name": answers.get("about_name"),
            "birth": answers.get("birth"),
            "sex": answers.get("sex"),
            "phone": answers.get("phone"),
            "foreign": answers.get("foreign") == "yes",
            "number": answers.get("number") or {},
            **places,
        },
        None,
        False,
    )


def recorded(turn: Turn, answers: Answers, field: str) -> Any:
    """What the Platform has in this field, where the record is known; else what the resident gave."""
    known, _resident, _proven = about(turn, answers)
    found = known.get(field)
    return found.get("value") if isinstance(found, dict) else found
