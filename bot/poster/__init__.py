"""python -m bot poster: a page to hang up at a vaccination site, whose codes open the chat with that site chosen."""

from __future__ import annotations

import ipaddress
import multiprocessing
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection

from bot.desk import desk_of
from bot.opening import open_database
from bot.poster import page, words
from bot.poster.page import Poster
from bot.settings import Settings, WrongSetting
from handlers import links, site_codes
from handlers.rules.names import fold
from storage import units
from storage.units import Unit

CHANNELS = ("zalo", "web", "telegram")  # as they stand on the page
ALL = "all"


async def main(settings: Settings, site: str, out: Path | None, channels: list[str] | None) -> None:
    """One file; with «all» a folder with one for every site that exists."""
    async with open_database(settings) as db:
        made = await db.read(lambda tx: posters(tx, settings, site, channels))
    if _only_here(settings.public_url) and "web" in (channels or CHANNELS):
        print(f"PUBLIC_URL is {settings.public_url}: nobody else can open that.", file=sys.stderr)
    if site == ALL:
        paths = [(out or Path("posters")) / f"poster-{code}.pdf" for code in made]
        with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
            _tell(pool.map(_save, made.values(), paths))
    else:
        _tell(_save(poster, out or Path(f"poster-{code}.pdf")) for code, poster in made.items())


def posters(
    tx: Connection, settings: Settings, site: str, channels: list[str] | None = None
) -> dict[str, Poster]:
    """Posters by the code of their site."""
    desk, chosen = desk_of(settings), _channels(tx, settings, channels)
    made = {}
    for one in units.sites_today(tx) if site == ALL else [_named(tx, site)]:
        code = site_codes.code_of(tx, one)
        if code is None:
            raise WrongSetting(f"--site {site}: no code leads to {one.name} ({one.ref}) alone")
        ways = links.at_site(tx, desk, code)
        made[code] = words.poster(tx, desk, one, code, {name: ways[name] for name in chosen})
    return made


def _named(tx: Connection, said: str) -> Unit:
    """By ref, code or part of its name; one that was closed only by ref or code."""
    found = units.by_ref(tx, said) or site_codes.find(tx, said)
    if found and found.kind in units.SITES:
        return found
    near = [one for one in units.find_sites(tx, fold(said), limit=40) if one.valid_to is None]
    exact = [one for one in near if fold(one.name) == fold(said)]
    together = [one for one in near if f" {fold(said)}" in f" {fold(one.name)}"]
    for likely in (exact, together, near):
        if len(likely) == 1:
            return likely[0]
    hint = "; ".join(f"{one.ref} ({one.name})" for one in near[:8]) or "nothing like it"
    raise WrongSetting(f"--site {said}: say exactly one site. Found: {hint}")


def _channels(tx: Connection, settings: Settings, asked: list[str] | None) -> list[str]:
    """Those that are set up, or those that were asked for."""
    lacking = _lacking(tx, settings)
    for name in asked or ():
        if name in lacking:
            raise WrongSetting(f"--channel {name}: {lacking[name]}")
    return [name for name in CHANNELS if name not in lacking and name in (asked or CHANNELS)]


def _lacking(tx: Connection, settings: Settings) -> dict[str, str]:
    lacking = {}
    if not settings.zalo_app_id or not settings.zalo_oa_id:
        lacking["zalo"] = "set ZALO_APP_ID and ZALO_OA_ID first"
    if not settings.telegram_token:
        lacking["telegram"] = "set TELEGRAM_TOKEN first"
    elif links.telegram(tx, "") is None:
        lacking["telegram"] = (
            "the bot's name is not known yet; run the desk until it has reached Telegram once"
        )
    return lacking


def _only_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tell(written: Iterable[Path]) -> None:
    for path in written:
        print(f"{path} is written.")


def _save(poster: Poster, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        page.draw(poster).savefig(path, format="pdf", metadata={"Title": poster.site})
    except OSError as error:
        raise WrongSetting(f"{path} cannot be written ({error.strerror})") from None
    return path
