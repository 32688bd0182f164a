"""Preparing a database: schema, the country's communes and units, and the policies of the letters."""

from __future__ import annotations

from sqlalchemy import Connection

from bot import opening
from handlers.rules import deadlines, lists
from handlers.rules.names import fold
from handlers.rules.places import place_key
from storage import country, facts, migrate


def prepare(tx: Connection, provinces: tuple[str, ...]) -> None:
    """Safe to run again: what is there stays."""
    migrate.upgrade(tx)
    facts.keep(tx, "key", opening.fingerprint(tx))
    country.load_country(
        tx,
        provinces,
        fold=fold,
        place_key=place_key,
        ladder=(*deadlines.LADDER, *deadlines.OWN_LADDER),
        campaigns=deadlines.CAMPAIGNS,
        cleanings=lists.CLEANINGS,
    )
