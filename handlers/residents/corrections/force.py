"""A dose given in the police, the army, a prison, a rehabilitation or social-protection centre, and not on record."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice
from handlers.questions_evidence import Evidence
from handlers.questions_forces import ForceUnit
from handlers.questions_provinces import Province
from handlers.residents import given_dose, person, sending, where
from handlers.turn import Turn
from handlers.wording_urgent import FORCES
from locales import _


def fault(_turn: Turn, answers: Answers) -> Fault:
    """S4 §6 «Y tế Bộ, ngành»: its own health unit; the group is that of the form in S2."""
    site = answers.get("site") or {}
    change = {"kind": "force", "field": "dose", "old": None, "new": given_dose.dose(answers),
              "group": answers["force"]}  # fmt: skip
    return Fault("dose", "force", (change,), site=site.get("id"), province=where.told(answers)["province"])


form = register(
    Form(
        kind="force",
        title=_("Vaccinated with police, army or in a centre"),
        correction=True,
        group="dose",
        order=40,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "quân đội", "không có trong danh sách",
                 "Lào Cai", "mũi cơ bản 2", "pfizer", "12/08/2021", "FF1234", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Choice("force", _("With whom was the dose given?"), _("Given with"), tuple(FORCES.items())),
            ForceUnit("site", _("Which health unit gave it? Type part of its name."), _("Health unit")),
            Province("site_province", _("In which province was that?"), _("Province"), when=where.no_site),
            *given_dose.DOSE,
            given_dose.LOT,
            Evidence("slip", _("Do you have the vaccination slip or certificate of that dose?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["force"] = fault
