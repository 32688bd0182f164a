"""Says what the outbox holds: a body in, calls to the OpenAPI of an Official Account out."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

from bot.channels import Held, Outcome, Outgoing, Outside, Refused, Sent, TryAgain, Unknown
from bot.channels.words import pieces, plain
from bot.channels.zalo_api import Api, ZaloError
from bot.channels.zalo_buttons import buttons, listed, numbered
from bot.channels.zalo_errors import BAD_PARAMETER, NETWORK, QUOTAS, TROUBLE, outcome_of, reason_of
from bot.channels.zalo_media import Attachments, NotTaken
from bot.channels.zalo_template import Template, ref_of, window
from bot.clock import Clock
from bot.files import Files
from bot.log import event
from bot.settings import Settings
from handlers.turn import FEW
from storage.db import Database

Json = dict[str, Any]

PATH = "/v3.0/oa/message/cs"
LONGEST = (
    2000  # of a message; whether Zalo counts characters or UTF-16 is not established, so the shorter holds
)
PATIENCE = timedelta(days=1)  # with a quota that is used up
MENTION = re.compile(r"\[(?=@)")
log = logging.getLogger("bot.zalo")


class InPart(Exception):
    """The first pieces of a long text were taken, and then came this error."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class NotUploaded(Exception):
    """The network failed in this way before there was anything to show."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class Sender:
    def __init__(self, api: Api, clock: Clock, store: Files, db: Database, settings: Settings) -> None:
        self._api, self._clock, self._billed = api, clock, settings.zalo_billed
        self._attachments = Attachments(api, db, store, settings.public_url)
        self._template = Template(api, clock, settings)

    async def send(self, message: Outgoing) -> Outcome:
        """What was said on Zalo stays as it was said: a change comes as a new message, and nothing can be deleted."""
        kind = message.body["kind"]
        if kind == "delete":
            return Sent()
        if kind == "topic":
            return Refused("Zalo has no topics")
        there = window(message.heard_at, self._clock.machine())
        if there == "closed" or (there == "billed" and not self._billed):
            return await self._template.instead(message, "the person was silent for too long")
        try:
            ref = await (self._media if kind == "media" else self._words)(message)
        except FileNotFoundError:
            return Refused("the file was erased")
        except NotUploaded as none:
            outcome = outcome_of(none.error, self._clock.machine())
            return TryAgain(outcome.reason) if isinstance(outcome, Unknown) else outcome
        except InPart as part:
            outcome = outcome_of(part.error, self._clock.machine(), billed=there == "billed")
            # It begins anew, so that its first part is read twice: that is counted.
            return Unknown("only a part was taken") if isinstance(outcome, Held) else outcome
        except TROUBLE as error:
            outcome = outcome_of(error, self._clock.machine(), billed=there == "billed")
            if isinstance(outcome, Outside) or self._waits_too_long(message, error):
                return await self._template.instead(message, reason_of(error))
            return outcome
        if there == "billed":
            event(log, logging.INFO, "Zalo bills a message", outbox=message.id, how="full")
        return Sent(ref)

    def _waits_too_long(self, message: Outgoing, error: Exception) -> bool:
        """News that no quota is left for takes another road at last."""
        quota = isinstance(error, ZaloError) and error.code in QUOTAS and message.body.get("news")
        return bool(quota) and self._clock.now() - message.created_at >= PATIENCE

    async def _words(self, message: Outgoing) -> str | None:
        """In several messages where it is long; its buttons are below the last."""
        body, text = message.body, said(message.body["text"])
        choices = body.get("choices", [])
        if len(choices) > FEW:
            text, choices = listed(text, choices, body.get("lang", "vi")), []
        *before, last = pieces(text, LONGEST)
        await self._all(message.chat, before)
        try:
            return await self._last(message, last, choices)
        except TROUBLE as error:
            if before:
                raise InPart(error) from error
            raise

    async def _all(self, chat: str, texts: list[str]) -> str | None:
        ref = None
        for number, text in enumerate(texts):
            try:
                ref = await self._post(chat, {"text": text})
            except TROUBLE as error:
                if number:
                    raise InPart(error) from error
                raise
        return ref

    async def _last(self, message: Outgoing, text: str, choices: list[Json]) -> str | None:
        """Buttons that Zalo does not take, or an address that it does not like, become words: as words they work too."""
        attachment = buttons(choices, root(message))
        if attachment is None:
            return await self._post(message.chat, {"text": text})
        try:
            return await self._post(message.chat, {"text": text, "attachment": attachment})
        except ZaloError as error:
            if error.code != BAD_PARAMETER:
                raise
            event(
                log, logging.ERROR, "Zalo does not take our buttons; said in words", reason=reason_of(error)
            )
        body = message.body
        text = listed(text, choices, body.get("lang", "vi"), numbers=numbered(body))
        return await self._all(message.chat, pieces(text, LONGEST))

    async def _media(self, message: Outgoing) -> str | None:
        item = message.body["media"][0]
        try:
            try:
                made = await self._attachments.message(item)
            except NETWORK as error:
                raise NotUploaded(error) from error
            return await self._post(message.chat, made)
        except NotTaken:
            event(log, logging.INFO, "Zalo does not take a file; sent as words", outbox=message.id)
        except ZaloError as error:
            if not isinstance(outcome_of(error, self._clock.machine()), Refused):
                raise
            event(log, logging.ERROR, "Zalo refused a file; sent as words", reason=reason_of(error))
        lang = message.body.get("lang", "vi")
        return await self._post(message.chat, self._attachments.instead(item, lang))

    async def _post(self, chat: str, said_: Json) -> str | None:
        return ref_of(await self._api.post(PATH, {"recipient": {"user_id": chat}, "message": said_}))


def said(text: str) -> str:
    """Zalo knows no markup. What it would read as naming somebody ([@id]) is taken apart."""
    return MENTION.sub("[ ", plain(text))


def root(message: Outgoing) -> int:
    """The row that a press names: the first of a message that changes, as where providers edit (outbox.root_of), so
    that edits of it collapse. A form's question at the end begins a message of its own (turn._flow)."""
    anew = message.replaces is None or message.body.get("place") == "end"
    return message.id if anew else message.replaces or message.id
