"""What an operator types: migrate, invite, cleaning, parked, backup, key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import aiosqlite
from sqlalchemy import Connection, make_url

from bot import chance
from bot.app import open_app, serve
from bot.clock import Clock
from bot.desk import desk_of
from bot.opening import open_database
from bot.preparing import prepare
from bot.settings import Settings, WrongSetting
from handlers import links
from handlers.opening import ALPHABET
from handlers.rules import lists
from handlers.rules.days import read_day
from handlers.rules.names import fold
from handlers.staff.inviting import LENGTH, VALID
from handlers.staff.rights import ROLES_AT
from storage import inbox, policies, staff, units
from storage.db import Fn, T


async def run(settings: Settings) -> None:
    async with open_app(settings) as app:
        await serve(app)


async def migrate(settings: Settings) -> None:
    await _write(settings, lambda tx: prepare(tx, settings.provinces), migrated=False)
    print(f"The database is ready; provinces: {', '.join(settings.provinces)}.")


async def invite(settings: Settings, unit: str, role: str, name: str) -> None:
    code = chance.code(ALPHABET, LENGTH)

    def make(tx: Connection) -> tuple[str, list[str]]:
        found = units.by_ref(tx, unit)
        if found is None:
            near = [u for u in units.search(tx, fold(unit)) if u.valid_to is None]
            if len(near) != 1:
                hint = "; ".join(f"{u.ref} ({u.name})" for u in near[:8]) or "nothing like it"
                raise WrongSetting(f"--unit {unit}: say exactly one unit. Found: {hint}")
            found = near[0]
        if found.valid_to is not None or role not in ROLES_AT.get(found.kind, ()):
            roles = (
                ", ".join(ROLES_AT.get(found.kind, ())) if found.valid_to is None else "none: it is closed"
            )
            raise WrongSetting(f"--role {role}: {found.name} knows these roles: {roles}")
        staff.invite(tx, code, found.id, role, name, Clock().machine() + VALID)
        return found.name, links.joining(tx, desk_of(settings), code)

    at, addresses = await _write(settings, make)
    ways = "".join(f"\n  {way}" for way in (f"/vaodonvi {code}", *addresses))
    print(f"{name or role} – {at}{ways}\nValid once, for 7 days.")


async def cleaning(settings: Settings, province: str, until: str, letter: str) -> None:
    if province not in settings.provinces:
        raise WrongSetting(f"--province {province}: this desk serves {', '.join(settings.provinces)}")
    day = read_day(until)
    if isinstance(day, str) or day.precision != "day":
        raise WrongSetting(f"--until {until}: write the last day as 31/05/2022")
    end = lists.end_of(date(int(day.year), int(day.month or 0), int(day.day or 0)))
    await _write(settings, lambda tx: policies.set_cleaning(tx, province, end, letter))
    print(f"Cleaning lists that are made in {province} from now on are to be finished by {until}, 23:59:59.")


async def check(settings: Settings) -> None:
    """Ends with a sentence where the database cannot be used."""
    async with open_database(settings):
        pass


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
    make_private(Path(url.database), target)
    async with aiosqlite.connect(url.database) as source, aiosqlite.connect(target) as copy:
        await source.backup(copy)
    print(f"{target} is written. Keep DATA_KEY elsewhere: without it the copy cannot be read.")


def make_private(source: Path, target: Path) -> None:
    """An empty file that only its owner reads, where there is something to copy and nothing to overwrite."""
    if not source.is_file():
        raise WrongSetting(f"DATABASE_URL: there is no {source} to copy")
    try:
        target.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise WrongSetting(f"{target} exists already") from None
    except OSError as error:
        raise WrongSetting(f"{target} cannot be written ({error.strerror})") from None


async def _write(settings: Settings, fn: Fn[T], *, migrated: bool = True) -> T:
    async with open_database(settings, migrated=migrated) as db:
        return await db.write(fn)
