"""A dose that was given and is not on record: which, of what, when; as a form asks and as a report keeps it."""

from __future__ import annotations

from typing import Any

from handlers.doses_on_record import DOSES, class_and_ordinal
from handlers.forms import Answers
from handlers.questions import Choice, Free
from handlers.questions_person import Day, dose_day
from handlers.rules.doses import VACCINES, find_vaccine
from locales import _


def _vaccine(said: str) -> str | None:
    found = find_vaccine(said)
    return found.name if found else None


DOSE = (
    Choice("dose", _("Which dose is missing?"), _("Missing dose"), DOSES),
    Choice("vaccine", _("Which vaccine was it?"), _("Vaccine"),
           (*((v.name, v.name) for v in VACCINES), ("", _("I do not remember"))), called=_vaccine),
    Day("day", _("On which day was it given? Day/month/year, for example 12/08/2021."), _("Day of the dose"), dose_day,
        optional=True, none=_("I do not remember")),
)  # fmt: skip
SITE_SAID = _("What do you remember of the place? Name, street, occasion…")
LOT = Free("lot", _("Is there a lot number (số lô) on your slip?"), _("Lot"), optional=True, limit=40)


def dose(answers: Answers) -> dict[str, Any]:
    site = answers.get("site") or {}
    return {
        "day": answers.get("day") or None,
        **class_and_ordinal(answers["dose"]),
        "vaccine": answers.get("vaccine") or None,
        "lot": answers.get("lot") or None,
        "site_id": site.get("id"),
        "site_name": site.get("name") or answers.get("site_said") or None,
    }
