"""Which units the map itself gives: Sở Y tế and CDC per province; per commune committee, station, police."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.places import communes, successors

OLD_MAP_ENDED = date(2025, 6, 30)

_OF_COMMUNE = {"committee": "UBND", "station": "Trạm Y tế", "police": "Công an"}


class UnknownProvince(ValueError):
    """A code that is not one of the 34 provinces since 1 July 2025."""


@dataclass(frozen=True)
class Given:
    """A unit as the map gives it; parent and successor by ref, for their ids are not known yet."""

    ref: str
    kind: str
    name: str
    search: str
    parent: str | None = None
    list: str | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None
    successor: str | None = None
    valid_to: date | None = None

    def row(self, ids: dict[str, int]) -> dict[str, Any]:
        plain = {k: v for k, v in self.__dict__.items() if k not in ("parent", "successor")}
        return {
            **plain,
            "parent_id": ids[self.parent] if self.parent else None,
            "successor_id": ids[self.successor] if self.successor else None,
            "exempt": False,
        }


def levels(tx: Connection, provinces: Sequence[str], fold: Callable[[str], str]) -> Iterator[list[Given]]:
    """Superiors before those under them, today's stations before those that they succeed."""
    new = tx.execute(select(communes).where(communes.c.list == "2025").order_by(communes.c.code)).all()
    names = {row.province_code: row.province for row in new}
    unknown = sorted(set(provinces) - set(names))
    if unknown:
        raise UnknownProvince(
            f"PROVINCES: {', '.join(unknown)} is not a province on the list of 2025; "
            f"known are {', '.join(f'{code} {name}' for code, name in sorted(names.items()))}"
        )
    here = [row for row in new if row.province_code in provinces]
    desk = "Quản trị viên của bàn phản ánh"
    yield [Given("desk", "desk", desk, fold(desk))]
    yield [_provincial("health_department", "Sở Y tế", *it, "desk", fold) for it in names.items()]
    yield [
        *(
            _provincial("cdc", "Trung tâm Kiểm soát bệnh tật", *it, f"health_department:2025:{it[0]}", fold)
            for it in names.items()
        ),
        *(_communal("committee", row, f"health_department:2025:{row.province_code}", fold) for row in here),
    ]
    yield [
        _communal(kind, row, f"committee:2025:{row.code}", fold)
        for row in here
        for kind in ("station", "police")
    ]
    yield list(_former_stations(tx, {row.code: row for row in new}, set(provinces), fold))


def _lower(name: str) -> str:
    """«Xã Hạnh Phúc» as it stands inside a name: «xã Hạnh Phúc»."""
    return name[0].lower() + name[1:]


def _provincial(
    kind: str, title: str, code: str, province: str, parent: str, fold: Callable[[str], str]
) -> Given:
    name = f"{title} {_lower(province)}"
    return Given(f"{kind}:2025:{code}", kind, name, fold(name), parent, province=code)


def _communal(kind: str, row: Row[Any], parent: str, fold: Callable[[str], str]) -> Given:
    name = f"{_OF_COMMUNE[kind]} {_lower(row.name)}"
    return Given(
        f"{kind}:2025:{row.code}",
        kind,
        name,
        fold(f"{name} {row.province}"),
        parent,
        "2025",
        row.code,
        province=row.province_code,
    )


def _former_stations(
    tx: Connection, new: dict[str, Row[Any]], provinces: set[str], fold: Callable[[str], str]
) -> Iterator[Given]:
    """Stations of the old map; places.md: one successor takes over, several mean the provincial queue."""
    old = tx.execute(select(communes).where(communes.c.list == "2024").order_by(communes.c.code)).all()
    follow: dict[str, list[str]] = defaultdict(list)
    for row in tx.execute(select(successors).order_by(successors.c.main.desc(), successors.c.code_2025)):
        follow[row.code_2024].append(row.code_2025)
    names = {row.province_code: str(row.province) for row in new.values()}
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for row in old:
        went[row.province_code].update(new[code].province_code for code in follow[row.code][:1])
    for row in old:
        codes = follow[row.code]
        today = new[codes[0]].province_code if codes else went[row.province_code].most_common(1)[0][0]
        if today not in provinces:
            continue
        name = f"Trạm Y tế {_lower(row.name)}"
        now = names[today]
        whole = f"{name} {row.district} {row.province}" + (f" {now}" if now != row.province else "")
        one = codes[0] if len(codes) == 1 else None
        yield Given(
            f"station:2024:{row.code}",
            "station",
            name,
            fold(whole),
            f"committee:2025:{one}" if one else f"health_department:2025:{today}",
            "2024",
            row.code,
            row.district,
            today,
            f"station:2025:{one}" if one else None,
            OLD_MAP_ENDED,
        )
