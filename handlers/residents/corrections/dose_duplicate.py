"""One dose that stands on the record twice."""

from __future__ import annotations

from typing import Any

from handlers.doses_on_record import beside, dose_of
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice, Free
from handlers.questions_doses import (
    OneOf,
    Recorded,
    as_described,
    described,
    description,
    proven,
    reported,
)
from handlers.questions_evidence import Evidence
from handlers.questions_places import Site
from handlers.residents import person, sending, where
from handlers.rules.names import fold
from handlers.turn import Turn
from locales import _


def _chosen(answers: Answers) -> bool:
    return proven(answers) and bool(answers.get("doses"))


def _elsewhere(answers: Answers) -> bool:
    return described(answers) and answers.get("second") == "other"


def fault(turn: Turn, answers: Answers) -> Fault:
    """The recording site; of two sites the provincial CDC decides between them (S2 §3 «báo cáo trùng lặp»)."""
    if described(answers):
        first = as_described(answers)
        other = answers.get("second_site") or {}
        second = {"site_id": other.get("id"), "site_name": other.get("name")} if _elsewhere(answers) else {}
        told, apart = where.told(answers), _elsewhere(answers) and not (other and first["site_id"])
    else:
        first, second = reported(turn, answers)
        told, apart = {}, _apart(first, second)
    keep = answers.get("keep")
    change = {
        "kind": "dose_duplicate", "field": "twice", "dose": first, "old": [first, second],
        "new": dose_of(turn, keep) if keep else None, "words": answers.get("said") or None,
        "had": beside(turn, answers),
    }  # fmt: skip
    sites = [dose["site_id"] for dose in (first, second) if dose.get("site_id")] or [None]
    return Fault(
        "dose", "dose_duplicate", (change,), site=sites[0], second_site=sites[1] if len(sites) > 1 else None,
        apart=apart, **told,
    )  # fmt: skip


def _apart(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Two places by their names, where the map does not know both of them."""
    known = [dose for dose in (first, second) if dose.get("site_id")]
    names = {fold(dose["site_name"]) for dose in (first, second) if dose.get("site_name")}
    return len(known) < 2 and len(names) > 1


form = register(
    Form(
        kind="dose_duplicate",
        title=_("A dose recorded twice"),
        correction=True,
        group="dose",
        order=10,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi cơ bản 2",
                 "12/08/2021", "ban cong", "1", "1", "bỏ qua", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Recorded("doses", _("Which two entries are one and the same dose?"), _("Recorded twice"), (), when=proven,
                     wanted=2),
            *description(_("Which dose is recorded twice?"), _("Recorded twice")),
            Choice("second", _("Is the second entry at the same site?"), _("Second entry"),
                   (("same", _("The same site")), ("other", _("Another site")), ("", _("I am not sure"))), when=described),
            Site("second_site", _("Which site does the second entry show? Type part of the site's name."),
                 _("Site of the second entry"), when=_elsewhere),
            OneOf("keep", _("Which of the two is right?"), _("Right entry"), (), when=_chosen),
            Free("said", _("Is there anything the site should know about it?"), _("In your words"), optional=True, limit=500),
            Evidence("slip", _("Do you have the vaccination slip, or another paper that shows the right data?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["dose_duplicate"] = fault
