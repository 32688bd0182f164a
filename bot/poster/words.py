"""What stands on a site's poster: plain words, and the codes' addresses in letters that can be typed."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import Connection

from bot.poster.page import Poster, Way
from handlers.rules.names import fold
from handlers.turn import Desk
from locales import Words, _, say
from storage import places, units
from storage.units import Unit

LANG = "vi"
TITLES: dict[str, str | Words] = {"zalo": "Zalo", "web": _("Web page"), "telegram": "Telegram"}
SCAN_IT = _("Open the camera of your phone, or Zalo, and scan the code above.")
SCAN_ONE = _("Open the camera of your phone, or Zalo, and scan one of the codes above.")
STEPS = (
    _("Answer a few short questions. If you still have the vaccination slip, send a photo of it."),
    _("The answer comes in the chat within 48 hours. You always see who has your report."),
)


def poster(tx: Connection, desk: Desk, site: Unit, code: str, addresses: dict[str, str]) -> Poster:
    typed = whole(f"Cơ sở {code}")
    how = {
        "zalo": _("Press {follow}, then write: {typed}", follow=whole("«Quan tâm»"), typed=typed),
        "web": _("Nothing to install, no account needed"),
        "telegram": _("Press {start}", start=whole("«Bắt đầu»")),
    }
    ways = [
        Way(say(TITLES[channel], LANG), address, shown(address), say(how[channel], LANG))
        for channel, address in addresses.items()
    ]
    hotline = _("Hotline of the Ministry of Health: {hotline}", hotline=whole(desk.hotline))
    return Poster(
        site=site.name,
        place=_place(tx, site),
        about=say(_("COVID-19 vaccination records"), LANG),
        question=say(_("Injection recorded wrongly, or missing?"), LANG),
        promise=say(_("Report it here, and get an answer within 48 hours"), LANG),
        ways=tuple(ways),
        steps=tuple(say(step, LANG) for step in (SCAN_ONE if len(ways) > 1 else SCAN_IT, *STEPS)),
        instead=say(_("Cannot scan? Open the address below a code, then write: {typed}", typed=typed), LANG),
        last=(say(hotline, LANG), "English: press «Language · Ngôn ngữ» in the chat."),
    )


def shown(address: str) -> str:
    """https://phananh.laocai.gov.vn/?start=… -> phananh.laocai.gov.vn; what began with http:// keeps it."""
    found = urlsplit(address)
    plain = "http://" if found.scheme == "http" else ""
    return f"{plain}{found.netloc}{found.path.rstrip('/')}"


def whole(words: str) -> str:
    """Not to be broken over two lines."""
    return words.replace(" ", "\u00a0")


def _place(tx: Connection, site: Unit) -> str:
    """Where it is, and who answers today for a site that was merged away."""
    commune = places.commune(tx, site.list, site.commune) if site.list and site.commune else None
    parts = (commune.name, commune.district, commune.province) if commune else (site.district,)
    place = ", ".join(part for part in parts if part and fold(part) not in fold(site.name))
    now = units.today(tx, site)
    return place if now.id == site.id else say(_("{site} (today: {now})", site=place, now=now.name), LANG)
