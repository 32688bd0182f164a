"""Small facts the desk keeps about itself: the demo clock's jump, what was imported when."""

from __future__ import annotations

from sqlalchemy import Column, Connection, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import metadata

facts = Table(
    "facts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", String(200), nullable=False),
)


def get(tx: Connection, name: str) -> str | None:
    return tx.execute(select(facts.c.value).where(facts.c.name == name)).scalar()


def keep(tx: Connection, name: str, value: str) -> None:
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(
        insert(facts)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )
