"""The phone number on record is wrong or lost, so that no code ever arrives; who it is, is proven in person."""

from __future__ import annotations

from handlers.doses_on_record import on_record
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice
from handlers.questions_person import Phone
from handlers.questions_places import Commune, Site
from handlers.questions_provinces import Province
from handlers.residents import person, sending
from handlers.residents.corrections.other_record import OldPhone
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import _

TROUBLE = (
    ("lost", _("I no longer have that number")),
    ("wrong", _("The record has a wrong number")),
    ("no_code", _("No code arrives, and I do not know why")),
)


def _described_here(answers: Answers) -> bool:
    return somebody_else(answers) and answers.get("moved") == "no"


def _nearby(answers: Answers) -> bool:
    return answers.get("moved") == "yes" or answers.get("site") == {}


def _nowhere(answers: Answers) -> bool:
    return _nearby(answers) and answers.get("current") == ""


def _last_site(turn: Turn, answers: Answers) -> int | None:
    """Of the last dose, as recorded or as told; none of who has moved away from there."""
    if answers["moved"] == "yes":
        return None
    if somebody_else(answers):
        site: int | None = (answers.get("site") or {}).get("id")
        return site
    recorded = [dose["site_id"] for dose in on_record(turn, str(answers["who"])).values() if dose["site_id"]]
    return recorded[-1] if recorded else None


def fault(turn: Turn, answers: Answers) -> Fault:
    """S2 names the trouble, «thay đổi nơi cư trú hoặc số điện thoại»; where it goes is our own recommendation. It is no
    cleaning of identity data (S4): no police, and exempt sites change it too."""
    old = answers.get("old_phone") if somebody_else(answers) else person.recorded(turn, answers, "phone")
    change = {"kind": "phone", "field": "phone", "old": old or None, "new": answers["new_phone"],
              "trouble": answers["trouble"]}  # fmt: skip
    return Fault("dose", "phone", (change,), site=_last_site(turn, answers),
                 place=(answers.get("site") or {}).get("now"), province=answers.get("home") or None)  # fmt: skip


form = register(
    Form(
        kind="phone",
        title=_("Phone number wrong or lost"),
        correction=True,
        group="person",
        order=30,
        intro=_("Nobody can change a phone number by chat: you will show your papers once, in person. I tell you where."),
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "015080001234", "1", "0987 654 321", "0912 345 678", "2", "ban cong", "1"),
        questions=(
            *(question for question in person.QUESTIONS if question.key != "phone"),
            Choice("trouble", _("What is the matter with the phone number?"), _("Phone on record"), TROUBLE),
            OldPhone("old_phone", _("Which number does the record show, if you know it?"), _("Number on record"), optional=True,
                     limit=30, when=somebody_else),
            Phone("new_phone", _("Which mobile number should the record have from now on?"), _("New number")),
            Choice("moved", _("Have you moved to another commune since the last dose?"), _("Moved"),
                   (("yes", _("Yes, moved")), ("no", _("No")))),
            Site("site", _("Where was the last dose given? Type part of the site's name."), _("Site of the last dose"),
                 when=_described_here),
            Commune("current", _("In which commune does this person live now? Type part of its name."),
                    _("Current residence"), _("I do not know"), known=person.likely, when=_nearby),
            Province("home", _("In which province does this person live?"), _("Province of residence"), when=_nowhere),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["phone"] = fault
