"""Whether an export that is newer than an approval shows that a dose on record was corrected, or taken away.

Wherever that cannot be said, the approval goes on waiting: nothing is opened again on a guess.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from handlers.rules.doses import field_of, same

Verdict = Literal["confirmed", "contradicted"]

# Which columns of an export tell of a field.
COLUMNS = {
    "vaccine": ("vaccine",),
    "day": ("day",),
    "lot": ("lot",),
    "ordinal": ("ordinal",),
    "place": ("site_name", "site_code"),
}


@dataclass(frozen=True)
class Doses:
    """A person's doses after an import. newer: those told since the approval, by any export; told: those that this
    very file has; left: those on record that it does not have. Each is a mapping with the fields of a dose."""

    newer: Sequence[Mapping[str, Any]] = ()
    told: Sequence[Mapping[str, Any]] = ()
    left: Sequence[Mapping[str, Any]] = ()


def dose_wrong(
    change: Mapping[str, Any], wrong: Collection[str], doses: Doses, columns: Collection[str]
) -> Verdict | None:
    """wrong: all the fields that were wrong of this dose; the others tell which dose it is."""
    field, old, new = change["field"], change.get("old"), change.get("new")
    if not set(COLUMNS[field]) & set(columns):
        return None
    shown = [field_of(dose, field) for dose in doses.told if _is_it(change["dose"], dose, wrong)]
    if any(same(field, one, new) for one in shown):
        return "confirmed"
    if field in ("day", "ordinal") and any(same(field, field_of(dose, field), new) for dose in doses.told):
        return None  # it may stand there under another number
    return "contradicted" if any(same(field, one, old) for one in shown) else None


def _is_it(known: Mapping[str, Any], dose: Mapping[str, Any], wrong: Collection[str]) -> bool:
    """By its number on the Platform, which a new date or order may change; else by date, vaccine and order."""
    if (
        known.get("dose_no")
        and dose.get("dose_no") != known["dose_no"]
        and not {"day", "ordinal"} & set(wrong)
    ):
        return False
    certain = bool(known.get("dose_no")) and dose.get("dose_no") == known["dose_no"]
    for field in ("day", "vaccine", "ordinal"):
        one, other = field_of(known, field), field_of(dose, field)
        if field in wrong or not one or not other:
            continue
        if not same(field, one, other):
            return False
        certain = certain or field in ("day", "ordinal")
    return certain


def dose_not_mine(change: Mapping[str, Any], doses: Doses) -> Verdict | None:
    """Gone: this file has all the other doses that were on record, of which there is one at least, and not this."""
    if not change["old"].get("day"):
        return None
    if any(_unchanged(change["old"], dose) for dose in doses.told):
        return "contradicted"
    if any(_alike(change["old"], dose) for dose in doses.told):
        return None  # of that day and vaccine, and yet not as it was
    others = [*change["had"], *(dose for dose in doses.left if not _alike(change["old"], dose))]
    return "confirmed" if change["had"] and _all_told(others, doses) else None


def dose_duplicate(change: Mapping[str, Any], doses: Doses) -> Verdict | None:
    """One of the two is left, and everything else is told too."""
    first, second = change["old"]
    if not first.get("day") or not second.get("day"):
        return None
    if _both(first, second, doses.told):
        return "contradicted"
    left_of_it = [dose for dose in doses.told if _alike(first, dose) or _alike(second, dose)]
    left = (dose for dose in doses.left if not _alike(first, dose) and not _alike(second, dose))
    others = [*change["had"], *left]
    return "confirmed" if len(left_of_it) == 1 and _all_told(others, doses) else None


def other_record(change: Mapping[str, Any], doses: Doses) -> Verdict | None:
    """The doses came. That they have not come yet says nothing: the province may still be at it."""
    wanted = change["new"]["doses"]
    had = change["new"]["had"]
    come = [dose for dose in doses.newer if not any(_alike(one, dose) for one in had)]
    seen = all(any(same("ordinal", one, dose) for dose in come) for one in wanted)
    return "confirmed" if wanted and seen else None


def not_signed(change: Mapping[str, Any], doses: Doses, columns: Collection[str]) -> Verdict | None:
    """Signed now, or still not; a file without that column says nothing."""
    shown = [dose.get("signed") for dose in doses.told if _is_it(change["dose"], dose, ())]
    if "signed" not in columns or not any(one is not None for one in shown):
        return None
    return "confirmed" if True in shown else "contradicted"


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same day and, where both are known, the same vaccine."""
    vaccines = one.get("vaccine"), other.get("vaccine")
    known = all(vaccines) and not same("vaccine", *vaccines)
    return bool(one.get("day")) and one.get("day") == other.get("day") and not known


def _unchanged(known: Mapping[str, Any], dose: Mapping[str, Any]) -> bool:
    """As it was, in everything that was known of it."""
    fields = (field for field in ("vaccine", "lot", "ordinal", "place") if field_of(known, field))
    return _alike(known, dose) and all(
        same(field, field_of(known, field), field_of(dose, field)) for field in fields
    )


def _both(first: Mapping[str, Any], second: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> bool:
    as_first = [n for n, dose in enumerate(told) if _unchanged(first, dose)]
    as_second = [n for n, dose in enumerate(told) if _unchanged(second, dose)]
    return any(n != m for n in as_first for m in as_second)


def _all_told(others: Sequence[Mapping[str, Any]], doses: Doses) -> bool:
    """Those without a place in this file stand there under another number: the Platform counts anew."""
    return all(any(_alike(one, dose) for dose in doses.told) for one in others)
