"""Whose list goes where: the police of the commune, and for a site's own round its People's Committee first (S1)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.finding import communes_today
from storage import units
from storage.units import SITES, Unit


@dataclass(frozen=True)
class Parties:
    """through, copy: of a site's own round; its list goes through the People's Committee, the station has a copy."""

    police: int
    through: int | None = None
    copy: int | None = None


def kinds(unit: Unit) -> tuple[str, ...]:
    """What lists this unit makes. S4: exempt sites sign, but do not clean; S1: every site may have a round of its own."""
    if unit.kind == "station" and not unit.exempt:
        return ("tickets", "cleaning", "round")
    return ("round",) if unit.kind in SITES else ()


def parties(tx: Connection, maker: Unit, kind: str) -> Parties | None:
    """None where the maker's commune is not known, so that nobody's police are guessed."""
    codes = communes_today(tx, f"{maker.list}:{maker.commune}") if maker.commune and maker.list else ()
    if len(codes) != 1:
        return None
    police = units.of_commune(tx, "police", "2025", codes[0])
    if police is None:
        return None
    if kind != "round" or maker.kind == "station":
        return Parties(police.id)
    committee, station = (units.of_commune(tx, one, "2025", codes[0]) for one in ("committee", "station"))
    return Parties(police.id, committee.id if committee else None, station.id if station else None)
