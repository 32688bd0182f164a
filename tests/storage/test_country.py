"""The country's communes and units as a new database gets them."""

import time
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, create_engine, func, select

from handlers.rules.deadlines import CAMPAIGNS, LADDER
from handlers.rules.names import fold
from handlers.rules.places import place_key
from storage import places, policies, units
from storage.country import load_country
from storage.country_units import UnknownProvince
from storage.tables import metadata


def load(tx: Connection, *provinces: str) -> None:
    load_country(tx, provinces, fold=fold, place_key=place_key, ladder=LADDER, campaigns=CAMPAIGNS)


def count(tx: Connection, *where: object) -> int:
    return tx.execute(select(func.count()).select_from(units.units).where(*where)).scalar_one()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def tx():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        load(connection, "15", "56")
        yield connection


def test_every_commune_of_both_lists_is_there(tx: Connection) -> None:
    counts = select(places.communes.c.list, func.count()).group_by("list").order_by("list")
    assert [tuple(row) for row in tx.execute(counts)] == [("2024", 10035), ("2025", 3321)]
    assert tx.execute(select(func.count()).select_from(places.successors)).scalar_one() == 10597
    assert len(places.provinces(tx, "2025")) == 34


def test_a_code_means_something_else_on_each_list(tx: Connection) -> None:
    old, new = places.commune(tx, "2024", "04585"), places.commune(tx, "2025", "04585")
    assert old and new
    assert (old.name, old.province) == ("Thị trấn Trạm Tấu", "Tỉnh Yên Bái")
    assert (new.name, new.province) == ("Xã Hạnh Phúc", "Tỉnh Lào Cai")
    assert [c.code for c in places.find_communes(tx, "ban cong", "2024", province_code="15")] == ["04612"]


def test_ban_cong_answers_through_hanh_phuc(tx: Connection) -> None:
    old = units.of_commune(tx, "station", "2024", "04612")
    assert old and old.name == "Trạm Y tế xã Bản Công"
    assert (old.list, old.province, old.valid_to) == ("2024", "15", date(2025, 6, 30))
    assert units.today(tx, old).name == "Trạm Y tế xã Hạnh Phúc"
    found = units.find_sites(tx, "ban cong tram tau")
    assert found[0] == old
    search = tx.execute(select(units.units.c.search).where(units.units.c.id == old.id)).scalar_one()
    assert search == "tram y te xa ban cong huyen tram tau tinh yen bai tinh lao cai"


def test_lines_up_from_a_station(tx: Connection) -> None:
    station = units.of_commune(tx, "station", "2025", "04585")
    assert station
    assert [unit.name for unit in units.lines_up(tx, station.id)] == [
        "UBND xã Hạnh Phúc",
        "Sở Y tế tỉnh Lào Cai",
        "Quản trị viên của bàn phản ánh",
    ]
    police = units.of_commune(tx, "police", "2025", "04585")
    assert police and police.name == "Công an xã Hạnh Phúc" and police.parent_id == station.parent_id


def test_a_split_commune_has_no_single_successor(tx: Connection) -> None:
    split = tx.execute(
        select(places.successors.c.code_2024)
        .join(units.units, units.units.c.ref == "station:2024:" + places.successors.c.code_2024)
        .group_by(places.successors.c.code_2024)
        .having(func.count() > 1)
    ).scalars()
    stations = [units.of_commune(tx, "station", "2024", code) for code in split]
    assert stations
    for station in stations:
        assert station and station.successor_id is None
        assert station.parent_id is not None
        assert units.get(tx, station.parent_id).kind == "health_department"


def test_every_province_has_its_department_and_cdc(tx: Connection) -> None:
    assert count(tx, units.units.c.kind == "health_department") == 34
    cdc = units.of_province(tx, "cdc", "01")
    assert cdc and cdc.name == "Trung tâm Kiểm soát bệnh tật thành phố Hà Nội"
    assert count(tx, units.units.c.kind == "station", units.units.c.province.not_in(["15", "56"])) == 0


def test_again_with_another_province_only_adds(tx: Connection) -> None:
    before = count(tx)
    changed = units.units.update().where(units.units.c.ref == "station:2025:04585").values(name="Điểm mới")
    tx.execute(changed)
    began = time.perf_counter()
    load(tx, "15", "24")
    assert time.perf_counter() - began < 5
    more = tx.execute(
        select(func.count()).select_from(places.communes).filter_by(list="2025", province_code="24")
    ).scalar_one()
    new_stations = count(tx, units.units.c.list == "2025", units.units.c.province == "24")
    assert new_stations == 3 * more
    old_stations = count(tx, units.units.c.list == "2024", units.units.c.province == "24")
    assert count(tx) == before + new_stations + old_stations
    kept = units.of_commune(tx, "station", "2025", "04585")
    assert kept and kept.name == "Điểm mới"


def test_policies_come_with_their_letters(tx: Connection) -> None:
    load(tx)
    assert [(s.rung, s.after.total_seconds() / 3600) for s in policies.ladder_of(tx, "15")] == [
        ("remind_site", 24),
        ("remind_head", 36),
        ("supervisors", 42),
        ("overdue", 48),
    ]
    assert policies.campaigns_of(tx, "56") == [
        (
            datetime(2021, 11, 25, 16, 59, 59, 999_999, UTC),
            datetime(2021, 11, 30, 16, 59, 59, tzinfo=UTC),
        )
    ]


def test_an_old_province_code_is_refused_in_one_sentence(tx: Connection) -> None:
    with pytest.raises(UnknownProvince, match="PROVINCES: 10 is not a province on the list of 2025"):
        load(tx, "10")
