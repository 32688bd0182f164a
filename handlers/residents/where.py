"""Where the site was, for those who cannot name it: the commune, else the province."""

from __future__ import annotations

from typing import TypedDict

from handlers.forms import Answers
from handlers.questions_places import Commune
from handlers.questions_provinces import Province
from locales import _


def no_site(answers: Answers) -> bool:
    return answers.get("site") == {}


def _no_commune(answers: Answers) -> bool:
    return no_site(answers) and answers.get("site_place") == ""


COMMUNE_OF_SITE = (
    Commune("site_place", _("In which commune was that? Type part of its name."), _("Commune of the site"),
            _("I do not know"), when=no_site),
    Province("site_province", _("In which province was that?"), _("Province of the site"), when=_no_commune),
)  # fmt: skip


class Told(TypedDict, total=False):
    place: str | None
    province: str | None


def told(answers: Answers) -> Told:
    """What routing is told of the place: where a divided commune's site lies today, or where the site was."""
    now = (answers.get("site") or {}).get("now")
    return {
        "place": now or answers.get("site_place") or None,
        "province": answers.get("site_province") or None,
    }
