"""Finding who answers: looks up the units that the routing rule chooses from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from handlers.faults import Fault
from handlers.rules.places import who_answers
from handlers.rules.routing import Places, Route, route
from storage import doses, places, units

ONE_TICKET_PER_DOSE = ("dose_wrong", "dose_duplicate", "dose_not_mine")


def route_of(
    tx: Connection, fault: Fault, about: dict[str, Any], today: date, resident_id: int | None = None
) -> Route:
    """The one unit that answers for this fault today, and why."""
    places = candidates(tx, fault, about, today, resident_id)
    found = route(fault.axis, not about.get("foreign"), places, fault.kind)
    if found.reasons == ("residence_unknown",) and _commune_split(tx, about.get("permanent")):
        return replace(found, reasons=("commune_split",))  # the residence was told, on the old map
    return found


def candidates(
    tx: Connection, fault: Fault, about: dict[str, Any], today: date, resident_id: int | None
) -> Places:
    site = _site(tx, fault, resident_id)
    second = units.get(tx, fault.second_site) if fault.second_site is not None else None
    now = units.today(tx, site) if site else None
    second_now = units.today(tx, second) if second else None
    part = _station(tx, fault.place)
    if now and part and is_split(tx, now):
        now = units.get(tx, part)  # the resident knew which part of the old commune it was
    split = is_split(tx, now) if now else _commune_split(tx, fault.place)
    two = fault.apart or bool(now and second_now and now.id != second_now.id)
    if now and now.valid_to and (split or now.valid_to < today):
        now = None  # closed, and nobody succeeds; or the old commune went to several
    if second_now and second_now.valid_to and (is_split(tx, second_now) or second_now.valid_to < today):
        second_now = None
    province = fault.province or _province(tx, fault.place) or (site.province if site else None)
    home = _province(tx, about.get("permanent")) or _province(tx, about.get("current"))
    return Places(
        desk=units.desk(tx).id,
        site_today=now.id if now else None,
        site_recorded=site.id if site else None,
        site_exempt=bool(now and (now.exempt or now.kind == "force")),
        split=split,
        station_of_dose_commune=part,
        district_centre=_district_centre(tx, fault.place),
        dose_province=_provincial_queue(tx, province),
        station_permanent=_station(tx, about.get("permanent")),
        station_current=_station(tx, about.get("current")),
        home_province=_provincial_queue(tx, home),
        second_today=second_now.id if second_now else None,
        two_sites=two,
        cdc=_cdc(tx, province),
        cdc_second=_cdc(tx, second.province) if second else None,
        cdc_home=_cdc(tx, home),
    )


def _site(tx: Connection, fault: Fault, resident_id: int | None) -> units.Unit | None:
    """The site named in the report; for a person's own data, the site of the last recorded dose."""
    if fault.site is not None:
        return units.get(tx, fault.site)
    if fault.axis == "identity" and resident_id is not None:
        recorded = [dose.site_id for dose in doses.of_resident(tx, resident_id) if dose.site_id]
        return units.get(tx, recorded[-1]) if recorded else None
    return None


def is_split(tx: Connection, unit: units.Unit) -> bool:
    """A station of the old map that no single one succeeds."""
    return unit.kind == "station" and unit.list == "2024" and unit.successor_id is None


def communes_today(tx: Connection, place: str | None) -> tuple[str, ...]:
    """The commune's codes on the 2025 list; several where it was split."""
    if not place:
        return ()
    list_, code = place.split(":")
    return (code,) if list_ == "2025" else who_answers(places.successors_of(tx, code)).codes


def _commune_split(tx: Connection, place: str | None) -> bool:
    return len(communes_today(tx, place)) > 1


def _station(tx: Connection, place: str | None) -> int | None:
    codes = communes_today(tx, place)
    unit = units.of_commune(tx, "station", "2025", codes[0]) if len(codes) == 1 else None
    return unit.id if unit else None


def _province(tx: Connection, place: str | None) -> str | None:
    codes = communes_today(tx, place)
    found = places.commune(tx, "2025", codes[0]) if codes else None
    return found.province_code if found else None


def _district_centre(tx: Connection, place: str | None) -> int | None:
    """The district's health centre, where the commune stood in a district and the desk knows such a centre."""
    list_, _colon, code = (place or "").partition(":")
    found = places.commune(tx, list_, code) if code else None
    province = _province(tx, place)
    if found is None or not found.district or province is None:
        return None
    unit = units.of_district(tx, "district_centre", province, found.district)
    return unit.id if unit else None


def _provincial_queue(tx: Connection, province: str | None) -> int | None:
    """Letter 9458 lets Sở Y tế or the CDC handle these; the desk uses Sở Y tế (docs/decisions)."""
    unit = units.of_province(tx, "health_department", province) if province else None
    return unit.id if unit else None


def _cdc(tx: Connection, province: str | None) -> int | None:
    unit = units.of_province(tx, "cdc", province) if province else None
    return unit.id if unit else None


def grouped(found: Iterable[tuple[Fault, Route]]) -> list[tuple[list[Fault], Route]]:
    """Faults of one kind that go to one unit become one ticket; of doses on record each is its own (corrections.md)."""
    groups: dict[tuple[str, int, int], tuple[list[Fault], Route]] = {}
    for number, (fault, to) in enumerate(found):
        own = number if fault.kind in ONE_TICKET_PER_DOSE else -1
        groups.setdefault((fault.kind, to.unit, own), ([], to))[0].append(fault)
    return list(groups.values())
