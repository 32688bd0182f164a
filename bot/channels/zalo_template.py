"""What goes to a person who was silent for longer than Zalo lets chats stand open: the approved template, or nothing."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.channels import Held, Outcome, Outgoing, Outside, Refused, Sent
from bot.channels.words import shortened
from bot.channels.zalo_api import Api, ZaloError
from bot.channels.zalo_errors import QUOTAS, TROUBLE, outcome_of, reason_of
from bot.clock import Clock
from bot.log import event
from bot.settings import Settings

PATH = "/v3.0/oa/message/template"
FREE, BILLED = timedelta(hours=48), timedelta(days=7)
# Units of a value. How many a template allows is set where it is registered; zalo.cloud calls 30 usual, and whether
# that holds for templates by user id is not established. An address is never cut.
VALUE = 30
log = logging.getLogger("bot.zalo")


def window(heard_at: datetime | None, now: datetime) -> Literal["free", "billed", "closed"]:
    """Both machine time. Of a chat that was never heard only Zalo knows."""
    silent = now - heard_at if heard_at else timedelta()
    return "free" if silent < FREE else "billed" if silent < BILLED else "closed"


class Template:
    def __init__(self, api: Api, clock: Clock, settings: Settings) -> None:
        self._api, self._clock, self._id = api, clock, settings.zalo_template
        self._link = f"{settings.public_url}/"
        self._data: dict[str, str] = json.loads(settings.zalo_template_data)

    async def instead(self, message: Outgoing, reason: str) -> Outcome:
        """Says that there is news, where the message holds any and the operator has a template. reason: why not in
        full."""
        news = message.body.get("news")
        if not news or not self._id:
            return Outside(reason)
        body = {"user_id": message.chat, "template_id": self._id, "template_data": self.values(news)}
        try:
            sent = await self._api.post(PATH, body)
        except TROUBLE as error:
            return self._trouble(error)
        event(log, logging.INFO, "Zalo bills a message", outbox=message.id, how="template")
        return Sent(ref_of(sent), how="template")

    def values(self, news: dict[str, str]) -> dict[str, str]:
        given = {"code": news["code"], "unit": news["unit"], "state": news["state"], "link": self._link}
        return {name: _filled(text, given) for name, text in self._data.items()}

    def _trouble(self, error: Exception) -> Outcome:
        """Whatever is wrong with the template alone leaves the person outside, and other roads are tried."""
        outcome = outcome_of(error, self._clock.machine(), billed=True)
        quota = isinstance(error, ZaloError) and error.code in QUOTAS
        if isinstance(outcome, Refused) or (quota and isinstance(outcome, Held)):
            event(log, logging.ERROR, "Zalo refuses ZALO_TEMPLATE", reason=reason_of(error))
            return Outside(f"template: {reason_of(error)}")
        return outcome


def ref_of(sent: dict[str, Any]) -> str | None:
    found = sent.get("message_id")
    return str(found) if found else None


def _filled(text: str, given: dict[str, str]) -> str:
    made = re.sub(r"\{(\w+)\}", lambda place: given[place[1]], text) or "–"
    return made if "{link}" in text else shortened(made, VALUE)
