"""Facts of a dose are taken out of free words only where nothing is in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.rules import facts_said

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "dose"),
    [
        ("thiếu mũi 2", "primary:2"),
        ("m2 chua thay", "primary:2"),
        ("mui2 ko co", "primary:2"),
        ("mũi cơ bản 1", "primary:1"),
        ("mũi nhắc lại 1", "booster:1"),
        ("mũi nhắc lại", None),
        ("mũi bổ sung", "additional:1"),
        ("mũi 3", None),
        ("mũi 1 và mũi 2", None),
        ("mui 2 sau khi tiem janssen", None),
        ("tôi tiêm 2 mũi", None),
        ("", None),
    ],
)
def test_dose(words: str, dose: str | None) -> None:
    assert facts_said.dose(words) == dose


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("tiêm ngày 12/08/2021 ở trạm", "2021-08-12"),
        ("tiem 12-8-2021", "2021-08-12"),
        ("12/08/2021, đúng là 12/08/2021", "2021-08-12"),
        ("12/08/2021 ghi thành 21/08/2021", None),
        ("sinh 05/03/1950", None),
        ("tiêm 31/02/2021", None),
        ("tiêm 12/8/21", None),
        ("tiêm 12/08/2031", None),
        ("tháng 8 năm 2021", None),
        ("số 112/08/20215", None),
    ],
)
def test_day(words: str, day: str | None) -> None:
    assert facts_said.day(words, TODAY) == day


def test_vaccine() -> None:
    assert facts_said.vaccine("tiem pfizer mui 2") == "Comirnaty"
    assert facts_said.vaccine("tiem pfizer ma ghi astra zeneca") is None
