"""Units: whoever can hold a ticket. A tree that is not purely geographic; its levels are data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Boolean, Column, Connection, Date, ForeignKey, String, Table, and_, func, select

from storage.columns import Id, metadata

SITES = ("station", "hospital", "centre", "site", "force")  # kinds that give doses
TECHNICAL = (
    "telecom",
    "viettel",
)  # who mends lines and the Platform's software; no ticket about a person goes there
DESK = "desk"
TASK_FORCE = "team06"  # «Tổ công tác Đề án 06» of a commune, district or province; holds no tickets

units = Table(
    "units",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ref", String(60), nullable=False, unique=True),  # "station:2025:04585", "site:15023"
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("search", String(400), nullable=False),  # folded name, commune, district and province
    Column("list", String(4)),
    Column("commune", String(5)),
    Column("district", String(80)),
    Column("province", String(2), index=True),  # always on the 2025 list
    Column("parent_id", Id, ForeignKey("units.id"), index=True),
    Column("exempt", Boolean, nullable=False, server_default="0"),
    Column("successor_id", Id, ForeignKey("units.id")),
    Column("valid_to", Date),  # the last day it existed; None: it exists
)


@dataclass(frozen=True)
class Unit:
    """kind: station · committee · police · health_department · cdc · hospital · centre · site · park_board · force ·
    district_centre · district_committee · telecom · viettel · team06 · desk."""

    id: int
    ref: str
    kind: str
    name: str
    list: str | None
    commune: str | None
    district: str | None
    province: str | None
    parent_id: int | None
    exempt: bool
    successor_id: int | None
    valid_to: date | None


_COLUMNS = [units.c[name] for name in Unit.__dataclass_fields__]


def get(tx: Connection, unit_id: int) -> Unit:
    return Unit(*tx.execute(select(*_COLUMNS).where(units.c.id == unit_id)).one())


def find(tx: Connection, unit_id: int) -> Unit | None:
    row = tx.execute(select(*_COLUMNS).where(units.c.id == unit_id)).first()
    return Unit(*row) if row else None


def hold(tx: Connection, unit_id: int) -> None:
    """Until the turn's end no colleague numbers, lists or signs anything of this unit; before any list of it is held."""
    tx.execute(select(units.c.id).where(units.c.id == unit_id).with_for_update(key_share=True))


def by_ref(tx: Connection, ref: str) -> Unit | None:
    row = tx.execute(select(*_COLUMNS).where(units.c.ref == ref)).first()
    return Unit(*row) if row else None


def with_ref_like(tx: Connection, ref: str) -> list[Unit]:
    """Sites whose ref is this but for capitals, as people type it."""
    same = (units.c.kind.in_(SITES), func.lower(units.c.ref) == ref.lower())
    return [Unit(*row) for row in tx.execute(select(*_COLUMNS).where(*same).limit(2))]


def sites_today(tx: Connection) -> list[Unit]:
    """Every site that exists, in the order of their refs."""
    here = select(*_COLUMNS).where(units.c.kind.in_(SITES), units.c.valid_to.is_(None))
    return [Unit(*row) for row in tx.execute(here.order_by(units.c.ref))]


def desk(tx: Connection) -> Unit:
    """The desk's own administrator: the last recipient of every alarm."""
    return Unit(*tx.execute(select(*_COLUMNS).where(units.c.kind == DESK)).one())


def today(tx: Connection, unit: Unit) -> Unit:
    """The unit that answers today, after every merger."""
    seen = {unit.id}
    while unit.successor_id and unit.successor_id not in seen:
        seen.add(unit.successor_id)
        unit = get(tx, unit.successor_id)
    return unit


def of_commune(tx: Connection, kind: str, list_: str, code: str) -> Unit | None:
    return by_ref(tx, f"{kind}:{list_}:{code}")


def of_province(tx: Connection, kind: str, province: str) -> Unit | None:
    return by_ref(tx, f"{kind}:2025:{province}")


