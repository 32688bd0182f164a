"""A dose that was given but is not on record."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Free
from handlers.questions_evidence import Evidence
from handlers.questions_places import Site
from handlers.residents import given_dose, person, sending, where
from handlers.turn import Turn
from locales import _


def fault(_turn: Turn, answers: Answers) -> Fault:
    """Dose facts go to the site that gave the dose (S1 «kiến nghị trực tiếp cơ sở mình đã tiêm»)."""
    site = answers.get("site") or {}
    change = {"kind": "dose_missing", "field": "dose", "old": None, "new": given_dose.dose(answers)}
    return Fault("dose", "dose_missing", (change,), site=site.get("id"), **where.told(answers))


form = register(
    Form(
        kind="dose_missing",
        title=_("Missing dose"),
        correction=True,
        group="top",
        order=1,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi cơ bản 2", "pfizer",
                 "12/08/2021", "ban cong", "1", "FF1234", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            *given_dose.DOSE,
            Site("site", _("Where was it given? Type part of the site's name, with or without diacritics."), _("Site")),
            Free("site_said", given_dose.SITE_SAID, _("Place, in your words"), optional=True, limit=200, when=where.no_site),
            *where.COMMUNE_OF_SITE,
            given_dose.LOT,
            Evidence("slip", _("Do you have the vaccination slip or certificate of that dose?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["dose_missing"] = fault
