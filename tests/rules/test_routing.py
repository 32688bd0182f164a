"""Routing: the cases of the letters and of the map of 2025, as a table; and nobody is ever unroutable."""

from dataclasses import replace

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


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # corrections.md, OTHER: the head of the site, exempt or not, wherever the person lives
        (AT_BAN_CONG, Route(HANH_PHUC, ("about_the_site", "site_merged"))),
        (AT_HOSPITAL, Route(HOSPITAL, ("about_the_site",))),
        (Places(DESK, station_of_dose_commune=STATION, dose_province=DOSE_PROVINCE), Route(STATION, ("about_the_commune",))),
        (Places(DESK, dose_province=DOSE_PROVINCE, station_permanent=PERMANENT), Route(DOSE_PROVINCE, ("site_unknown",))),
        (Places(DESK, split=True, station_of_dose_commune=STATION, dose_province=DOSE_PROVINCE),
         Route(DOSE_PROVINCE, ("commune_split",))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)  # fmt: skip
def test_how_a_site_treats_people(places: Places, expected: Route) -> None:
    assert route("service", True, places) == route("service", False, places) == expected


KINDS_ON_RECORD = ("dose_wrong", "dose_duplicate", "dose_not_mine")


@pytest.mark.parametrize("kind", KINDS_ON_RECORD)
@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (AT_BAN_CONG, Route(HANH_PHUC, ("recorded_here", "site_merged"))),
        (AT_HOSPITAL, Route(HOSPITAL, ("recorded_here",))),
        (Places(DESK, station_of_dose_commune=STATION), Route(STATION, ("commune_known",))),
        (Places(DESK, split=True, dose_province=DOSE_PROVINCE), Route(DOSE_PROVINCE, ("commune_split",))),
        (Places(DESK, home_province=HOME_PROVINCE), Route(HOME_PROVINCE, ("home_province",))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)
def test_a_dose_on_record(kind: str, places: Places, expected: Route) -> None:
    for vietnamese in (True, False):
        assert route("dose", vietnamese, places, kind) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # recorded at Bản Công, given at the hospital: who made the entry changes it, who has the register reads along
        (
            replace(AT_BAN_CONG, second_today=HOSPITAL, two_sites=True),
            Route(HANH_PHUC, ("recorded_here", "site_merged", "right_site_told"), copy_to=HOSPITAL),
        ),
        # both belong to one station today
        (replace(AT_BAN_CONG, second_today=HANH_PHUC), Route(HANH_PHUC, ("recorded_here", "site_merged"))),
        # the recorded place is no unit here, or closed: S1 «cơ sở mình đã tiêm»
        (
            Places(DESK, second_today=HOSPITAL, dose_province=DOSE_PROVINCE),
            Route(HOSPITAL, ("gave_the_dose",)),
        ),
        (
            Places(DESK, site_recorded=BAN_CONG, second_today=HOSPITAL, two_sites=True),
            Route(HOSPITAL, ("gave_the_dose",)),
        ),
    ],
)
def test_the_place_of_a_dose_is_what_is_wrong(places: Places, expected: Route) -> None:
    assert route("dose", True, places, "dose_wrong") == expected


CDC, OTHER_CDC, THIRD_CDC = 20, 21, 22


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # S2 §3: two sites of one province
        (
            replace(AT_BAN_CONG, second_today=HOSPITAL, two_sites=True, cdc=CDC, cdc_second=CDC, cdc_home=THIRD_CDC),
            Route(CDC, ("two_sites",)),
        ),
        # the second is no unit here: the province of the one that is
        (replace(AT_BAN_CONG, two_sites=True, cdc=CDC), Route(CDC, ("two_sites",))),
        # two provinces: the resident's own, where it is one of them; else that of the first entry
        (
            replace(AT_BAN_CONG, second_today=HOSPITAL, two_sites=True, cdc=CDC, cdc_second=OTHER_CDC, cdc_home=OTHER_CDC),
            Route(OTHER_CDC, ("two_sites", "two_provinces"), copy_to=CDC),
        ),
        (
            replace(AT_BAN_CONG, second_today=HOSPITAL, two_sites=True, cdc=CDC, cdc_second=OTHER_CDC, cdc_home=THIRD_CDC),
            Route(CDC, ("two_sites", "two_provinces"), copy_to=OTHER_CDC),
        ),
        # nobody knows where: home
        (Places(DESK, two_sites=True, cdc_home=CDC, home_province=HOME_PROVINCE), Route(CDC, ("two_sites",))),
        (Places(DESK, two_sites=True, home_province=HOME_PROVINCE), Route(HOME_PROVINCE, ("two_sites",))),
        (Places(DESK, two_sites=True), Route(DESK, ("desk",))),
    ],
)  # fmt: skip
def test_two_sites_have_recorded_one_dose(places: Places, expected: Route) -> None:
    assert route("dose", True, places, "dose_duplicate") == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (
            replace(AT_BAN_CONG, home_province=HOME_PROVINCE, dose_province=DOSE_PROVINCE),
            Route(HOME_PROVINCE, ("joins_records",)),
        ),
        (Places(DESK, dose_province=DOSE_PROVINCE), Route(DOSE_PROVINCE, ("joins_records",))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)
