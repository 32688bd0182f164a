"""Who answers: the site for what it injected, the station of permanent residence for who a person is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Axis = Literal["dose", "identity", "service"]


@dataclass(frozen=True)
class Places:
    """The units the caller looked up for one report; None where there is none or it is not known."""

    desk: int  # the administrator's unit, so that nothing is ever unroutable
    site_today: int | None = None  # who answers now for the recorded site, after successors
    site_recorded: int | None = None
    site_exempt: bool = False
    split: bool = False  # the dose's old commune went to several, and the hamlet is not known
    station_of_dose_commune: int | None = None
    district_centre: int | None = None
    dose_province: int | None = None
    station_permanent: int | None = None
    station_current: int | None = None
    home_province: int | None = None
    second_today: int | None = None  # of Fault.second_site
    two_sites: bool = False  # the two are not one unit today
    cdc: int | None = None  # of the first site's province, of the second's, of the resident's
    cdc_second: int | None = None
    cdc_home: int | None = None


@dataclass(frozen=True)
class Route:
    """The responsible unit, why it is the one, and who only gets a copy."""

    unit: int
    reasons: tuple[str, ...]
    copy_to: int | None = None


_Choice = tuple[int | None, tuple[str, ...]]


def route(axis: Axis, vietnamese: bool, places: Places, kind: str = "") -> Route:
    """corrections.md, the two axes; S1 «kiến nghị trực tiếp cơ sở mình đã tiêm», S4 §1 for identity."""
    if kind == "other_record":
        return _joins_records(places)
    if kind == "dose_duplicate" and places.two_sites:
        return _arbiter(places)
    if kind in ("dose_wrong", "dose_duplicate", "dose_not_mine"):
        return _on_record(places)
    if kind == "not_signed":
        return _first((_site(places, "signs_the_dose"), *_without_site(places)), places.desk)
    if kind == "phone":
        return _keeps_the_phone(places)
    if kind == "f0":
        return _station(places)
    if kind == "force":
        return _force(places)
    if kind == "site_tech":
        return _first(((places.second_today, ("technical",)),), places.desk)
    if kind == "reaction":
        return _first((_site(places, "gave_the_dose"), *_without_site(places)), places.desk)
    if kind == "call_back":
        return _calls(places)
    if axis == "service":
        return _service(places)
    if axis == "dose":
        return _first((_site(places, "gave_the_dose"), *_without_site(places)), places.desk)
    if not vietnamese:
        # S1: no police step; the site answers for the passport's data, exempt or not.
        return _first((_site(places, "foreigner_site"), *_without_site(places)), places.desk)
    return _residence(places)


def _on_record(places: Places) -> Route:
    """Of a dose that is on record the recording site answers, for it made the entry and can change it; also where the
    place is what is wrong. The site that really gave it has the register, and reads along (docs/decisions/0008)."""
    found = _first(
        (
            _site(places, "recorded_here"),
            (places.second_today, ("gave_the_dose",)),
            *_without_site(places),
        ),
        places.desk,
    )
    if places.second_today in (None, found.unit, places.site_today):
        return found
    return Route(found.unit, (*found.reasons, "right_site_told"), copy_to=places.second_today)


def _arbiter(places: Places) -> Route:
    """S2 §3 «báo cáo trùng lặp»: two sites, so the provincial CDC decides. No letter has the case of two provinces: the
    resident's own where it is one of them, else that of the first entry; the other CDC reads along (docs/decisions/0008)."""
    both = [unit for unit in (places.cdc, places.cdc_second) if unit is not None]
    if len(set(both)) == 2:
        unit = places.cdc_home if places.cdc_home in both else both[0]
        return Route(unit, ("two_sites", "two_provinces"), copy_to=both[1] if unit == both[0] else both[0])
    choices = ((unit, ("two_sites",)) for unit in (*both, places.cdc_home, places.dose_province))
    return _first((*choices, (places.home_province, ("two_sites",))), places.desk)


def _joins_records(places: Places) -> Route:
    """Neither site nor station sees two records of one person: the provincial queue (docs/decisions/0003)."""
    return _first(
        (
            (places.home_province, ("joins_records",)),
            (places.dose_province, ("joins_records",)),
        ),
        places.desk,
    )


