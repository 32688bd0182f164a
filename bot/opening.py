"""Opens the database that the settings name, or says in one sentence why it cannot be used."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection

from bot.settings import Settings, WrongSetting
from storage import facts, migrate
from storage.db import Database
from storage.vault import Vault, of


@asynccontextmanager
async def open_database(settings: Settings, *, migrated: bool = True) -> AsyncIterator[Database]:
    """migrated: whether the schema must be today's already; the key is compared in any case."""
    try:
        db = Database(settings.database_url, Vault(settings.data_key))
    except ModuleNotFoundError:
        raise WrongSetting("DATABASE_URL: PostgreSQL needs one more package: pip install asyncpg") from None
    except OSError as error:
        raise WrongSetting(f"DATABASE_URL: its folder cannot be made ({error.strerror})") from None
    try:
        try:
            complaint = await db.read(lambda tx: wrong(tx, migrated))
        except Exception as error:  # each driver has errors of its own, and some come unwrapped
            why = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
            raise WrongSetting(
                f"DATABASE_URL: the database cannot be opened ({str(why) or type(error).__name__})"
            ) from None
        if complaint:
            raise WrongSetting(complaint)
        yield db
    finally:
        await db.close()


def wrong(tx: Connection, migrated: bool) -> str | None:
    """What keeps this database from being used, as a sentence."""
    if migrated and not migrate.is_newest(tx):
        return "DATABASE_URL: the database is not up to date; run python -m bot migrate"
    kept = facts.get(tx, "key") if migrate.is_begun(tx) else None
    if kept not in (None, fingerprint(tx)):
        return "DATA_KEY is not the key with which this database was made; the last key of the list must stay"
    return None


def fingerprint(tx: Connection) -> str:
    """Says whether two keys are the same, and nothing about them."""
    return of(tx).index("key", "fingerprint").hex()