def test_another_record_of_the_same_person(places: Places, expected: Route) -> None:
    for vietnamese in (True, False):
        assert route("dose", vietnamese, places, "other_record") == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # S4 §5: exempt sites sign what they injected
        (AT_HOSPITAL, Route(HOSPITAL, ("signs_the_dose",))),
        (AT_BAN_CONG, Route(HANH_PHUC, ("signs_the_dose", "site_merged"))),
        (Places(DESK, station_of_dose_commune=STATION, dose_province=DOSE_PROVINCE), Route(STATION, ("commune_known",))),
        (Places(DESK, dose_province=DOSE_PROVINCE), Route(DOSE_PROVINCE, ("province_only",))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)  # fmt: skip
def test_a_dose_that_is_not_signed(places: Places, expected: Route) -> None:
    for vietnamese in (True, False):
        assert route("dose", vietnamese, places, "not_signed") == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # corrections.md, PHONE_WRONG: the site of the last dose, exempt or not; no letter says it
        (replace(AT_BAN_CONG, station_current=CURRENT), Route(HANH_PHUC, ("last_dose_here", "site_merged"))),
        (AT_HOSPITAL, Route(HOSPITAL, ("last_dose_here",))),
        # moved away, or the site is not known: nearby, for one has to come in person
        (Places(DESK, station_current=CURRENT, station_permanent=PERMANENT), Route(CURRENT, ("lives_here",))),
        (Places(DESK, station_permanent=PERMANENT, home_province=HOME_PROVINCE), Route(PERMANENT, ("permanent_nearby",))),
        (Places(DESK, home_province=HOME_PROVINCE), Route(HOME_PROVINCE, ("residence_unknown",))),
        (Places(DESK, dose_province=DOSE_PROVINCE), Route(DOSE_PROVINCE, ("residence_unknown", "dose_province"))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)  # fmt: skip
def test_who_changes_a_phone_number(places: Places, expected: Route) -> None:
    for vietnamese in (True, False):
        assert route("dose", vietnamese, places, "phone") == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        # S1: the commune station, never the hospital
        (replace(AT_HOSPITAL, station_current=CURRENT), Route(CURRENT, ("enters_recovered",))),
        (AT_HOSPITAL, Route(PERMANENT, ("enters_recovered",))),
        (replace(AT_HOSPITAL, station_permanent=None, home_province=HOME_PROVINCE), Route(HOME_PROVINCE, ("residence_unknown",))),
        (Places(DESK, dose_province=DOSE_PROVINCE), Route(DOSE_PROVINCE, ("residence_unknown", "dose_province"))),
        (Places(DESK, site_today=HOSPITAL), Route(DESK, ("desk",))),
    ],
)  # fmt: skip
def test_who_enters_somebody_who_has_recovered(places: Places, expected: Route) -> None:
    for vietnamese in (True, False):
        assert route("dose", vietnamese, places, "f0") == expected


@pytest.mark.parametrize("kind", ["id_missing", "id_format"])
def test_an_id_number_goes_to_the_station_of_permanent_residence(kind: str) -> None:
    assert route("identity", True, AT_BAN_CONG, kind) == Route(PERMANENT, ("permanent_residence",))
    told = Route(PERMANENT, ("permanent_residence", "exempt_site"), copy_to=HOSPITAL)
    assert route("identity", True, AT_HOSPITAL, kind) == told