def _keeps_the_phone(places: Places) -> Route:
    """Our own recommendation, for no letter says who changes a phone number: the site of the last dose; who has moved
    away, or does not know the site, goes to the station nearby, because identity is proven there in person."""
    return _first(
        (
            _site(places, "last_dose_here"),
            (places.station_current, ("lives_here",)),
            (places.station_permanent, ("permanent_nearby",)),
            (places.home_province, ("residence_unknown",)),
            (places.dose_province, ("residence_unknown", "dose_province")),
        ),
        places.desk,
    )


def _calls(places: Places) -> Route:
    """«Nhờ gọi lại», our own: the unit that has the open report (as Places.site_today), else the station named."""
    station = None if places.split else places.station_of_dose_commune
    return _first(
        (
            (places.site_today, ("has_the_report",)),
            (station, ("named_nearby",)),
            (places.dose_province, ("commune_split",) if places.split else ("residence_unknown",)),
            (places.home_province, ("residence_unknown",)),
        ),
        places.desk,
    )


def _station(places: Places) -> Route:
    """S1 «Đối với trường hợp F0 đã khỏi bệnh, Trạm Y tế xã … chịu trách nhiệm nhập»: never a hospital or a site."""
    return _first(
        (
            (places.station_current, ("enters_recovered",)),
            (places.station_permanent, ("enters_recovered",)),
            (places.home_province, ("residence_unknown",)),
            (places.dose_province, ("residence_unknown", "dose_province")),
        ),
        places.desk,
    )


def _site(places: Places, reason: str) -> _Choice:
    merged = places.site_recorded is not None and places.site_today != places.site_recorded
    return places.site_today, (reason, "site_merged") if merged else (reason,)


def _without_site(places: Places) -> tuple[_Choice, ...]:
    """Letter 9458 (portal.md §2.4), for a report without its site; its commune case is only by analogy."""
    to_province: tuple[_Choice, ...] = (
        (places.dose_province, ("commune_split",) if places.split else ("province_only",)),
        (places.home_province, ("home_province",)),
    )
    if places.split:
        return to_province
    return (
        (places.station_of_dose_commune, ("commune_known",)),
        (places.district_centre, ("district_centre",)),
        *to_province,
    )


def _force(places: Places) -> Route:
    """S2, S4 §6: the force's own health unit, never a commune's station; where it is not known here, the province."""
    return _first(
        (
            _site(places, "force_unit"),
            (places.dose_province, ("force_unknown",)),
            (places.home_province, ("force_unknown",)),
        ),
        places.desk,
    )


def _service(places: Places) -> Route:
    """corrections.md, OTHER: the head of the site, exempt or not; where it is not known, as for a dose."""
    station = None if places.split else places.station_of_dose_commune
    return _first(
        (
            _site(places, "about_the_site"),
            (station, ("about_the_commune",)),
            (places.dose_province, ("commune_split",) if places.split else ("site_unknown",)),
            (places.home_province, ("site_unknown",)),
        ),
        places.desk,
    )


def _residence(places: Places) -> Route:
    """S4 §4: an exempt site never cleans identity data; it only learns of the case by a copy."""
    exempt = {places.site_today, places.site_recorded} if places.site_exempt else set()
    choices: tuple[_Choice, ...] = (
        (places.station_permanent, ("permanent_residence",)),
        (places.station_current, ("current_residence",)),
        (places.home_province, ("residence_unknown",)),
        (places.dose_province, ("residence_unknown", "dose_province")),
    )
    found = _first(((unit, reasons) for unit, reasons in choices if unit not in exempt), places.desk)
    if not places.site_exempt or places.site_today in (None, found.unit):
        return found
    return Route(found.unit, (*found.reasons, "exempt_site"), copy_to=places.site_today)


def _first(choices: Iterable[_Choice], desk: int) -> Route:
    for unit, reasons in choices:
        if unit is not None:
            return Route(unit, reasons)
    return Route(desk, ("desk",))
