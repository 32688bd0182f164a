"""What the settings of Telegram must look like; what is wrong is said without repeating a secret."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import ValidationInfo

WEBHOOK_PORTS = (443, 80, 88, 8443)  # Telegram calls no other


def token(value: str) -> str:
    if value and not re.fullmatch(r"[0-9]{3,16}:[A-Za-z0-9_-]{20,64}", value):
        raise ValueError("must be the token that BotFather gave, such as 123456789:AAE…; empty: no Telegram")
    return value


def api(value: str) -> str:
    """Braces would be filled in by the library."""
    if not value or "{" in value:
        raise ValueError("must be an address that begins with http:// or https://")
    return value


def webhook(value: str) -> str:
    try:
        found = urlsplit(value)
        right = found.scheme == "https" and bool(found.hostname) and (found.port or 443) in WEBHOOK_PORTS
    except ValueError:
        right = False
    if value and not (right and found.path.endswith("/telegram")):
        raise ValueError(
            "must be https://…/telegram, on port 443, 80, 88 or 8443; empty: the desk asks by itself"
        )
    return value


def secret(value: str, others: ValidationInfo) -> str:
    if not value and others.data.get("telegram_webhook_url"):
        raise ValueError(
            "TELEGRAM_WEBHOOK_SECRET is missing; with TELEGRAM_WEBHOOK_URL it keeps strangers from posing as Telegram"
        )
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError("must be 16 to 256 letters, digits, - or _")
    return value


def proxy(value: str) -> str:
    try:
        found = urlsplit(value)
        right = found.scheme in ("http", "socks5") and bool(found.hostname) and bool(found.port)
    except ValueError:
        right = False
    if value and not right:
        raise ValueError("must look like socks5://host:1080 or http://user:password@host:3128")
    return value
