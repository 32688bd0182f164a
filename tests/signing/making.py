"""Exports of the Platform that tell of the day's doses, brought to the world's own desk; people are invented."""

from __future__ import annotations

import csv
import itertools
from datetime import date, datetime
from pathlib import Path

from bot import imports
from locales.times import ZONE
from storage import doses, people, units
from tests.imports.place import Stopped
from tests.world import KEY, World

STATION = "station:2025:04585"
COMMITTEE = "committee:2025:04585"
PROVINCE = "health_department:2025:15"
HOSPITAL = "site:demo-1"  # exempt, and signs all the same (S4)
TODAY = date(2026, 11, 20)
HEADERS = (
    "Mã đối tượng", "Họ và tên", "Ngày sinh", "Số CCCD/định danh", "Mũi số", "Vắc xin", "Ngày tiêm", "Số lô", "Cơ sở tiêm",
    "Mã cơ sở tiêm", "Đã ký",
)  # fmt: skip
_files = itertools.count()


class Settings:
    """What an import needs of them."""

    official_portal_url = "https://tiemchungcovid19.gov.vn"
    hotline = "1900 9095"
    sms_url = ""
    public_url = "http://127.0.0.1:8080"
    keep_months = 24
    zalo_oa_id = ""
    data_key = KEY

    def __init__(self, world: World) -> None:
        self.database_url = f"sqlite:///{world.path}"


def row(
    n: int,
    signed: str = "Không",
    day: date = TODAY,
    site: tuple[str, str] = ("Trạm Y tế xã Hạnh Phúc", ""),
) -> list[str]:
    """Dose 1 of person n; signed: Có, Không or nothing; site: its name and code."""
    name = "Giàng A Páo" if n == 1 else f"Giàng A Số {n}"
    number = f"0150950{n:05}"
    return [f"S{n}", name, "05/03/1995", number, "1", "Comirnaty", f"{day:%d/%m/%Y}", "FH0020", *site, signed]


def export(world: World, rows: list[list[str]], headers: tuple[str, ...] = HEADERS) -> None:
    """Imported at this moment, and as of it."""
    path = Path(world.path).parent / f"export{next(_files)}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
    as_of = world.time.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
    assert imports.main(Settings(world), path, None, as_of, clock=Stopped(world.time)) == 0


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def unit_id(world: World, ref: str) -> int:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit, ref
        return unit.id


def recorded(world: World, n: int) -> doses.Dose:
    """What the desk has of person n's dose."""
    with world.tx() as tx:
        [person] = people.with_number(tx, f"0150950{n:05}")
        return doses.of_resident(tx, person.id)[0]
