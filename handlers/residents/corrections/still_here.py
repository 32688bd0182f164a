"""Still at the site, and the dose of today does not show: the site looks before the person leaves."""

from __future__ import annotations

from handlers.doses_on_record import DOSES
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice, Free
from handlers.questions_person import Phone
from handlers.questions_places import Site
from handlers.residents import given_dose, person, sending, where
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import _


def fault(turn: Turn, answers: Answers) -> Fault:
    """S1: «trong thời gian chờ theo dõi … đề nghị cơ sở tiêm chủng kiểm tra lại thông tin»."""
    site = answers.get("site") or {}
    new = {**given_dose.dose(answers), "day": turn.today.isoformat()}
    change = {"kind": "still_here", "field": "dose", "old": None, "new": new, "on_site": True}
    return Fault("dose", "still_here", (change,), site=site.get("id"), **where.told(answers))


form = register(
    Form(
        kind="still_here",
        title=_("I am still at the site and my dose does not show"),
        correction=True,
        group="urgent",
        order=2,
        example=("hat luu", "1", "mũi nhắc lại 1", "Nguyễn Văn An", "0912 345 678"),
        questions=(
            person.QUESTIONS[0],
            Site("site", _("At which site are you? Type part of its name."), _("Site")),
            *where.COMMUNE_OF_SITE,
            Choice("dose", _("Which dose did you have today?"), _("Dose of today"), DOSES),
            Free("about_name", _("Under which name did you register there?"), _("Full name"), limit=100, when=somebody_else),
            Phone("phone", _("Which number may the site call now?"), _("Phone"), when=somebody_else),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["still_here"] = fault
