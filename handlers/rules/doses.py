"""The vaccines used in Vietnam and the classes of dose on its papers."""

from dataclasses import dataclass

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
