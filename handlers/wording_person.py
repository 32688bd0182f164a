"""What is wrong about a person or a signature, in words: phone numbers, recovery from COVID-19, doses not signed."""

from __future__ import annotations

from typing import Any

from handlers import wording_changes
from handlers.rules import days, identity
from locales import Text, Words, _, lines

TROUBLE: dict[str, Words] = {
    "lost": _("The old number is lost"),
    "wrong": _("The number on record is wrong"),
    "no_code": _("No code arrives"),
}


def told(one: dict[str, Any], *, full: bool = False) -> Text | None:
    """The lines of one change; None where it is no matter of this file."""
    match one["kind"]:
        case "phone":
            return lines(TROUBLE.get(one.get("trouble") or ""), _phone(one, full))
        case "f0":
            return _recovered(one["new"])
        case "not_signed":
            known = any(value for name, value in one["dose"].items() if name != "site_id")
            return (
                _("Not signed: {dose}", dose=wording_changes.dose(one["dose"])) if known else _("Not signed")
            )
    return None


def _phone(one: dict[str, Any], full: bool) -> Text:
    old, new = ((one.get(side) if full else identity.mask_phone(one[side])) if one.get(side) else None
                for side in ("old", "new"))  # fmt: skip
    return _("Phone: {old} → {new}", old=old or _("not known"), new=new)


def _recovered(new: dict[str, Any]) -> Text:
    positive, recovered = (
        days.Day.of(new[name]).text() if new.get(name) else None for name in ("positive", "recovered")
    )
    return lines(
        _("Recovered from COVID-19, not on record"),
        _("Positive test: {day}", day=positive) if positive else None,
        _("Recovered: {day}", day=recovered) if recovered else None,
    )
