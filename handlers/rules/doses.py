"""The vaccines used in Vietnam and the classes of dose on its papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.rules.names import fold

# liều cơ bản, liều bổ sung, liều nhắc lại (43/QĐ-BYT); «mũi n» is ambiguous and is for display only.
DOSE_CLASSES = ("primary", "additional", "booster")


@dataclass(frozen=True)
class Vaccine:
    """One vaccine: its name as Vietnamese papers print it, what people call it (folded), its basic doses."""

    code: str
    name: str
    aliases: tuple[str, ...]
    primary_doses: int


# vaccines.md §5.1, after 3588/QĐ-BYT.
VACCINES = (
    Vaccine(
        "astrazeneca",
        "COVID-19 Vaccine AstraZeneca",
        ("astrazeneca", "astra zeneca", "vaxzevria", "covishield", "az"),
        2,
    ),
    Vaccine("sputnik_v", "Gam-COVID-Vac (SPUTNIK V)", ("sputnik v", "gam covid vac"), 2),
    Vaccine("comirnaty", "Comirnaty", ("comirnaty", "pfizer", "biontech"), 2),
    Vaccine("spikevax", "COVID-19 Vaccine Moderna (Spikevax)", ("moderna", "spikevax"), 2),
    Vaccine(
        "vero_cell",
        "SARS-CoV-2 Vaccine (Vero Cell), Inactivated",
        ("vero cell", "verocell", "sinopharm", "bbibp"),
        2,
    ),
    Vaccine("hayat_vax", "Hayat-Vax", ("hayat vax", "hayatvax"), 2),
    Vaccine("abdala", "Abdala", ("abdala",), 3),
    Vaccine("janssen", "Janssen", ("janssen",), 1),
    Vaccine("covaxin", "Covaxin", ("covaxin",), 2),
)


def find_vaccine(text: str) -> Vaccine | None:
    """The one vaccine this text means, by name or its first four letters; None if none or several."""
    said = fold(text)
    found = [vaccine for vaccine in VACCINES if _means(said, vaccine)]
    return found[0] if len(found) == 1 else None


def _means(said: str, vaccine: Vaccine) -> bool:
    if any(f" {alias} " in f" {said} " for alias in vaccine.aliases):
        return True
    return len(said) >= 4 and any(alias.startswith(said) for alias in vaccine.aliases)


def field_of(dose: Mapping[str, Any], field: str) -> Any:
    """One value of a dose, as it stands in a change; None where it is not known."""
    if field == "ordinal":
        return {key: dose[key] for key in ("dose_class", "ordinal")} if dose.get("ordinal") else None
    if field == "place":
        place = {key: dose.get(key) for key in ("site_id", "site_name")}
        return place if any(place.values()) else None
    return dose.get(field)


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two known values of a dose mean the same; what is not known is the same as nothing."""
    if not one or not other:
        return False
    match field:
        case "vaccine":
            return _vaccine_key(one) == _vaccine_key(other)
        case "lot":
            return _letters(one) == _letters(other)
        case "place":
            ids = one.get("site_id"), other.get("site_id")
            if None not in ids:
                return bool(ids[0] == ids[1])
            return bool(one.get("site_name")) and fold(one["site_name"]) == fold(other.get("site_name") or "")
        case "ordinal":
            return (one.get("dose_class"), one.get("ordinal")) == (
                other.get("dose_class"),
                other.get("ordinal"),
            )
    return bool(one == other)


def _vaccine_key(name: str) -> str:
    known = find_vaccine(name)
    return known.code if known else fold(name)


def _letters(lot: str) -> str:
    """A lot with or without blanks and dashes is one lot."""
    return "".join(letter for letter in lot.upper() if letter.isalnum())
