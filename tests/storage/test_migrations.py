"""Migrations end in the same schema as the tables, on SQLite and on a real PostgreSQL."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from storage import history, migrate
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


def audited(tx: Connection) -> None:
    history.audited(tx, datetime(2026, 11, 20, tzinfo=UTC), "joined", staff_id=1)


CHANGES = (
    update(history.audit).values(what="nothing"),
    delete(history.audit),
    delete(history.audit).where(history.audit.c.id == 1),
)


async def refuses_to_change(database: Database) -> None:
    await database.write(audited)
    for change in CHANGES:
        with pytest.raises(DBAPIError, match="the audit log is only added to"):
            await database.write(lambda tx, change=change: tx.execute(change))  # type: ignore[misc]
    kept = await database.read(lambda tx: tx.execute(select(history.audit.c.what)).scalars().all())
    assert list(kept) == ["joined"]


async def test_sqlite_refuses_to_change_the_audit_log(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db", Vault(new_key()))
    await database.write(upgrade)
    await refuses_to_change(database)
    await database.close()


async def test_postgresql_refuses_to_change_the_audit_log(postgres: str) -> None:
    database = Database(postgres, Vault(new_key()))
    await database.write(empty)
    await database.write(upgrade)
    await refuses_to_change(database)
    with pytest.raises(DBAPIError, match="the audit log is only added to"):
        await database.write(lambda tx: tx.execute(text("TRUNCATE audit")))
    await database.write(empty)
    await database.close()


def test_the_migrations_leave_nothing_of_the_tables_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m storage.migrate NAME` finds nothing to write, and says so in an empty step."""
    shutil.copytree(migrate._HERE, tmp_path / "migrations")
    monkeypatch.setattr(migrate, "_HERE", tmp_path / "migrations")
    migrate.write_next("nothing")
    [written] = (tmp_path / "migrations" / "versions").glob("*_nothing.py")
    lines = [line for line in written.read_text("utf-8").splitlines() if not line.strip().startswith("#")]
    assert [line.strip() for line in lines][-2:] == ["def upgrade() -> None:", "pass"]


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
