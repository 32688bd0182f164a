"""SMS, outbound only: one HTTP request to the operator's gateway, described by settings."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import aiohttp

from bot.channels import Outcome, Outgoing, Quiet, Refused, Sent, TryAgain, Unknown
from bot.settings import Settings
from handlers.incoming import Incoming

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
ANSWER = 64_000  # bytes of the gateway's answer that are looked at


class Sms(Quiet):
    name = "sms"

    def __init__(
        self,
        settings: Settings,
        session: aiohttp.ClientSession,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._settings, self._session, self._timeout = settings, session, timeout
        self._headers = {"Content-Type": "application/json", **json.loads(settings.sms_headers)}

    def parse(self, raw: dict[str, Any]) -> Incoming:
        raise NotImplementedError("SMS brings nothing in")

    async def send(self, message: Outgoing) -> Outcome:
        """2xx, and SMS_SUCCESS in the answer where it is set, means sent; a timeout means perhaps."""
        if not self._settings.sms_url:
            return Refused("SMS_URL is not set")
        body = fill(self._settings.sms_template, message.body["phone"], message.body["text"])
        try:
            async with self._session.request(
                self._settings.sms_method,
                self._settings.sms_url,
                data=body.encode(),
                headers=self._headers,
                timeout=self._timeout,
                allow_redirects=False,  # a redirect would turn the POST into a GET, whose 200 says nothing
            ) as answer:
                text = (await _beginning(answer)).decode(errors="replace")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            return TryAgain("the gateway cannot be reached")
        except (TimeoutError, aiohttp.ClientError) as error:
            return Unknown(type(error).__name__)
        if answer.status == 429 or answer.status >= 500:
            return TryAgain(f"status {answer.status}", _asked_to_wait(answer.headers.get("Retry-After", "")))
        if not 200 <= answer.status < 300:
            return Refused(f"status {answer.status}")
        if self._settings.sms_success not in text:
            return Refused("SMS_SUCCESS is not in the answer")
        return Sent()


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    found = b""
    async for part in answer.content.iter_chunked(ANSWER):
        found += part
        if len(found) >= ANSWER:
            break
    return found[:ANSWER]


def _asked_to_wait(seconds: str) -> timedelta:
    """Retry-After in seconds; no longer than a code lives."""
    asked = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 6 else 0
    return timedelta(seconds=min(max(asked, 5), 300))


def fill(template: str, phone: str, text: str) -> str:
    """The body of the request; both values escaped as inside JSON quotes."""
    return template.replace("{phone}", json.dumps(phone)[1:-1]).replace(
        "{text}", json.dumps(text, ensure_ascii=False)[1:-1]
    )
