"""Whether a request is Zalo's: SHA-256 over the app, the body as it came, a time, and the account's secret.

Live integrations disagree on two of these, so every reading is tried; docs/channels.md.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from bot.channels.zalo_event import accounts_of

SIGNATURE, TIMESTAMP = "X-ZEvent-Signature", "X-ZEvent-Timestamp"


def matching(
    app_id: str, secret: str, body: bytes, event: dict[str, Any], headers: Mapping[str, str]
) -> str | None:
    """Which reading it was signed by, in words for the log; None: it is not Zalo's."""
    given = headers.get(SIGNATURE, "").strip()
    marked = given.lower().startswith("mac=")
    wanted = given[4:].lower().encode(errors="replace") if marked else given.lower().encode(errors="replace")
    found = None
    for name, first, time in _readings(app_id, event, headers.get(TIMESTAMP)):
        made = hashlib.sha256(first.encode() + body + time.encode() + secret.encode()).hexdigest()
        if hmac.compare_digest(wanted, made.encode()):
            found = found or (name + (", mac=" if marked else ""))
    return found


def _readings(app_id: str, event: dict[str, Any], header: str | None) -> list[tuple[str, str, str]]:
    times = [("time of the body", _time(event.get("timestamp"))), ("time of the header", _time(header))]
    firsts = [("app_id", app_id), *(("oa_id", one) for one in sorted(accounts_of(event)))]
    return [(f"{who}, {when}", first, time) for who, first in firsts for when, time in times if time]


def _time(value: object) -> str | None:
    """Digits only: with anything else a part of the body could pose as the time."""
    text = str(value) if isinstance(value, int | str) else ""
    return text if text.isascii() and text.isdigit() and len(text) <= 20 else None
