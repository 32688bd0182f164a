"""Which records a claim means: every part must agree, and nobody is told whether one was found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from handlers import phones
from handlers.forms import Answers
from handlers.rules import names
from storage import people
from storage.people import Resident

ALIKE = ("exact", "possible")


def found(tx: Connection, claim: Answers) -> list[Resident]:
    """By number and birth date; or, as on the portal, by name, birth date, sex and phone (portal.md §2.1)."""
    if claim["way"] == "portal":
        return [one for one in people.with_phone(tx, claim["phone"]) if _same_person(one.details, claim)]
    same_number = people.with_number(tx, claim["number"]["value"])
    return [one for one in same_number if born_then(one.details.get("birth"), claim["birth"])]


def _same_person(details: dict[str, Any], claim: Answers) -> bool:
    return (
        born_then(details.get("birth"), claim["birth"])
        and details.get("sex") in (None, claim["sex"])
        and names.compare(str(details.get("name") or ""), claim["name"]) in ALIKE
    )


def born_then(recorded: str | None, claimed: str) -> bool:
    """A record that knows only the year agrees with any day of that year; never the other way round."""
    return bool(recorded) and (claimed == recorded or claimed.startswith(f"{recorded}-"))


def reachable(residents: list[Resident]) -> tuple[str | None, list[Resident]]:
    """The phone that a code can be sent to, and those of the records that carry it."""
    by_phone: dict[str, list[Resident]] = {}
    for one in residents:
        phone = phone_of(one.details.get("phone"))
        if phone:
            by_phone.setdefault(phone, []).append(one)
    return next(iter(by_phone.items()), (None, []))


def phone_of(text: Any) -> str | None:
    """A mobile number that can receive SMS, however the record writes it."""
    phone = phones.read_phone(str(text or ""))
    return None if isinstance(phone, str) else phone.value
