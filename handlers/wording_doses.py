"""What is wrong with doses on record, in words: for residents and staff alike."""

from __future__ import annotations

from typing import Any

from handlers import wording_changes
from handlers.rules import identity
from locales import Text, Words, _, joined, lines

OLD: dict[str, Words] = {
    "numbers": _("ID number"),
    "name": _("Name"),
    "phone": _("Phone"),
}


def wrong(one: dict[str, Any], before: dict[str, Any] | None) -> list[Text]:
    """«Ngày tiêm: 12/08/2021 → 13/08/2021»; the dose stands above the first of its changes."""
    field, old, new = one["field"], one.get("old"), one.get("new")
    told = _("{field}: {old} → {new}", field=wording_changes.FIELDS[field],
             old=wording_changes.value(field, old) if old else _("not known"),
             new=wording_changes.value(field, new) if new else _("not known"))  # fmt: skip
    head = [] if before and before.get("dose") == one["dose"] else [wording_changes.dose(one["dose"])]
    return [*(line for line in head if line), told]


def duplicate(one: dict[str, Any]) -> list[Text]:
    told: list[Text] = [_("Recorded twice:")]
    told += [joined("", "– ", wording_changes.dose(entry)) for entry in one["old"] if entry]
    if one.get("new"):
        told.append(_("The right entry: {dose}", dose=wording_changes.dose(one["new"])))
    return [*told, *_words(one)]


def not_mine(one: dict[str, Any]) -> list[Text]:
    return [_("This dose was never given: {dose}", dose=wording_changes.dose(one["old"])), *_words(one)]


def other_record(one: dict[str, Any], *, full: bool = False) -> list[Text]:
    """Under what the other record may be found: masked, unless a member of staff has asked for it in full."""
    new = one["new"]
    doses = joined(", ", *(wording_changes.dose(dose) for dose in new["doses"]))
    told: list[Text] = [_("Doses on another record: {doses}", doses=doses) if new["doses"]
                        else _("Doses on another record")]  # fmt: skip
    for name, label in OLD.items():
        known = new.get(name)
        if known:
            told.append(
                _("{field} there: {value}", field=label, value=known if full else masked(name, known))
            )
    return [*told, *_words(one)]


def masked(name: str, known: str) -> str:
    """numbers stand one after another, with commas between."""
    if name == "numbers":
        return ", ".join(identity.mask_number(number) for number in known.split(", "))
    return identity.mask_phone(known) if name == "phone" else identity.mask_name(known)


def _words(one: dict[str, Any]) -> list[Text]:
    return [_("«{words}»", words=one["words"])] if one.get("words") else []


def told(one: dict[str, Any], before: dict[str, Any] | None, *, full: bool = False) -> Text | None:
    """The lines of one change; None where it is no matter of this file."""
    match one["kind"]:
        case "dose_wrong":
            return lines(*wrong(one, before))
        case "dose_duplicate":
            return lines(*duplicate(one))
        case "dose_not_mine":
            return lines(*not_mine(one))
        case "other_record":
            return lines(*other_record(one, full=full))
    return None
