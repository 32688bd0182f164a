"""Vaccines: what people call them leads to one, or to none."""

import pytest

from handlers.rules.doses import DOSE_CLASSES, VACCINES, find_vaccine
from handlers.rules.names import fold


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("COVID-19 Vaccine Astrazeneca", "astrazeneca"),
        ("az", "astrazeneca"),
        ("Astra Zeneca", "astrazeneca"),
        ("vắc xin Covishield", "astrazeneca"),
        ("Pfizer-BioNTech", "comirnaty"),
        ("pfiz", "comirnaty"),
        ("Spikevax", "spikevax"),
        ("Vero Cell của Sinopharm", "vero_cell"),
        ("SARS-CoV-2 Vaccine (Vero Cell), Inactivated", "vero_cell"),
        ("Hayat Vax", "hayat_vax"),
        ("Sputnik", "sputnik_v"),
        ("ABDALA", "abdala"),
        ("Sputnik Light", None),
        ("COVID-19 Vaccine", None),
        ("AstraZeneca hoặc Pfizer", None),
        ("pf", None),
        ("", None),
    ],
)
def test_find_vaccine(text: str, code: str | None) -> None:
    found = find_vaccine(text)
    assert (found.code if found else None) == code


def test_every_vaccine_answers_to_its_name_and_aliases() -> None:
    for vaccine in VACCINES:
        assert [find_vaccine(said) for said in (vaccine.name, *vaccine.aliases)] == [vaccine] * (
            1 + len(vaccine.aliases)
        )
        assert all(alias == fold(alias) for alias in vaccine.aliases)


def test_only_abdala_needs_three_basic_doses() -> None:
    assert [v.code for v in VACCINES if v.primary_doses == 3] == ["abdala"]
    assert len({v.code for v in VACCINES}) == len(VACCINES)
    assert DOSE_CLASSES == ("primary", "additional", "booster")
