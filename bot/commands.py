"""What an operator types: migrate, invite, parked, backup, key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import aiosqlite
from sqlalchemy import Connection, make_url

from bot import chance
from bot.app import open_app, serve
from bot.clock import Clock
from bot.preparing import prepare
from bot.settings import Settings, WrongSetting
from handlers.opening import ALPHABET
from handlers.rules.names import fold
from storage import inbox, staff, units
from storage.db import Database, Fn, T
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
    print(
        f"{name or role} – {at}\n  /vaodonvi {code}\n  {settings.public_url}/?join={code}\nValid once, for 7 days."
    )


async def parked(settings: Settings) -> None:
    rows = await _write(settings, inbox.parked)
    for row in rows:
        print(f"{row.id}\t{row.channel}\t{row.lane}\t{row.received_at:%Y-%m-%d %H:%M}Z")
    print(f"{len(rows)} parked.")


async def backup(settings: Settings, target: Path) -> None:
    """A consistent copy of the SQLite file while the desk runs (copying the file alone would miss the WAL)."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise WrongSetting("backup copies SQLite; for PostgreSQL use pg_dump")
    make_private(target)
    async with aiosqlite.connect(url.database) as source, aiosqlite.connect(target) as copy:
        await source.backup(copy)
    print(f"{target} is written. Keep DATA_KEY elsewhere: without it the copy cannot be read.")


def make_private(target: Path) -> None:
    """An empty file that only its owner reads; an existing one is never overwritten."""
    try:
        target.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise WrongSetting(f"{target} exists already") from None


async def _write(settings: Settings, fn: Fn[T]) -> T:
    db = Database(settings.database_url, Vault(settings.data_key))
    try:
        return await db.write(fn)
    finally:
        await db.close()
