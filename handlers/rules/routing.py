"""Who answers: the site for what it injected, the station of permanent residence for who a person is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Axis = Literal["dose", "identity"]


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


@dataclass(frozen=True)
class Route:
    """The responsible unit, why it is the one, and who only gets a copy."""

    unit: int
    reasons: tuple[str, ...]
    copy_to: int | None = None


_Choice = tuple[int | None, tuple[str, ...]]


def route(axis: Axis, vietnamese: bool, places: Places) -> Route:
    """corrections.md, the two axes; S1 «kiến nghị trực tiếp cơ sở mình đã tiêm», S4 §1 for identity."""
    if axis == "dose":
        return _first((_site(places, "gave_the_dose"), *_without_site(places)), places.desk)
    if not vietnamese:
        # S1: no police step; the site answers for the passport's data, exempt or not.
        return _first((_site(places, "foreigner_site"), *_without_site(places)), places.desk)
    return _residence(places)


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
