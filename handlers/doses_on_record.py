"""Doses that stand on a record which this chat has proven: as answers name them, and as a report keeps them."""

from __future__ import annotations

from typing import Any

from handlers import wording_changes
from handlers.forms import Answers
from handlers.turn import Turn
from locales import Text, _, joined
from storage import doses, people

DOSES = (
    ("primary:1", _("Primary, dose 1")),
    ("primary:2", _("Primary, dose 2")),
    ("primary:3", _("Primary, dose 3 (Abdala)")),
    ("additional:1", _("Additional dose")),
    ("booster:1", _("Booster, dose 1")),
    ("booster:2", _("Booster, dose 2")),
    ("unknown", _("I am not sure")),
)


def class_and_ordinal(said: str) -> dict[str, Any]:
    """«booster:2» as the fields of a dose; both None where the resident is not sure."""
    dose_class, _colon, ordinal = said.partition(":")
    return {"dose_class": dose_class if ordinal else None, "ordinal": int(ordinal) if ordinal else None}


def as_field(field: str, value: Any) -> Any:
    """An answer in the shape that this field of a dose has in a change."""
    if field == "ordinal":
        found = class_and_ordinal(value or "")
        return found if found["ordinal"] else None
    if field == "place":
        return {"site_id": value["id"], "site_name": value["name"]} if value else None
    return value or None


def snapshot(dose: doses.Dose) -> dict[str, Any]:
    """The dose as it was on record when it was reported; an import is compared with this later."""
    return {
        "dose_no": dose.dose_no,
        "dose_class": dose.dose_class,
        "ordinal": dose.ordinal,
        "vaccine": dose.vaccine,
        "day": dose.day.isoformat() if dose.day else None,
        "lot": dose.lot,
        "site_id": dose.site_id,
        "site_name": dose.site_name,
    }


def label(dose: dict[str, Any]) -> Text:
    """«Mũi cơ bản 2 · Comirnaty · 12/08/2021 · Trạm Y tế xã Bản Công»."""
    called = dict(DOSES).get(f"{dose.get('dose_class')}:{dose.get('ordinal')}")
    rest = {
        key: value for key, value in dose.items() if key not in ("dose_class", "ordinal", "dose_no", "lot")
    }
    if called is None:
        return wording_changes.dose({**dose, "lot": None}, " · ")
    return joined(" · ", called, wording_changes.dose(rest, " · ")) if any(rest.values()) else called


def on_record(turn: Turn, who: str) -> dict[str, dict[str, Any]]:
    """«RESIDENT:DOSE» -> the dose, of a record that this chat has proven; any other is empty."""
    mine = next((one for one in people.linked(turn.tx, turn.talk.id) if str(one.id) == who), None)
    found = doses.of_resident(turn.tx, mine.id) if mine else []
    return {f"{who}:{dose.dose_no}": snapshot(dose) for dose in found}


def dose_of(turn: Turn, value: str) -> dict[str, Any]:
    """The dose with this value; only its number where an import took it away meanwhile."""
    who, _colon, number = value.partition(":")
    return on_record(turn, who).get(value) or {"dose_no": int(number)}


def beside(turn: Turn, answers: Answers) -> list[dict[str, Any]]:
    """The other doses on record: an export that has all of them and not these tells of the whole record."""
    chosen = answers.get("doses") or []
    found = on_record(turn, str(answers.get("who")))
    return [dose for value, dose in found.items() if value not in chosen] if chosen else []


def prefilled(turn: Turn, who: str, dose_no: str) -> Answers:
    """The dose whose button was pressed below the record."""
    value = f"{who}:{dose_no}"
    return {"doses": [value]} if value in on_record(turn, who) else {}
