"""A database with the units of Lào Cai, migrated once and copied per test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.rules.deadlines import CAMPAIGNS, LADDER
from handlers.rules.names import fold
from handlers.rules.places import place_key
from storage.country import load_country
from storage.db import sqlite_engine
from storage.migrate import upgrade
from storage.vault import Vault
from tests.imports.place import KEY, Place


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("country") / "desk.db"
    engine = sqlite_engine(f"sqlite:///{path}", Vault(KEY))
    with engine.begin() as tx:
        upgrade(tx)
        load_country(tx, ["15"], fold=fold, place_key=place_key, ladder=LADDER, campaigns=CAMPAIGNS)
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def place(country: Path, tmp_path: Path) -> Iterator[Place]:
    shutil.copy(country, tmp_path / "desk.db")
    engine = sqlite_engine(f"sqlite:///{tmp_path}/desk.db", Vault(KEY))
    yield Place(tmp_path, engine)
    engine.dispose()
