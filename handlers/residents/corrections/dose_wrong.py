"""A dose that is on record with something wrong: its vaccine, date, lot, number or place."""

from __future__ import annotations

from typing import Any

from handlers.doses_on_record import DOSES, as_field
from handlers.faults import Fault
from handlers.forms import Answers, Form, When, register
from handlers.questions import Choice, Free, Many
from handlers.questions_doses import (
    AT_MOST,
    Recorded,
    described,
    description,
    proven,
    reported,
)
from handlers.questions_each import OfEach, of_slot
from handlers.questions_evidence import Evidence
from handlers.questions_person import Day, dose_day
from handlers.questions_places import Site
from handlers.residents import person, sending, where
from handlers.rules.doses import VACCINES, field_of, find_vaccine
from handlers.turn import Turn
from handlers.wording_changes import FIELDS
from locales import _

WRONG = tuple((field, FIELDS[field]) for field in ("vaccine", "day", "lot", "ordinal", "place"))
UNKNOWN = _("I do not remember")


def _asked(field: str) -> When:
    return lambda answers: field in answers.get("wrong", ())


def _named_freely(answers: Answers) -> bool:
    return _asked("place")(answers) and answers.get("right_place") == {}


def _vaccine(said: str) -> str | None:
    found = find_vaccine(said)
    return found.name if found else None


def _of_each(slot: int) -> tuple[OfEach, ...]:
    return (
        OfEach(Many("wrong", _("What is wrong with this dose? You can choose several."), _("Wrong about it"), WRONG), slot),
        OfEach(Choice("right_vaccine", _("Which vaccine was it really?"), _("Right vaccine"),
                      (*((v.name, v.name) for v in VACCINES), ("", UNKNOWN)), _asked("vaccine"), _vaccine), slot, "vaccine"),
        OfEach(Day("right_day", _("On which day was it really given? Day/month/year, for example 12/08/2021."), _("Right date"), dose_day,
                   optional=True, none=UNKNOWN, when=_asked("day")), slot, "day"),
        OfEach(Free("right_lot", _("What is the right lot number (số lô)? It stands on the slip."), _("Right lot"),
                    optional=True, limit=40, when=_asked("lot")), slot, "lot"),
        OfEach(Choice("right_ordinal", _("Which dose is it really?"), _("Right number of the dose"), DOSES,
                      _asked("ordinal")), slot, "ordinal"),
        OfEach(Site("right_place", _("Where was it really given? Type part of the site's name."), _("Right site"),
                    _asked("place")), slot, "place"),
        OfEach(Free("right_place_said", _("What do you remember of the place? Name, street, occasion…"),
                    _("Right place, in your words"), optional=True, limit=200, when=_named_freely), slot),
    )  # fmt: skip


def faults(turn: Turn, answers: Answers) -> list[Fault]:
    """One ticket per dose, at the site that is on record for it; of a wrong place the right site gets a copy."""
    told = where.told(answers) if described(answers) else {}
    return [_fault(dose, of_slot(answers, slot), told) for slot, dose in enumerate(reported(turn, answers))]


def _fault(dose: dict[str, Any], answers: Answers, told: where.Told) -> Fault:
    changes = tuple(
        {"kind": "dose_wrong", "field": field, "old": field_of(dose, field), "new": _right(answers, field), "dose": dose}
        for field in answers["wrong"]
    )  # fmt: skip
    right = (answers.get("right_place") or {}).get("id")
    return Fault("dose", "dose_wrong", changes, site=dose.get("site_id"), second_site=right, **told)


def _right(answers: Answers, field: str) -> Any:
    value = as_field(field, answers.get(f"right_{field}"))
    said = answers.get("right_place_said")
    return {"site_id": None, "site_name": said} if field == "place" and not value and said else value


form = register(
    Form(
        kind="dose_wrong",
        title=_("Wrong dose data"),
        correction=True,
        group="top",
        order=2,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi cơ bản 2",
                 "12/08/2021", "ban cong", "1", "2", "xong", "13/08/2021", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Recorded("doses", _("Which dose is wrong? You can choose several."), _("Wrong dose"), (), when=proven),
            *description(_("Which dose is wrong?"), _("Wrong dose")),
            *(question for slot in range(AT_MOST) for question in _of_each(slot)),
            Evidence("slip", _("Do you have the vaccination slip, or another paper that shows the right data?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["dose_wrong"] = faults
