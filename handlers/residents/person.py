"""Who a report is about: somebody whose record this chat has proven, or somebody who is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers import forms, from_card
from handlers.forms import Answers
from handlers.questions import Choice, has_passport
from handlers.questions_person import Name, Number, Phone, birth_day, sex
from handlers.questions_places import Commune
from handlers.reply import Reply
from handlers.residents import told_before
from handlers.residents.address import Birth
from handlers.turn import Turn
from locales import Text, _
from storage import people

KEYS = ("who", "passport", "foreign", "about_name", "birth", "sex", "number", "phone", "permanent", "current",
        "from_qr", "qr_residence")  # fmt: skip


def _who(turn: Turn, _answers: Answers) -> list[tuple[str, Text]]:
    known: list[tuple[str, Text]] = [
        (str(person.id), told_before.called(person.details))
        for person in people.linked(turn.tx, turn.talk.id)
    ]
    return [*known, *told_before.options(turn), ("other", _("Somebody else"))]


@dataclass(frozen=True)
class Who(Choice):
    """Asked only of a chat that has proven or described somebody; a new person's name says enough in the summary."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        from handlers import questions_doses

        value = super().read(turn, answers, said, pressed)
        if not isinstance(value, str):
            return value
        if value != turn.state.get("was", {}).get("who"):
            questions_doses.forget(answers)  # they are doses of somebody else's record
        answers.pop("passport", None)
        told_before.forget(turn, answers)
        if value.isdecimal():
            answers.update(of_record(turn, value))
            return value
        told_before.fill(turn, answers, value)
        if value == "other" and forms.of(turn.state["form"]).foreign:
            answers["foreign"] = "yes"
            turn.state["known"] = [*turn.state.get("known", ()), "foreign"]
        return "other"

    def show(self, turn: Turn, value: Any) -> Text:
        return "" if value == "other" else super().show(turn, value)


def of_record(turn: Turn, who: str) -> Answers:
    """What need not be asked of a record: that a foreigner's has a passport, and so no permanent residence."""
    linked = people.linked(turn.tx, turn.talk.id)
    return {"passport": "yes"} if any(str(p.id) == who and p.details.get("foreign") for p in linked) else {}


def somebody_else(answers: Answers) -> bool:
    return answers.get("who") == "other"


@dataclass(frozen=True)
class CardName(Name):
    """A photo of the card's QR code fills in name, birth date, sex and number at once."""

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return from_card.offered(turn, super().ask(turn, answers))


def _foreign(answers: Answers) -> bool:
    return answers.get("who") == "other" and answers.get("foreign") == "yes"


def _vietnamese(answers: Answers) -> bool:
    return answers.get("who") == "other" and answers.get("foreign") != "yes"


def _no_permanent(answers: Answers) -> bool:
    return answers.get("permanent") == ""


NAME = _("What is the full name, with diacritics, as on the CCCD or birth certificate?")

QUESTIONS = (
    Who("who", _("Who is it about?"), _("Person"), _who),
    Choice("foreign", _("Is the vaccinated person a Vietnamese citizen?"), _("Citizenship"),
           (("no", _("Vietnamese")), ("yes", _("Foreigner"))), when=somebody_else),
    CardName("about_name", NAME, _("Full name"), when=_vietnamese),
    Name("about_name", _("What is the full name, as in the passport?"), _("Full name"), when=_foreign),
    Birth("birth", _("What is the birth date? Day/month/year, for example 05/03/1995."), _("Birth date"), birth_day, True,
          when=somebody_else),
    sex("sex", _("Sex, as on the papers?"), _("Sex"), when=somebody_else),
    Number("number", _("What is the ID number (CCCD, CMND or passport)?"), _("ID number"), True, when=_vietnamese),
    Number("number", _("What is the passport number?"), _("ID number"), True, when=_foreign),
    Phone("phone", _("Which mobile number may we call or text about this?"), _("Phone"), when=somebody_else),
)  # fmt: skip


def likely(turn: Turn, answers: Answers) -> str | None:
    """What the record says, or the card; a button to press, never taken by itself."""
    found = about(turn, {"who": answers.get("who")})[0].get("permanent")
    return str(found) if found else from_card.residence(turn.tx, answers)


RESIDENCE = (
    Commune("permanent", _("In which commune is the **permanent residence** (thường trú)? Type part of its name."),
            _("Permanent residence"), _("I do not know, or abroad"), known=likely, when=lambda a: not has_passport(a)),
    Commune("current", _("In which commune does this person live now? Type part of its name."),
            _("Current residence"), _("I do not know"), when=_no_permanent),
)  # fmt: skip


def about(turn: Turn, answers: Answers) -> tuple[dict[str, Any], int | None, bool]:
    """(what is known of the person, the linked record's id, whether the phone was proven)."""
    places = {key: answers[key] for key in ("permanent", "current") if answers.get(key)}
    if answers.get("who") not in (None, "other"):
        person = next(p for p in people.linked(turn.tx, turn.talk.id) if str(p.id) == answers["who"])
        details = person.details
        kinds = ("national_id", "old_id", "passport")
        number = next(({"kind": kind, "value": details[kind]} for kind in kinds if details.get(kind)), {})
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
            "name": answers.get("about_name") or answers.get("caller"),
            "birth": answers.get("birth"),
            "sex": answers.get("sex"),
            "phone": _phone(answers),
            "foreign": answers.get("foreign") == "yes",
            "number": answers.get("number") or {},
            **({"from_qr": True} if from_card.still(answers) else {}),
            **places,
        },
        None,
        told_before.proven(turn, _phone(answers)),
    )


def _phone(answers: Answers) -> str | None:
    """On which this person can be reached: of who has lost the old one, the new one."""
    found = answers.get("new_phone") or answers.get("phone") or answers.get("call_back")
    return str(found) if found else None


def recorded(turn: Turn, answers: Answers, field: str) -> Any:
    """What the Platform has in this field, where the record is known; else what the resident gave."""
    known, _resident, _proven = about(turn, answers)
    found = known.get(field)
    return found.get("value") if isinstance(found, dict) else found
