"""Somebody has recovered from COVID-19, and the record does not say so."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions_evidence import Evidence
from handlers.questions_person import Day
from handlers.questions_places import Commune
from handlers.questions_provinces import Province
from handlers.residents import person, sending
from handlers.rules.days import Day as Date
from handlers.turn import Turn
from locales import _


def _day(turn: Turn, day: Date) -> str | None:
    date = day.date()
    if date is None:
        return "not_a_date"
    return "future" if date > turn.today else None


def _later(turn: Turn, day: Date) -> str | None:
    positive = turn.state["answers"].get("positive")
    return _day(turn, day) or ("before_positive" if positive and day.iso() < positive else None)


def _unknown(answers: Answers) -> bool:
    return answers.get("current") == ""


def _nowhere(answers: Answers) -> bool:
    return _unknown(answers) and answers.get("permanent", "") == ""


def fault(_turn: Turn, answers: Answers) -> Fault:
    """S1: the commune station enters those who have recovered, wherever they were treated."""
    new = {"positive": answers["positive"] or None, "recovered": answers["recovered"] or None}
    change = {"kind": "f0", "field": "recovered", "old": None, "new": new}
    return Fault("dose", "f0", (change,), province=answers.get("home") or None)


form = register(
    Form(
        kind="f0",
        title=_("Recovered from COVID-19, not on record"),
        correction=True,
        group="paper",
        order=20,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "10/02/2022", "tôi không nhớ",
                 "hanh phuc, lao cai", "1", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Day("positive", _("On which day was the test positive? Day/month/year, for example 10/02/2022."),
                _("Day of the positive test"), _day, optional=True, none=_("I do not remember")),
            Day("recovered", _("And on which day had this person recovered?"), _("Day of recovery"), _later, optional=True,
                none=_("I do not remember")),
            Commune("current", _("In which commune does this person live now? Type part of its name."),
                    _("Current residence"), _("I do not know"), known=person.likely),
            Commune("permanent", _("In which commune is the **permanent residence** (thường trú)? Type part of its name."),
                    _("Permanent residence"), _("I do not know, or abroad"), when=_unknown),
            Province("home", _("In which province does this person live?"), _("Province of residence"), when=_nowhere),
            Evidence("slip", _("Do you have a paper about the illness or the recovery?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["f0"] = fault
