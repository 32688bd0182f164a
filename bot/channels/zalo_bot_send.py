"""Says what the outbox holds on the Zalo Bot Platform, which knows words and nothing to press."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.channels import Held, Outcome, Outgoing, Refused, Sent, TryAgain, Unknown
from bot.channels.words import pieces, plain
from bot.channels.zalo_buttons import listed
from bot.channels.zalo_media import elsewhere
from bot.channels.zalo_request import Request
from bot.clock import Clock
from bot.log import event
from bot.settings import Settings
from locales import say

LONGEST = 2000  # of a message; counted as UTF-16, the shorter of what it may mean
REASON = 300
NEVER_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
BUSY, REFUSED = timedelta(minutes=1), timedelta(minutes=10)
log = logging.getLogger("bot.zalo_bot")


class Sender:
    def __init__(self, settings: Settings, request: Request, clock: Clock) -> None:
        self._base = f"{settings.zalo_bot_api}/bot{settings.zalo_bot_token}/"
        self._page, self._request, self._clock = f"{settings.public_url}/", request, clock

    async def send(self, message: Outgoing) -> Outcome:
        """Nothing can be changed or taken back: what changes is said anew."""
        if message.body["kind"] == "topic":
            return Refused("there are no topics")
        outcome: Outcome = Sent()
        for number, piece in enumerate(pieces(self._text(message.body), LONGEST)):
            outcome = (
                await self.call("sendMessage", {"chat_id": message.chat, "text": piece}) if piece else Sent()
            )
            if not isinstance(outcome, Sent):
                # It begins anew, so that its first part is read twice: that is counted.
                return Unknown("only a part was taken") if number and isinstance(outcome, Held) else outcome
        return outcome

    def _text(self, body: dict[str, Any]) -> str:
        """All choices are a list with numbers. Of a file, which Zalo would fetch from a public address, where it can be seen."""
        lang = body.get("lang", "vi")
        if body["kind"] != "media":
            return (
                listed(plain(body["text"]), body.get("choices", []), lang) if body["kind"] != "delete" else ""
            )
        return say(elsewhere(body["media"][0], self._page), lang)

    async def call(self, method: str, body: dict[str, Any]) -> Outcome:
        """The address holds the token, so no error is repeated but by its kind."""
        try:
            status, content = await self._request.post(self._base + method, {}, json=body)
        except NEVER_CONNECTED:
            return Held(self._clock.machine() + BUSY / 6, everywhere=True)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Unknown(type(error).__name__)
        return meaning(status, content, self._clock.machine())


def meaning(status: int, content: bytes, now: datetime) -> Outcome:
    """Of an answer; what counts is its `ok`, whatever HTTP says. now: machine time."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    found = found if isinstance(found, dict) else {}
    if found.get("ok") is True:
        result = found.get("result")
        ref = result.get("message_id") if isinstance(result, dict) else None
        return Sent(str(ref)[:80] if ref else None)
    known = found.get("error_code")
    code = known if type(known) is int else status
    if code == 401:
        event(log, logging.ERROR, "Zalo refuses ZALO_BOT_TOKEN; nothing is sent there, and nothing is lost")
        return Held(now + REFUSED, everywhere=True)
    if code == 429:
        return Held(now + BUSY, everywhere=True)
    reason = f"{code} {found.get('description') or ''}".rstrip()[:REASON]
    if code == 408 or (200 <= code < 300 and not found):
        return Unknown(reason)
    return TryAgain(reason) if code == 403 or code >= 500 else Refused(reason)  # 403 is Zalo's «internal»
