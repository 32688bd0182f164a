"""Migrations end in the same schema as the tables, on SQLite and on a real PostgreSQL."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.db import Database, sqlite_engine
from storage.migrate import upgrade
from storage.tables import metadata
from storage.vault import Vault, new_key


def empty(tx: Connection) -> None:
    """The server is shared with other tests, which make their tables themselves."""
    tx.execute(text("DROP SCHEMA public CASCADE"))
    tx.execute(text("CREATE SCHEMA public"))


def differences(tx: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(tx, opts={"compare_type": True}), metadata))


def test_sqlite(tmp_path: Path) -> None:
    with sqlite_engine(f"sqlite:///{tmp_path}/a.db", Vault(new_key())).begin() as tx:
        upgrade(tx)
        assert differences(tx) == []
        upgrade(tx)
        assert differences(tx) == []


async def test_postgresql(postgres: str) -> None:
    database = Database(postgres, Vault(new_key()))
    await database.write(empty)
    await database.write(upgrade)
    assert await database.read(differences) == []
    await database.write(empty)
    await database.close()


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    engine = sqlite_engine(f"sqlite:///{tmp_path}/a.db", Vault(new_key()))
    with pytest.raises(ZeroDivisionError), engine.begin() as tx:
        upgrade(tx)
        raise ZeroDivisionError
    with engine.begin() as tx:
        assert inspect(tx).get_table_names() == []


def test_migrations_name_no_type_of_ours() -> None:
    for file in Path("storage/migrations/versions").glob("*.py"):
        assert "storage" not in file.read_text(encoding="utf-8")