def of_district(tx: Connection, kind: str, province: str, district: str) -> Unit | None:
    """The district's unit that still exists; districts are names, they have no code on today's list."""
    same = (units.c.kind == kind, units.c.province == province, units.c.district == district)
    row = tx.execute(select(*_COLUMNS).where(*same, units.c.valid_to.is_(None)).limit(1)).first()
    return Unit(*row) if row else None


def lines_up(tx: Connection, unit_id: int) -> list[Unit]:
    """The unit's superiors, nearest first: commune People's Committee, (district,) Sở Y tế, the desk."""
    up: list[Unit] = []
    unit = get(tx, unit_id)
    while unit.parent_id is not None and unit.parent_id not in {u.id for u in up}:
        unit = get(tx, unit.parent_id)
        up.append(unit)
    return up


def below(tx: Connection, unit_id: int) -> list[int]:
    """The unit's own id and those of all units under it."""
    tree = select(units.c.id).where(units.c.id == unit_id).cte("tree", recursive=True)
    tree = tree.union(select(units.c.id).where(units.c.parent_id == tree.c.id))
    return list(tx.execute(select(tree.c.id)).scalars())


def children(tx: Connection, unit_id: int, kind: str) -> list[Unit]:
    """Those of this kind that exist directly under the unit."""
    here = (units.c.parent_id == unit_id, units.c.kind == kind, units.c.valid_to.is_(None))
    return [Unit(*row) for row in tx.execute(select(*_COLUMNS).where(*here).order_by(units.c.search))]


def in_province(tx: Connection, kind: str, province: str) -> list[Unit]:
    """Those of this kind that exist, by name."""
    here = (units.c.kind == kind, units.c.province == province, units.c.valid_to.is_(None))
    return [Unit(*row) for row in tx.execute(select(*_COLUMNS).where(*here).order_by(units.c.search))]


def find_sites(
    tx: Connection, words: str, limit: int = 6, province: str | None = None, kinds: tuple[str, ...] = SITES
) -> list[Unit]:
    """Sites, past and present, whose folded names hold every one of these folded words; nearest first."""
    parts = words.split()
    if not parts:
        return []
    holds = and_(units.c.kind.in_(kinds), *(units.c.search.contains(part, autoescape=True) for part in parts))
    if province:
        holds = and_(holds, units.c.province == province)
    rows = tx.execute(
        select(*_COLUMNS)
        .where(holds)
        .order_by(
            ~units.c.search.contains(words, autoescape=True), units.c.valid_to.isnot(None), units.c.search
        )
        .limit(limit)
    )
    return [Unit(*row) for row in rows]


def sites_of_commune(tx: Connection, list_: str, code: str) -> list[Unit]:
    rows = tx.execute(
        select(*_COLUMNS)
        .where(units.c.kind.in_(SITES), units.c.list == list_, units.c.commune == code)
        .order_by(units.c.search)
    )
    return [Unit(*row) for row in rows]


def named(tx: Connection, name_key: str) -> list[Unit]:
    """Units whose folded name and place begin with exactly this: how a site that was only written down is found."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(units.c.kind.in_(SITES), units.c.search.startswith(name_key, autoescape=True))
        .limit(5)
    )
    return [Unit(*row) for row in rows]


def site_names(tx: Connection) -> list[str]:
    return list(tx.execute(select(units.c.name).where(units.c.kind.in_(SITES)).distinct()).scalars())


def search(tx: Connection, words: str, limit: int = 20) -> list[Unit]:
    """Units of any kind whose folded names hold every one of these folded words."""
    parts = words.split()
    if not parts:
        return []
    holds = and_(*(units.c.search.contains(part, autoescape=True) for part in parts))
    return [
        Unit(*row) for row in tx.execute(select(*_COLUMNS).where(holds).order_by(units.c.search).limit(limit))
    ]
