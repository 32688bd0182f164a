"""Who answers, looked up in the real map: merged and closed hospitals, parks, forces, districts, split communes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from handlers.faults import Fault
from handlers.finding import grouped, route_of
from handlers.rules.routing import Route
from storage import units
from tests.world import World

TODAY = date(2026, 11, 20)
BAN_CONG, DONG_HAI = "2024:04612", "2024:22768"  # merged into Hạnh Phúc; divided between two


def unit(world: World, ref: str, kind: str = "hospital", **given: Any) -> int:
    """An invented unit in Lào Cai."""
    row = {"ref": ref, "kind": kind, "name": ref, "search": ref, "province": "15", **given}
    with world.tx() as tx:
        return int(tx.execute(insert(units.units).values(**row).returning(units.units.c.id)).scalar_one())


def found(
    world: World, axis: Any = "dose", about: dict[str, Any] | None = None, **fault: Any
) -> tuple[str, Route]:
    """(the unit's ref, the route)."""
    with world.tx() as tx:
        kind = fault.pop("kind", "dose_missing")
        route = route_of(tx, Fault(axis, kind, (), **fault), about or {}, TODAY)
        return units.get(tx, route.unit).ref, route


def test_a_merged_hospital_is_its_successors_also_twice_over(world: World) -> None:
    last = unit(world, "site:c")
    middle = unit(world, "site:b", successor_id=last, valid_to=date(2025, 6, 30))
    first = unit(world, "site:a", successor_id=middle, valid_to=date(2023, 1, 1))
    ref, route = found(world, site=first)
    assert ref == "site:c" and route.reasons == ("gave_the_dose", "site_merged")


def test_a_hospital_closed_without_successor_leaves_it_to_its_province(world: World) -> None:
    closed = unit(world, "site:closed", valid_to=date(2024, 12, 31))
    ref, route = found(world, site=closed)
    assert ref == "health_department:2025:15" and route.reasons == ("province_only",)
    still_open = unit(world, "site:closing", valid_to=date(2026, 12, 31))
    assert found(world, site=still_open)[0] == "site:closing"


@pytest.mark.parametrize(("kind", "exempt"), [("centre", False), ("force", True), ("hospital", True)])
def test_whoever_gave_the_dose_answers_for_it_exempt_or_not(world: World, kind: str, exempt: bool) -> None:
    site = unit(world, "site:x", kind, exempt=exempt)
    assert found(world, site=site)[0] == "site:x"


def test_identity_goes_to_the_station_of_residence_never_to_an_exempt_site(world: World) -> None:
    site = unit(world, "site:x", exempt=True)
    ref, route = found(world, "identity", {"permanent": BAN_CONG}, site=site)
    assert ref == "station:2025:04585" and route.copy_to == site
    assert found(world, "identity", {"permanent": "2025:04585", "foreign": True}, site=site)[0] == "site:x"


def test_commune_then_district_then_province(world: World) -> None:
    assert found(world, place=BAN_CONG)[0] == "station:2025:04585"
    assert found(world, place="2024:00001")[0] == "health_department:2025:01"  # Hà Nội is not served here
    unit(world, "district:hn", "district_centre", province="01", district="Quận Ba Đình")
    ref, route = found(world, place="2024:00001")
    assert ref == "district:hn" and route.reasons == ("district_centre",)
    assert found(world, province="15")[0] == "health_department:2025:15"


def test_a_divided_commune_is_the_provinces_until_somebody_knows_the_part(world: World) -> None:
    with world.tx() as tx:
        station = units.by_ref(tx, "station:" + DONG_HAI)
        assert station and station.successor_id is None
    ref, route = found(world, site=station.id)
    assert ref == "health_department:2025:56" and route.reasons == ("commune_split",)


def test_nothing_known_is_the_desks_and_never_lost(world: World) -> None:
    for axis in ("dose", "identity"):
        ref, route = found(world, axis)
        assert ref == "desk" and route.reasons == ("desk",)


def test_one_dose_twice_at_stations_that_are_one_today_is_that_stations(world: World) -> None:
    with world.tx() as tx:
        old, today = units.by_ref(tx, "station:" + BAN_CONG), units.by_ref(tx, "station:2025:04585")
        assert old and today
    ref, route = found(world, kind="dose_duplicate", site=old.id, second_site=today.id)
    assert ref == "station:2025:04585" and route.reasons == ("recorded_here", "site_merged")


def test_one_dose_at_two_sites_is_the_cdcs(world: World) -> None:
    here, there = unit(world, "site:x"), unit(world, "site:y")
    ref, route = found(world, kind="dose_duplicate", site=here, second_site=there)
    assert ref == "cdc:2025:15" and route.copy_to is None
    assert found(world, kind="dose_duplicate", site=here, apart=True)[0] == "cdc:2025:15"
    assert found(world, kind="dose_duplicate", province="24", apart=True)[0] == "cdc:2025:24"


def test_of_two_provinces_the_residents_own_cdc_has_it_and_the_other_reads_along(world: World) -> None:
    here, there = unit(world, "site:x"), unit(world, "site:y", province="24")
    at_home = {"permanent": "2025:04585"}
    ref, route = found(world, about=at_home, kind="dose_duplicate", site=there, second_site=here)
    with world.tx() as tx:
        assert route.copy_to and units.get(tx, route.copy_to).ref == "cdc:2025:24"
    assert ref == "cdc:2025:15" and "two_provinces" in route.reasons
    assert found(world, kind="dose_duplicate", site=there, second_site=here)[0] == "cdc:2025:24"


def test_a_wrong_place_is_the_recording_sites_and_a_closed_one_leaves_it_to_the_right_one(
    world: World,
) -> None:
    recorded, right = unit(world, "site:x"), unit(world, "site:y")
    ref, route = found(world, kind="dose_wrong", site=recorded, second_site=right)
    assert ref == "site:x" and route.copy_to == right
    closed = unit(world, "site:closed", valid_to=date(2024, 12, 31))
    assert found(world, kind="dose_wrong", site=closed, second_site=right)[0] == "site:y"


def test_another_record_is_the_home_provinces(world: World) -> None:
    at_home = {"permanent": BAN_CONG}
    ref, route = found(world, about=at_home, kind="other_record")
    assert ref == "health_department:2025:15" and route.reasons == ("joins_records",)
    assert (
        found(world, about={"foreign": True}, kind="other_record", province="24")[0]
        == "health_department:2025:24"
    )


def test_doses_on_record_have_a_ticket_each_and_missing_ones_share_one() -> None:
    here = Route(1, ("recorded_here",))
    kinds = ("dose_wrong", "dose_wrong", "dose_missing", "dose_missing", "personal")
    made = grouped((Fault("dose", kind, ()), here) for kind in kinds)
    assert [[fault.kind for fault in group] for group, _to in made] == [
        ["dose_wrong"], ["dose_wrong"], ["dose_missing", "dose_missing"], ["personal"]
    ]  # fmt: skip
