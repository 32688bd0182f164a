"""Whether an export that is newer than an approval shows what was approved."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from handlers.rules.doses import find_vaccine
from handlers.rules.names import fold, tone_key

Verdict = Literal["confirmed", "contradicted"]

NUMBERS = ("national_id", "old_id", "passport")


def verdict(
    changes: Sequence[Mapping[str, Any]],
    details: Mapping[str, Any],
    doses: Sequence[tuple[str | None, str | None]],
    columns: Collection[str],
    doses_told: bool,
) -> Verdict | None:
    """Confirmed: every change is seen; contradicted: one still shows the old value; None: cannot be said.

    `details` and `doses` (ISO day, vaccine) are the export's, `columns` those it had, `doses_told` whether it
    told of this person's doses at all. A partial export says nothing of what it leaves out.
    """
    found = [
        _dose(change, doses, doses_told)
        if change["kind"] == "dose_missing"
        else _personal(change, details, columns)
        for change in changes
    ]
    if "contradicted" in found:
        return "contradicted"
    return None if None in found or not found else "confirmed"


def _dose(
    change: Mapping[str, Any], doses: Sequence[tuple[str | None, str | None]], told: bool
) -> Verdict | None:
    if any(_same_dose(change["new"], day, vaccine) for day, vaccine in doses):
        return "confirmed"
    return "contradicted" if told else None


def _same_dose(wanted: Mapping[str, Any], day: str | None, vaccine: str | None) -> bool:
    if not day or not day.startswith(str(wanted.get("day") or "?")):
        return False
    return not (vaccine and wanted.get("vaccine")) or _vaccine(vaccine) == _vaccine(wanted["vaccine"])


def _vaccine(name: str) -> str:
    known = find_vaccine(name)
    return known.code if known else fold(name)


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