def test_a_passport_goes_to_the_site_without_any_police_step() -> None:
    assert route("identity", False, AT_HOSPITAL, "foreigner") == Route(HOSPITAL, ("foreigner_site",))


UNIT = st.none() | st.integers(1, 9)
KIND = st.sampled_from(["dose_missing", *KINDS_ON_RECORD, "other_record", "not_signed", "phone", "f0"])
PLACES = st.builds(
    Places, st.just(DESK), UNIT, UNIT, st.booleans(), st.booleans(), UNIT, UNIT, UNIT, UNIT, UNIT, UNIT,
    UNIT, st.booleans(), UNIT, UNIT, UNIT,
)  # fmt: skip


@given(st.sampled_from(["dose", "identity", "service"]), st.booleans(), PLACES, KIND)
def test_every_report_finds_a_unit_and_a_reason(
    axis: Axis, vietnamese: bool, places: Places, kind: str
) -> None:
    found = route(axis, vietnamese, places, kind)
    assert found.unit is not None
    assert found.reasons
    assert found.copy_to != found.unit


@given(PLACES)
def test_identity_never_goes_to_an_exempt_site(places: Places) -> None:
    found = route("identity", True, places)
    if places.site_exempt:
        assert found.unit not in (places.site_today, places.site_recorded)
        assert found.copy_to == places.site_today


@pytest.mark.parametrize(
    ("kind", "axis", "places", "expected"),
    [
        # S4 §6 «Y tế Bộ, ngành»: its own unit, or whoever finds it; a commune's station never
        ("force", "dose", AT_HOSPITAL, Route(HOSPITAL, ("force_unit",))),
        (
            "force",
            "dose",
            Places(DESK, station_of_dose_commune=STATION, dose_province=DOSE_PROVINCE),
            Route(DOSE_PROVINCE, ("force_unknown",)),
        ),
        (
            "force",
            "dose",
            Places(DESK, home_province=HOME_PROVINCE),
            Route(HOME_PROVINCE, ("force_unknown",)),
        ),
        ("force", "dose", Places(DESK), Route(DESK, ("desk",))),
        # corrections.md, AEFI: the site that gave the shot, exempt or not, and not its head alone
        ("reaction", "service", AT_HOSPITAL, Route(HOSPITAL, ("gave_the_dose",))),
        (
            "reaction",
            "service",
            Places(DESK, station_of_dose_commune=STATION),
            Route(STATION, ("commune_known",)),
        ),
        ("still_here", "dose", AT_HOSPITAL, Route(HOSPITAL, ("gave_the_dose",))),
        # SITE_TECH: the contact, never the site that reports it
        (
            "site_tech",
            "service",
            Places(DESK, site_today=HOSPITAL, second_today=STATION),
            Route(STATION, ("technical",)),
        ),
        (
            "site_tech",
            "service",
            Places(DESK, site_today=HOSPITAL, dose_province=DOSE_PROVINCE),
            Route(DESK, ("desk",)),
        ),
    ],
)
def test_what_cannot_wait_forces_and_faults(kind: str, axis: Axis, places: Places, expected: Route) -> None:
    assert route(axis, True, places, kind) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (
            Places(DESK, site_today=PERMANENT, site_recorded=PERMANENT, station_of_dose_commune=STATION),
            Route(PERMANENT, ("has_the_report",)),
        ),
        (
            Places(DESK, station_of_dose_commune=STATION, dose_province=DOSE_PROVINCE),
            Route(STATION, ("named_nearby",)),
        ),
        (
            Places(DESK, split=True, station_of_dose_commune=STATION, dose_province=DOSE_PROVINCE),
            Route(DOSE_PROVINCE, ("commune_split",)),
        ),
        (Places(DESK, dose_province=DOSE_PROVINCE), Route(DOSE_PROVINCE, ("residence_unknown",))),
        (Places(DESK, home_province=HOME_PROVINCE), Route(HOME_PROVINCE, ("residence_unknown",))),
        (Places(DESK), Route(DESK, ("desk",))),
    ],
)
def test_who_calls_back(places: Places, expected: Route) -> None:
    assert (
        route("service", True, places, "call_back")
        == route("service", False, places, "call_back")
        == expected
    )
