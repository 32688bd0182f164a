"""Transactions for a process that does one thing: plain on SQLite, through asyncpg on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, make_url

from storage.db import Database, sqlite_engine
from storage.vault import Vault

T = TypeVar("T")


class Writer:
    def __init__(self, url: str, vault: Vault) -> None:
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        if self._sqlite:
            self._engine = sqlite_engine(url, vault)
        else:
            self._runner = asyncio.Runner()
            self._database = Database(url, vault)

    def write(self, fn: Callable[[Connection], T]) -> T:
        if not self._sqlite:
            return self._runner.run(self._database.write(fn))
        with self._engine.begin() as tx:
            return fn(tx)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._sqlite:
            self._engine.dispose()
        else:
            self._runner.run(self._database.close())
            self._runner.close()
