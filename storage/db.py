"""The one bridge between async outside and plain inside: write(fn) and read(fn), each one transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.vault import Vault

T = TypeVar("T")
Fn = Callable[[Connection], T]


class Database:
    """SQLite through one writer thread and two readers; PostgreSQL through asyncpg. Same two methods.

    One hop to a thread per transaction instead of several per statement: docs/decisions/0001.
    """

    def __init__(self, url: str, vault: Vault) -> None:
        self.url = make_url(url)
        self._sqlite = self.url.get_backend_name() == "sqlite"
        if self._sqlite:
            self._engine = sqlite_engine(url, vault)
            self._read_engine = sqlite_engine(url, vault, readonly=True)
            self._writer = ThreadPoolExecutor(1, "db-writer")
            self._readers = ThreadPoolExecutor(2, "db-reader")
        else:
            self._async: AsyncEngine = create_async_engine(
                self.url.set(drivername="postgresql+asyncpg"),
                pool_size=8,
                max_overflow=0,
                pool_timeout=15,
                pool_pre_ping=True,
                hide_parameters=True,
            )
            self._async.sync_engine.dialect.vault = vault  # type: ignore[attr-defined]

    async def write(self, fn: Fn[T]) -> T:
        """Runs fn in one transaction and commits it; any exception rolls all of it back."""
        if self._sqlite:
            return await asyncio.get_running_loop().run_in_executor(self._writer, _begin, self._engine, fn)
        async with self._async.begin() as tx:
            return await tx.run_sync(fn)

    async def read(self, fn: Fn[T]) -> T:
        """Runs fn in a transaction that must not write."""
        if self._sqlite:
            return await asyncio.get_running_loop().run_in_executor(
                self._readers, _begin, self._read_engine, fn
            )
        async with self._async.connect() as tx:
            return await tx.run_sync(fn)

    async def close(self) -> None:
        if self._sqlite:
            self._writer.shutdown()
            self._readers.shutdown()
            self._read_engine.dispose()
            with suppress(
                DBAPIError, sqlite3.Error
            ):  # tidiness only: without it the log is read again next time
                fold_in(self._engine)
            self._engine.dispose()
        else:
            await self._async.dispose()


def _begin(engine: Engine, fn: Fn[T]) -> T:
    with engine.begin() as tx:
        return fn(tx)


def fold_in(engine: Engine) -> None:
    """Brings the write-ahead log into the database file, so that the file alone is whole."""
    connection = engine.raw_connection()  # outside a transaction, which a checkpoint would wait for
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def sqlite_engine(url: str, vault: Vault, *, readonly: bool = False) -> Engine:
    """A plain engine with the measured pragmas (docs/decisions/0001)."""
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(make_url(url).set(drivername="sqlite"), hide_parameters=True)
    engine.dialect.vault = vault  # type: ignore[attr-defined]

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=15000",  # an import may hold the database for seconds; the page waits for 20
            "foreign_keys=ON",
            "cache_size=-65536",
            f"query_only={int(readonly)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine
