"""The whole country on both maps, and the units of the configured provinces; running it again only adds."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage import country_units, policies
from storage.places import communes, successors
from storage.units import units

DATA = Path(__file__).parent / "data"

Key = Callable[[str], str]


def load_country(
    tx: Connection,
    provinces: Sequence[str],
    *,
    fold: Key,
    place_key: Key,
    ladder: Sequence[Any],
    campaigns: Sequence[Any],
    cleanings: Sequence[Any] = (),
) -> None:
    """Communes and successors of the whole country, Sở Y tế and CDC everywhere, the rest for `provinces`.

    `provinces` are codes on the 2025 list; `ladder` and `campaigns` are those of handlers.rules.deadlines,
    `cleanings` those of handlers.rules.lists. What an operator changed in a unit or a policy stays.
    """
    _load_places(tx, place_key)
    for level in country_units.levels(tx, provinces, fold):
        ids = {row.ref: row.id for row in tx.execute(select(units.c.id, units.c.ref))}
        _insert_new(tx, units, ["ref"], [unit.row(ids) for unit in level if unit.ref not in ids])
    for step in ladder:
        policies.set_step(
            tx,
            "*",
            policies.Step(step.rung, step.after, step.recipients, step.waits_for_morning, step.letter),
        )
    for campaign in campaigns:
        policies.set_campaign(tx, campaign.province, campaign.received_until, campaign.finish_by, "S1")
    for cleaning in cleanings:
        policies.set_cleaning(tx, cleaning.province, cleaning.finish_by, cleaning.letter)


def _load_places(tx: Connection, place_key: Key) -> None:
    old, new, links = list(_read("communes_2024")), list(_read("communes_2025")), list(_read("successors"))
    if not _complete(tx, communes, len(old) + len(new)):
        rows = [_commune("2024", row, place_key) for row in old] + [
            _commune("2025", row, place_key) for row in new
        ]
        _insert_new(tx, communes, ["list", "code"], rows)
    if not _complete(tx, successors, len(links)):
        pairs = [{**row, "main": row["main"] == "1"} for row in links]
        _insert_new(tx, successors, ["code_2024", "code_2025"], pairs)


@cache
def province_names() -> dict[str, str]:
    """The provinces since 1 July 2025, by code."""
    return {row["province_code"]: row["province"] for row in _read("communes_2025")}


def _complete(tx: Connection, table: Table, rows: int) -> bool:
    return tx.execute(select(func.count()).select_from(table)).scalar_one() >= rows


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _commune(list_: str, row: dict[str, str], place_key: Key) -> dict[str, Any]:
    return {
        "list": list_,
        "code": row["code"],
        "name": row["name"],
        "key": place_key(row["name"]),
        "district_code": row.get("district_code"),
        "district": row.get("district"),
        "province_code": row["province_code"],
        "province": row["province"],
        "former": row.get("former_names_folded", ""),
    }


def _insert_new(tx: Connection, table: Table, key: list[str], rows: list[dict[str, Any]]) -> None:
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    if rows:
        tx.execute(insert(table).on_conflict_do_nothing(index_elements=key), rows)
