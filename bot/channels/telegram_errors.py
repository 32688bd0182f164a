"""What an error of Telegram means for a delivery."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import chance
from bot.channels import Blocked, Gone, Held, Moved, Outcome, Outgoing, Refused, Sent, Unknown
from bot.channels.telegram_request import Unreached
from bot.log import event

LONGEST = 300  # of a reason
AWAY, NO_TOKEN = timedelta(seconds=10), timedelta(minutes=5)
log = logging.getLogger("bot.telegram")

SAME = ("message is not modified",)
LATE = ("query is too old", "query id is invalid", "query_id_invalid")
NO_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic deleted")
NO_CHAT = ("chat not found", "peer_id_invalid", "not enough rights to send", "have no rights to send",
           "chat_write_forbidden", "user is deactivated")  # fmt: skip


def says(error: TelegramError, these: tuple[str, ...]) -> bool:
    text = error.message.lower()
    return any(one in text for one in these)


def reason_of(error: TelegramError) -> str:
    """For the operator. A whole page of a proxy's may follow it, which belongs in no log."""
    return error.message.partition(". Parsing the server response")[0][:LONGEST]


def seconds_of(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def outcome_of(error: TelegramError, message: Outgoing, now: datetime) -> Outcome:
    """now: machine time. BadRequest is a NetworkError, so it is asked for first. What concerns the whole bot is no try
    of this message: however long Telegram is away, nothing is given up for it."""
    match error:
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case RetryAfter():
            wait = seconds_of(error) + chance.seconds(1 + seconds_of(error) / 10)
            return Held(now + timedelta(seconds=wait), everywhere=True)
        case Forbidden():
            return Blocked(reason_of(error))
        case InvalidToken():
            event(log, logging.ERROR, "Telegram refuses TELEGRAM_TOKEN; nothing is sent there")
            return Held(now + NO_TOKEN, everywhere=True)
        case BadRequest():
            return _of_request(error, message)
        case Unreached():
            return Held(now + AWAY, everywhere=True)
        case TimedOut() | NetworkError():
            return Unknown(reason_of(error))
    return Unknown(type(error).__name__)


def _of_request(error: BadRequest, message: Outgoing) -> Outcome:
    """Gone only where the message did ask for what is gone: otherwise it would be sent anew for ever."""
    if says(error, SAME):
        return Sent(message.ref)
    if says(error, LATE):
        return Sent()
    if message.ref and says(error, NO_MESSAGE):
        return Gone("message")
    if "thread" in message.body and says(error, NO_TOPIC):
        return Gone("topic")
    return Blocked(reason_of(error)) if says(error, NO_CHAT) else Refused(reason_of(error))
