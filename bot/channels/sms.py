"""SMS, outbound only: one HTTP request to the operator's gateway, described by settings."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from bot.channels import Outcome, Outgoing, Quiet, Refused, Sent, TryAgain, Unknown
from bot.channels.sms_request import content_type_of, in_address, in_body, kind_of
from bot.channels.sms_text import Written, written
from bot.log import event
from bot.settings import Settings
from handlers.incoming import Incoming

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
ANSWER = 64_000  # bytes of the gateway's answer that are looked at
MOST = 3  # SMS of one message; a code is never cut
PROVIDER_ID = 80  # characters that the outbox keeps
log = logging.getLogger("bot.sms")


@dataclass(frozen=True)
class Asked:
    """A request to the gateway: what it was to send, what it answered, and what that means."""

    sms: Written
    answer: str
    outcome: Outcome


class Sms(Quiet):
    name = "sms"

    def __init__(
        self,
        settings: Settings,
        session: aiohttp.ClientSession,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._settings, self._session, self._timeout = settings, session, timeout
        self._headers: dict[str, str] = json.loads(settings.sms_headers)
        self._kind = kind_of(content_type_of(self._headers)) if settings.sms_method != "GET" else None
        if self._kind and "content-type" not in map(str.lower, self._headers):
            self._headers["Content-Type"] = content_type_of(self._headers)
        self._success = re.compile(settings.sms_success, re.DOTALL)

    def parse(self, raw: dict[str, Any]) -> Incoming:
        raise NotImplementedError("SMS brings nothing in")

    async def send(self, message: Outgoing) -> Outcome:
        """News that may have arrived is not sent again: it costs twice, and whoever misses it is called. A code is."""
        code = message.body.get("code", False)
        if message.perhaps and not code:
            return Refused("it may have arrived, and is sent only once")
        number = f"{message.created_at:%y%m%d}{message.id:06}"
        asked = await self.ask(message.body["phone"], message.body["text"], number, None if code else MOST)
        if isinstance(asked.outcome, Sent | Unknown):
            how = "an SMS was sent" if isinstance(asked.outcome, Sent) else "an SMS was perhaps sent"
            sms = asked.sms
            event(log, logging.INFO, how, outbox=message.id, parts=sms.parts, encoding=sms.encoding)
        return asked.outcome

    async def ask(self, phone: str, text: str, number: str, most: int | None = MOST) -> Asked:
        """number: the same whenever this message is tried; a gateway may know by it that it has the message already."""
        sms = written(text, plain=self._settings.sms_text == "plain", most=most)
        if not self._settings.sms_url:
            return Asked(sms, "", Refused("SMS_URL is not set"))
        values = {
            "phone": dialled(phone, self._settings.sms_phone),
            "text": sms.text,
            "id": number,
            "unicode": "1" if sms.encoding == "ucs2" else "0",
        }
        answer, outcome = await self._request(values, sms.parts)
        return Asked(sms, answer, outcome)

    async def _request(self, values: dict[str, str], parts: int) -> tuple[str, Outcome]:
        """2xx, and SMS_SUCCESS in the answer where it is set, means sent; a timeout means perhaps."""
        body = in_body(self._settings.sms_template, values, self._kind).encode() if self._kind else None
        try:
            async with self._session.request(
                self._settings.sms_method,
                in_address(self._settings.sms_url, values),
                data=body,
                headers=self._headers,
                timeout=self._timeout,
                allow_redirects=False,  # a redirect would turn the POST into a GET, whose 200 says nothing
            ) as answer:
                text = (await _beginning(answer)).decode(errors="replace")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            return "", TryAgain("the gateway cannot be reached")
        except (TimeoutError, aiohttp.ClientError) as error:
            return "", Unknown(type(error).__name__)
        return f"{answer.status} {answer.reason}\n{text}", self._meaning(answer, text, parts)

    def _meaning(self, answer: aiohttp.ClientResponse, text: str, parts: int) -> Outcome:
        if answer.status == 504:
            return Unknown(
                "status 504"
            )  # the timeout of somebody in between: what is behind may have taken it
        if answer.status == 429 or answer.status >= 500:
            return TryAgain(f"status {answer.status}", _asked_to_wait(answer.headers.get("Retry-After", "")))
        if not 200 <= answer.status < 300:
            return Refused(f"status {answer.status}")
        found = self._success.search(text)
        if not found:
            return Refused("SMS_SUCCESS is not in the answer")
        number = found[1] if self._success.groups else None
        return Sent(number[:PROVIDER_ID] if number else None, parts=parts)


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


def dialled(phone: str, begins: str) -> str:
    """A Vietnamese number as the gateway wants it: 0912345678, 84912345678 or +84912345678."""
    return begins + phone.removeprefix("0")
