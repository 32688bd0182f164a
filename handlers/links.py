"""Addresses that open a chat with the desk: at its page, on Telegram as soon as the bot's name is known, on Zalo."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import site_codes
from handlers.turn import Desk
from storage import facts


def page(desk: Desk) -> str:
    """In the demo, whose front page shows the phones, the chat lives one floor down."""
    return f"{desk.public_url.rstrip('/')}/{'chat/' if desk.demo else ''}"


def telegram(tx: Connection, start: str, how: str = "start") -> str | None:
    name = facts.get(tx, "telegram_bot")
    return f"https://t.me/{name}?{how}={start}" if name else None


def zalo(desk: Desk) -> str | None:
    """Zalo documents no address that carries a word along: what it should begin with is typed."""
    return f"https://zalo.me/{desk.zalo_oa}" if desk.zalo_oa else None


def joining(tx: Connection, desk: Desk, code: str) -> list[str]:
    """Where an invitation is taken up."""
    at_page = f"{page(desk)}?join={code}"
    bot = telegram(tx, f"join_{code}")
    return [at_page, bot] if bot else [at_page]


def at_site(tx: Connection, desk: Desk, code: str) -> dict[str, str]:
    """Where a report about the site with this code is begun, by channel."""
    start = f"{site_codes.PREFIX}{code}"
    ways = {
        "zalo": zalo(desk),
        "web": f"{page(desk)}?start={start}",
        "telegram": telegram(tx, start),
    }
    return {channel: way for channel, way in ways.items() if way}
