"""Says what the outbox holds: a body in, calls to the Bot API out."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.channels import Held, Outcome, Outgoing, Refused, Sent, Unknown
from bot.channels.telegram_api import Api
from bot.channels.telegram_commands import OwnLists
from bot.channels.telegram_errors import outcome_of, says
from bot.channels.telegram_keys import below_the_box, keyboard
from bot.channels.telegram_media import Attachments, TooLarge
from bot.channels.telegram_words import LONGEST, html
from bot.channels.words import pieces, plain, shortened
from bot.clock import Clock
from bot.log import event

TOAST = 200  # units
log = logging.getLogger("bot.telegram")


class InPart(Exception):
    """The first pieces of a long text were taken, and then came an error."""


class Sender:
    def __init__(self, api: Api, clock: Clock, attachments: Attachments) -> None:
        self._api, self._clock, self._attachments = api, clock, attachments
        self._lists = OwnLists(api)

    async def send(self, message: Outgoing) -> Outcome:
        say = {"toast": self._toast, "delete": self._delete, "media": self._media, "topic": self._topic}
        try:
            ref = await say.get(message.body["kind"], self._words)(message)
        except TelegramError as error:
            return outcome_of(error, message, self._clock.machine())
        except InPart as part:
            assert isinstance(part.__cause__, TelegramError)
            outcome = outcome_of(part.__cause__, message, self._clock.machine())
            # It begins anew, so that its first part is read twice: that is counted.
            return Unknown("only a part was taken") if isinstance(outcome, Held) else outcome
        except FileNotFoundError:
            return Refused("the file was erased")
        except TooLarge:
            return Refused("the file is larger than Telegram takes")
        await self._lists.fit(message)
        return Sent(ref)

    async def _words(self, message: Outgoing) -> str | None:
        """The provider's id. A message that cannot be edited into what it is to be is sent anew, and the old one goes."""
        body, texts = message.body, pieces(message.body["text"], LONGEST)
        keys = keyboard(body, is_private(message.chat), message.id)
        try:
            if message.ref and body.get("place") != "end" and len(texts) == 1 and not below_the_box(keys):
                return await self._edit(message, texts[0], keys)
            return await self._anew(message, texts, keys)
        except BadRequest as error:
            if says(error, ("button url", "button_url_invalid")) and any(map(_address, body["choices"])):
                return await self._words(_addresses_in_words(message))
            raise

    async def _edit(self, message: Outgoing, text: str, keys: dict[str, Any] | None) -> str | None:
        where = {"chat_id": message.chat, "message_id": message.ref}
        await self._call("editMessageText", text, **where, **_unseen_links(), reply_markup=keys)
        return message.ref

    async def _anew(self, message: Outgoing, texts: list[str], keys: dict[str, Any] | None) -> str:
        """In several messages where it is long; its buttons are below the last."""
        how, sent = how_sent(message), {"message_id": 0}
        for number, text in enumerate(texts, 1):
            last = keys if number == len(texts) else None
            try:
                sent = await self._call("sendMessage", text, **how, **_unseen_links(), reply_markup=last)
            except TelegramError as error:
                if number == 1:
                    raise
                raise InPart from error
        if message.ref:
            with suppress(TelegramError):  # after 48 hours it stays
                await self._api.call("deleteMessage", chat_id=message.chat, message_id=message.ref)
        if message.body.get("pin"):
            with suppress(TelegramError):  # without the right to pin it stands among the others
                await self._api.call(
                    "pinChatMessage",
                    chat_id=message.chat,
                    message_id=sent["message_id"],
                    disable_notification=True,
                )
        return str(sent["message_id"])

    async def _call(self, method: str, text: str, **params: Any) -> Any:
        try:
            return await self._api.call(method, text=html(text), parse_mode="HTML", **params)
        except BadRequest as error:
            if not says(error, ("can't parse entities",)):
                raise
            event(log, logging.ERROR, "Telegram did not understand our markup; sent as plain text")
            return await self._api.call(method, text=plain(text), **params)

    async def _toast(self, message: Outgoing) -> str | None:
        """In private the press was answered at once (acknowledge), and a press is answered once: there the words
        come as a message."""
        body = message.body
        if is_private(message.chat):
            return await self._anew(message, [body["text"]], None)
        text = shortened(plain(body["text"]), TOAST)
        alert = body.get("alert", False)
        await self._api.call(
            "answerCallbackQuery", callback_query_id=body["press"], text=text, show_alert=alert
        )
        return None

    async def _delete(self, message: Outgoing) -> None:
        """What is gone already, or too old, needs no further word."""
        with suppress(BadRequest):
            await self._api.call("deleteMessage", chat_id=message.chat, message_id=message.body["message"])

    async def _topic(self, message: Outgoing) -> str:
        """The id of the new topic's thread."""
        made = await self._api.call("createForumTopic", chat_id=message.chat, name=message.body["text"])
        return str(made["message_thread_id"])

    async def _media(self, message: Outgoing) -> str:
        sent = await self._attachments.send(message.body["media"][0], how_sent(message))
        return str(sent["message_id"])


def is_private(chat: str) -> bool:
    return not chat.startswith("-")


def how_sent(message: Outgoing) -> dict[str, Any]:
    body, thread = message.body, message.body.get("thread")
    return {
        "chat_id": message.chat,
        "message_thread_id": int(thread) if thread else None,
        "protect_content": True if body.get("sensitive") else None,
        "disable_notification": True if body.get("silent") else None,
        "reply_parameters": _answered(message),
    }


def _answered(message: Outgoing) -> dict[str, Any] | None:
    """The message that this one replies to; ids of a chat that has moved since are none of the new one's."""
    chat, ref = message.body.get("answers") or ("", "")
    return {"message_id": int(ref), "allow_sending_without_reply": True} if chat == message.chat else None


def _unseen_links() -> dict[str, Any]:
    return {"link_preview_options": {"is_disabled": True}}


def _address(choice: dict[str, Any]) -> str | None:
    return choice.get("url")


def _addresses_in_words(message: Outgoing) -> Outgoing:
    """Telegram takes no address of this machine or of a bare name for a button."""
    choices = message.body["choices"]
    told = [f"{one['label']}: {one['url']}" for one in choices if _address(one)]
    text = "\n".join((message.body["text"], *told))
    rest = [one for one in choices if not _address(one)]
    body = message.body | {"text": text, "choices": rest}
    return Outgoing(message.id, message.chat, body, message.replaces, message.created_at, message.ref)
