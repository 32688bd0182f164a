"""What an operator types: migrate, invite, parked, backup, key."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import aiosqlite
from sqlalchemy import Connection

from bot import chance
from bot.app import open_app, serve
from bot.clock import Clock
from bot.preparing import prepare
from bot.settings import Settings, WrongSetting
from handlers.opening import ALPHABET
from handlers.rules.names import fold
from storage import inbox, staff, units
from storage.db import Database
from storage.vault import Vault

INVITE_LIFE = timedelta(days=7)


async def run(settings: Settings) -> None:
    async with open_app(settings) as app:
        await serve(app)


async def migrate(settings: Settings) -> None:
    await _write(settings, lambda tx: prepare(tx, settings.provinces))
    print(f"The database is ready; provinces: {', '.join(settings.provinces)}.")


async def invite(settings: Settings, unit: str, role: str, name: str) -> None:
    code = chance.code(ALPHABET, 8)

    def make(tx: Connection) -> str:
        found = units.by_ref(tx, unit)
        if found is None:
            near = [u for u in units.search(tx, fold(unit)) if u.valid_to is None]
            if len(near) != 1:
                hint = "; ".join(f"{u.ref} ({u.name})" for u in near[:8]) or "nothing like it"
                raise WrongSetting(f"--unit {unit}: say exactly one unit. Found: {hint}")
            found = near[0]
        staff.invite(tx, code, found.id, role, name, Clock().machine() + INVITE_LIFE)
        return found.name

    at = await _write(settings, make)
    print(f"{name or role} – {at}\n  /vaodonvi {code}\n  {settings.public_url}/?join={code}\nValid once, for 7 days.")


async def parked(settings: Settings) -> None:
    rows = await _write(settings, inbox.parked)
    for row in rows:
        print(f"{row.id}\t{row.channel}\t{row.lane}\t{row.received_at:%Y-%m-%d %H:%M}Z")
    print(f"{len(rows)} parked.")


async def backup(settings: Settings, target: Path) -> None:
    """A consistent copy of the SQLite file while the desk runs (copying the file alone would miss the WAL)."""
    path = Database(settings.database_url, Vault(settings.data_key)).url.database
    if not settings.database_url.startswith("sqlite") or not path:
        raise WrongSetting("backup copies SQLite; for PostgreSQL use pg_dump")
    if target.exists():
        raise WrongSetting(f"{target} exists already")
    async with aiosqlite.connect(path) as source, aiosqlite.connect(target) as copy:
        await source.backup(copy)
    target.chmod(0o600)
    print(f"{target}: {target.stat().st_size} bytes. Keep DATA_KEY elsewhere: without it the copy cannot be read.")


async def _write(settings: Settings, fn):  # type: ignore[no-untyped-def]
    db = Database(settings.database_url, Vault(settings.data_key))
    try:
        return await db.write(fn)
    finally:
        await db.close()


