"""Whether an export that is newer than an approval shows what was approved."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from handlers.rules import confirmation_doses
from handlers.rules.confirmation_doses import Doses, Verdict
from handlers.rules.doses import same
from handlers.rules.names import tone_key

NUMBERS = ("national_id", "old_id", "passport")


def verdict(
    changes: Sequence[Mapping[str, Any]],
    details: Mapping[str, Any],
    doses: Doses,
    columns: Collection[str],
    doses_told: bool,
) -> Verdict | None:
    """Confirmed: every change is seen; contradicted: one still shows the old value; None: cannot be said.

    `details` and `doses` are the export's, `columns` those it had, `doses_told` whether it told of all of this
    person's doses. A partial export says nothing of what it leaves out.
    """
    wrong = [change["field"] for change in changes]
    found = [_one(change, wrong, details, doses, columns, doses_told) for change in changes]
    if "contradicted" in found:
        return "contradicted"
    return None if None in found or not found else "confirmed"


def _one(
    change: Mapping[str, Any],
    wrong: Sequence[str],
    details: Mapping[str, Any],
    doses: Doses,
    columns: Collection[str],
    doses_told: bool,
) -> Verdict | None:
    match change["kind"]:
        case "dose_missing" | "still_here" | "force":
            return _dose(change, doses, doses_told)
        case "dose_wrong":
            return confirmation_doses.dose_wrong(change, wrong, doses, columns)
        case "dose_not_mine":
            return confirmation_doses.dose_not_mine(change, doses)
        case "dose_duplicate":
            return confirmation_doses.dose_duplicate(change, doses)
        case "other_record":
            return confirmation_doses.other_record(change, doses)
        case "not_signed":
            return confirmation_doses.not_signed(change, doses, columns)
    return _personal(change, details, columns)


def _dose(change: Mapping[str, Any], doses: Doses, told: bool) -> Verdict | None:
    if any(_same_dose(change["new"], dose.get("day"), dose.get("vaccine")) for dose in doses.newer):
        return "confirmed"
    return "contradicted" if told else None


def _same_dose(wanted: Mapping[str, Any], day: str | None, vaccine: str | None) -> bool:
    if not day or not day.startswith(str(wanted.get("day") or "?")):
        return False
    return not (vaccine and wanted.get("vaccine")) or same("vaccine", vaccine, wanted["vaccine"])


def _personal(
    change: Mapping[str, Any], details: Mapping[str, Any], columns: Collection[str]
) -> Verdict | None:
    field = change["field"]
    if not set(NUMBERS if field == "number" else (field,)) & set(columns):
        return None
    shown = [details.get(kind) for kind in (NUMBERS if field == "number" else (field,))]
    old, new = change.get("old"), change.get("new")
    if any(value and _same(field, value, new) for value in shown):
        return "confirmed"
    # The old value is unknown where the resident had no record to show; then anything but the new one is old.
    if not old or _same(field, old, new) or any(value and _same(field, value, old) for value in shown):
        return "contradicted"
    return None


def _same(field: str, shown: Any, wanted: Any) -> bool:
    if field == "name":
        return tone_key(str(shown)) == tone_key(str(wanted))
    if field == "birth":
        return str(shown).startswith(str(wanted))  # asked for by year only: any day of that year
    return bool(shown == wanted)
