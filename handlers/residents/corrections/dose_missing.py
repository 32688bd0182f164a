"""A dose that was given but is not on record."""

from __future__ import annotations

from handlers.doses_on_record import DOSES, class_and_ordinal
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice, Free
from handlers.questions_evidence import Evidence
from handlers.questions_person import Day, dose_day
from handlers.questions_places import Site
from handlers.residents import person, sending, where
from handlers.rules.doses import VACCINES, find_vaccine
from handlers.turn import Turn
from locales import _


def _vaccine(said: str) -> str | None:
    found = find_vaccine(said)
    return found.name if found else None


def fault(_turn: Turn, answers: Answers) -> Fault:
    """Dose facts go to the site that gave the dose (S1 «kiến nghị trực tiếp cơ sở mình đã tiêm»)."""
    site = answers.get("site") or {}
    new = {
        "day": answers["day"] or None,
        **class_and_ordinal(answers["dose"]),
        "vaccine": answers["vaccine"] or None,
        "lot": answers.get("lot") or None,
        "site_id": site.get("id"),
        "site_name": site.get("name") or answers.get("site_said") or None,
    }
    change = {"kind": "dose_missing", "field": "dose", "old": None, "new": new}
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
            Choice("dose", _("Which dose is missing?"), _("Missing dose"), DOSES),
            Choice("vaccine", _("Which vaccine was it?"), _("Vaccine"),
                   (*((v.name, v.name) for v in VACCINES), ("", _("I do not remember"))), called=_vaccine),
            Day("day", _("On which day was it given? Day/month/year, for example 12/08/2021."), _("Day of the dose"), dose_day,
                optional=True, none=_("I do not remember")),
            Site("site", _("Where was it given? Type part of the site's name, with or without diacritics."), _("Site")),
            Free("site_said", _("What do you remember of the place? Name, street, occasion…"), _("Place, in your words"),
                 optional=True, limit=200, when=where.no_site),
            *where.COMMUNE_OF_SITE,
            Free("lot", _("Is there a lot number (số lô) on your slip?"), _("Lot"), optional=True, limit=40),
            Evidence("slip", _("Do you have the vaccination slip or certificate of that dose?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["dose_missing"] = fault
