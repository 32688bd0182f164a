"""Wrong personal data on the record: ID number, name, birth date or sex."""

from __future__ import annotations

from typing import Any

from handlers.faults import Fault
from handlers.forms import Answers, Form, Question, When, register
from handlers.questions import Free, Many
from handlers.questions_evidence import Evidence
from handlers.questions_person import Day, Name, Number, birth_day, sex
from handlers.questions_places import Site
from handlers.questions_provinces import Province
from handlers.questions_recorded import Differs
from handlers.residents import person, sending, where
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from handlers.wording_changes import FIELDS
from locales import _

WRONG = tuple((field, FIELDS[field]) for field in ("number", "name", "birth", "sex"))


def _asked(field: str) -> When:
    """Asked unless it was given already: who has no record here has just told the right values."""

    def when(answers: Answers) -> bool:
        given = KEYS[field] in answers and answers[KEYS[field]] != {} and answers.get("who") == "other"
        return field in answers.get("wrong", ()) and not given

    return when


KEYS = {"number": "number", "name": "about_name", "birth": "birth", "sex": "sex"}


def _right(question: Question, field: str) -> Differs:
    """The right value differs from what stands on the record, where the chat has it."""

    def on_record(turn: Turn, answers: Answers) -> Any:
        return None if somebody_else(answers) else person.recorded(turn, answers, field)

    return Differs(question, on_record)


def _wrong(question: Question, field: str) -> Differs:
    """The other way round: what the record is said to show differs from the right value that was given."""
    return Differs(question, lambda _turn, answers: answers.get(KEYS[field]))


def _no_residence(answers: Answers) -> bool:
    return somebody_else(answers) and answers.get("current") == ""


def _foreigner(answers: Answers) -> bool:
    return answers.get("foreign") == "yes"


def _shown(field: str) -> When:
    """What the record shows is asked only where the chat has no record; the other sex goes without saying."""
    return lambda answers: somebody_else(answers) and field in answers.get("wrong", ())


def _old(turn: Turn, answers: Answers, field: str, new: Any) -> Any:
    """The value on record: as the Platform said, else as the resident remembers it, in the form that fields have."""
    if not somebody_else(answers):
        return person.recorded(turn, answers, field)
    if field == "sex":
        return "female" if new == "male" else "male"
    said = answers.get(f"shown_{field}") or ""
    if field == "number":
        number = "".join(
            letter for letter in said.upper() if letter.isalnum()
        )  # a wrong one may have any form
        return number if any(letter.isdigit() for letter in number) else None
    return said


def fault(turn: Turn, answers: Answers) -> Fault:
    """Identity facts go to the commune station of permanent residence (S4 §1, §4)."""
    changes = []
    for field in answers["wrong"]:
        new: Any = answers.get(f"right_{field}", answers.get(KEYS[field]))
        new = new["value"] if field == "number" else new
        old = _old(turn, answers, field, new) or None
        changes.append({"kind": "personal", "field": field, "old": old, "new": new})
    site = answers.get("site") or {}
    return Fault("identity", "personal", tuple(changes), site=site.get("id"), **where.told(answers))


form = register(
    Form(
        kind="personal",
        title=_("Wrong personal data"),
        correction=True,
        group="top",
        order=3,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "2", "xong",
                 "Nguyễn Văn An", "bỏ qua", "hanh phuc, lao cai", "1", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Many("wrong", _("What is wrong on the record? You can choose several."), _("Wrong"), WRONG),
            _right(Number("right_number", _("What is the right ID number (CCCD, CMND or passport)?"), _("Right ID number"),
                          when=_asked("number")), "number"),
            _right(Name("right_name", _("What is the right full name, with diacritics?"), _("Right name"),
                        when=_asked("name")), "name"),
            _right(Day("right_birth", _("What is the right birth date? Day/month/year, for example 05/03/1995."), _("Right birth date"),
                       birth_day, True, when=_asked("birth")), "birth"),
            _right(sex("right_sex", _("What is the right sex?"), _("Right sex"), when=_asked("sex")), "sex"),
            _wrong(Day("shown_birth", _("Which birth date does the record show now, if you know it?"),
                       _("Birth date on record"), birth_day, True, optional=True, when=_shown("birth")), "birth"),
            _wrong(Free("shown_name", _("Which name does the record show now, if you know it?"), _("Name on record"),
                        optional=True, limit=100, when=_shown("name")), "name"),
            _wrong(Free("shown_number", _("Which ID number does the record show now, if you know it?"),
                        _("ID number on record"), optional=True, limit=20, when=_shown("number")), "number"),
            Site("site", _("Where was the last dose given? For a foreign passport that site answers. Type part of its name."),
                 _("Site"), when=_foreigner),
            *where.COMMUNE_OF_SITE,
            *person.RESIDENCE,
            Province("site_province", _("In which province was the last dose given?"), _("Province of the site"),
                     when=_no_residence),
            Evidence("slip", _("Do you have a paper with the right data, such as a birth certificate or the vaccination slip? "
                               "No photo of an identity card is needed."), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["personal"] = fault
