"""Routing: the cases of the letters and of the map of 2025, as a table; and nobody is ever unroutable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.routing import Axis, Places, Route, route

BAN_CONG, HANH_PHUC, HOSPITAL, STATION, TRAM_TAU_CENTRE = 1, 2, 3, 4, 5
DOSE_PROVINCE, PERMANENT, CURRENT, HOME_PROVINCE, DESK = 6, 7, 8, 9, 99

AT_BAN_CONG = Places(DESK, site_today=HANH_PHUC, site_recorded=BAN_CONG, station_permanent=PERMANENT)
AT_HOSPITAL = Places(
    DESK, site_today=HOSPITAL, site_recorded=HOSPITAL, site_exempt=True, station_permanent=PERMANENT
)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # Trạm Y tế xã Bản Công, nay thuộc xã Hạnh Phúc
        (AT_BAN_CONG, Route(HANH_PHUC, ("gave_the_dose", "site_merged"))),
        # an exempt hospital still answers for its own doses (S4, fact 4)
        (AT_HOSPITAL, Route(HOSPITAL, ("gave_the_dose",))),
        (
            Places(
                DESK,
                station_of_dose_commune=STATION,
                district_centre=TRAM_TAU_CENTRE,
                dose_province=DOSE_PROVINCE,
            ),
            Route(STATION, ("commune_known",)),
        ),
        (
            Places(DESK, district_centre=TRAM_TAU_CENTRE, dose_province=DOSE_PROVINCE),
            Route(TRAM_TAU_CENTRE, ("district_centre",)),
        ),
        (
            Places(DESK, dose_province=DOSE_PROVINCE, home_province=HOME_PROVINCE),
            Route(DOSE_PROVINCE, ("province_only",)),
        ),
        # phường Đông Hải (Phan Rang) went to two communes; without the hamlet the province decides
        (
            Places(
                DESK,
                site_recorded=BAN_CONG,
                split=True,
                station_of_dose_commune=STATION,
                district_centre=TRAM_TAU_CENTRE,
                dose_province=DOSE_PROVINCE,
            ),
            Route(DOSE_PROVINCE, ("commune_split",)),
        ),
        (Places(DESK, home_province=HOME_PROVINCE), Route(HOME_PROVINCE, ("home_province",))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)
def test_what_was_injected(places: Places, expected: Route) -> None:
    assert route("dose", True, places) == expected
    assert route("dose", False, places) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (AT_BAN_CONG, Route(PERMANENT, ("permanent_residence",))),
        # S4: exempt sites do not clean identity data; the site is told
        (AT_HOSPITAL, Route(PERMANENT, ("permanent_residence", "exempt_site"), copy_to=HOSPITAL)),
        (
            Places(DESK, site_today=HANH_PHUC, station_current=CURRENT, home_province=HOME_PROVINCE),
            Route(CURRENT, ("current_residence",)),
        ),
        (
            Places(DESK, home_province=HOME_PROVINCE, dose_province=DOSE_PROVINCE),
            Route(HOME_PROVINCE, ("residence_unknown",)),
        ),
        (
            Places(DESK, dose_province=DOSE_PROVINCE),
            Route(DOSE_PROVINCE, ("residence_unknown", "dose_province")),
        ),
        (Places(DESK), Route(DESK, ("desk",))),
        # the provincial CDC gave the dose itself: exempt, so not even as the province's queue
        (
            Places(DESK, site_today=DOSE_PROVINCE, site_exempt=True, dose_province=DOSE_PROVINCE),
            Route(DESK, ("desk", "exempt_site"), copy_to=DOSE_PROVINCE),
        ),
    ],
)
def test_who_a_vietnamese_citizen_is(places: Places, expected: Route) -> None:
    assert route("identity", True, places) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (AT_HOSPITAL, Route(HOSPITAL, ("foreigner_site",))),
        (AT_BAN_CONG, Route(HANH_PHUC, ("foreigner_site", "site_merged"))),
        (
            Places(DESK, station_of_dose_commune=STATION, station_current=CURRENT),
            Route(STATION, ("commune_known",)),
        ),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)
def test_who_a_foreigner_is(places: Places, expected: Route) -> None:
    assert route("identity", False, places) == expected


UNIT = st.none() | st.integers(1, 9)
PLACES = st.builds(
    Places, st.just(DESK), UNIT, UNIT, st.booleans(), st.booleans(), UNIT, UNIT, UNIT, UNIT, UNIT, UNIT
)


@given(st.sampled_from(["dose", "identity"]), st.booleans(), PLACES)
def test_every_report_finds_a_unit_and_a_reason(axis: Axis, vietnamese: bool, places: Places) -> None:
    found = route(axis, vietnamese, places)
    assert found.unit is not None
    assert found.reasons
    assert found.copy_to != found.unit


@given(PLACES)
def test_identity_never_goes_to_an_exempt_site(places: Places) -> None:
    found = route("identity", True, places)
    if places.site_exempt:
        assert found.unit not in (places.site_today, places.site_recorded)
        assert found.copy_to == places.site_today
