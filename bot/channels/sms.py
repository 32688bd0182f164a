"""SMS, outbound only: one HTTP request to the operator's gateway, described by settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels import Outcome, Outgoing, Refused, Sent, TryAgain, Unknown
from bot.settings import Settings
from handlers.turn import Incoming

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)


class Sms:
    name = "sms"

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        self._settings, self._session = settings, session
        self._headers = {"Content-Type": "application/json", **json.loads(settings.sms_headers)}

    def parse(self, raw: dict[str, Any]) -> Incoming:
        raise NotImplementedError("SMS brings nothing in")

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return ()

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
                timeout=TIMEOUT,
            ) as answer:
                text = await answer.text()
        except aiohttp.ClientConnectorError:
            return TryAgain("the gateway cannot be reached")
        except (TimeoutError, aiohttp.ClientError) as error:
            return Unknown(type(error).__name__)
        if answer.status == 429 or answer.status >= 500:
            return TryAgain(f"status {answer.status}")
        if answer.status >= 400 or self._settings.sms_success not in text:
            return Refused(f"status {answer.status}")
        return Sent()


def fill(template: str, phone: str, text: str) -> str:
    """The body of the request; both values escaped as inside JSON quotes."""
    return template.replace("{phone}", json.dumps(phone)[1:-1]).replace(
        "{text}", json.dumps(text, ensure_ascii=False)[1:-1]
    )
