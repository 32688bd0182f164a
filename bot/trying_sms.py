"""python -m bot sms: one SMS to one number, and what the gateway made of it."""

from __future__ import annotations

import aiohttp

from bot.channels import Outcome, Sent
from bot.channels.sms import Sms
from bot.channels.sms_text import ALONE
from bot.clock import Clock
from bot.settings import Settings, WrongSetting
from handlers.phones import Phone, read_phone
from locales import _, say

SHOWN = 1000  # characters of the gateway's answer


async def main(settings: Settings, to: str, text: str | None) -> int:
    phone = read_phone(to)
    if not isinstance(phone, Phone):
        raise WrongSetting(f"--to: must be a Vietnamese mobile number, such as 0912345678 ({phone})")
    text = text or say(_("phananh48: this is only a test. Please do not reply."), "vi")
    number = f"{Clock().machine():%y%m%d%H%M%S}"
    async with aiohttp.ClientSession() as session:
        asked = await Sms(settings, session).ask(phone.value, text, number)
    sms = asked.sms
    print(f"text: {sms.text}")
    print(
        f"parts: {sms.parts} ({sms.units} characters in {sms.encoding}; one SMS holds {ALONE[sms.encoding]})"
    )
    if asked.answer:
        seen = "".join(char if char.isprintable() or char == "\n" else "?" for char in asked.answer[:SHOWN])
        print(f"gateway: {seen.rstrip()}")
    print(f"verdict: {verdict(asked.outcome)}")
    return 0 if isinstance(asked.outcome, Sent) else 1


def verdict(outcome: Outcome) -> str:
    if isinstance(outcome, Sent):
        return f"sent, and known there as {outcome.provider_id}" if outcome.provider_id else "sent"
    return f"{type(outcome).__name__}: {getattr(outcome, 'reason', '')}"
