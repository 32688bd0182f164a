"""Communes before and after 1 July 2025, and who succeeded whom; a code always stands with its list."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, ColumnElement, Connection, String, Table, select

from storage.columns import metadata

communes = Table(
    "communes",
    metadata,
    Column("list", String(4), primary_key=True),  # "2024" or "2025": codes were reused with a new meaning
    Column("code", String(5), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("key", String(80), nullable=False, index=True),
    Column("district_code", String(3)),
    Column("district", String(80)),
    Column("province_code", String(2), nullable=False, index=True),
    Column("province", String(60), nullable=False),
    Column("former", String, nullable=False, server_default=""),
)

successors = Table(
    "successors",
    metadata,
    Column("code_2024", String(5), primary_key=True),
    Column("code_2025", String(5), primary_key=True),
    Column("main", Boolean, nullable=False),
)


@dataclass(frozen=True)
class Commune:
    list: str
    code: str
    name: str
    district: str | None
    province_code: str
    province: str


_COLUMNS = (
    communes.c.list,
    communes.c.code,
    communes.c.name,
    communes.c.district,
    communes.c.province_code,
    communes.c.province,
)


def commune(tx: Connection, list_: str, code: str) -> Commune | None:
    row = tx.execute(select(*_COLUMNS).where(communes.c.list == list_, communes.c.code == code)).first()
    return Commune(*row) if row else None


def provinces(tx: Connection, list_: str) -> list[tuple[str, str]]:
    """(code, name) of every province of that list, by name."""
    found = tx.execute(
        select(communes.c.province_code, communes.c.province)
        .where(communes.c.list == list_)
        .distinct()
        .order_by(communes.c.province)
    )
    return [(row[0], row[1]) for row in found]


def communes_of(tx: Connection, list_: str, province_code: str) -> list[Commune]:
    rows = tx.execute(
        select(*_COLUMNS)
        .where(communes.c.list == list_, communes.c.province_code == province_code)
        .order_by(communes.c.key)
    )
    return [Commune(*row) for row in rows]


def find_communes(
    tx: Connection, words: str, list_: str | None = None, limit: int = 8, province_code: str | None = None
) -> list[Commune]:
    """Communes whose folded name, or a former name, begins with or holds these folded words; best first."""
    key, former = communes.c.key, communes.c.former
    asked: list[ColumnElement[bool]] = [
        key.contains(words, autoescape=True) | former.contains(words.replace(" ", ""), autoescape=True)
    ]
    if list_:
        asked.append(communes.c.list == list_)
    if province_code:
        asked.append(communes.c.province_code == province_code)
    best_first = (key != words, ~key.startswith(words, autoescape=True), communes.c.list.desc(), key)
    found = select(*_COLUMNS).where(*asked).order_by(*best_first).limit(limit)
    return [Commune(*row) for row in tx.execute(found)]


def successors_of(tx: Connection, code_2024: str) -> list[str]:
    """Codes on the 2025 list, the one that took most first; several where the commune was split."""
    return list(
        tx.execute(
            select(successors.c.code_2025)
            .where(successors.c.code_2024 == code_2024)
            .order_by(successors.c.main.desc(), successors.c.code_2025)
        ).scalars()
    )
