"""Addresses that open a chat with the desk: at its page, and on Telegram as soon as the bot's name is known."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.turn import Desk
from storage import facts


def telegram(tx: Connection, start: str, how: str = "start") -> str | None:
    name = facts.get(tx, "telegram_bot")
    return f"https://t.me/{name}?{how}={start}" if name else None


def joining(tx: Connection, desk: Desk, code: str) -> list[str]:
    """Where an invitation is taken up. In the demo, whose front page shows the phones, the chat lives one floor down."""
    page = f"{desk.public_url.rstrip('/')}/{'chat/' if desk.demo else ''}?join={code}"
    bot = telegram(tx, f"join_{code}")
    return [page, bot] if bot else [page]
