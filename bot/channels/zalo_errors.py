"""What an error of Zalo means for a delivery; Zalo says it in the body, whatever HTTP says."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import aiohttp

from bot.channels import Blocked, Held, Outcome, Outside, Refused, TryAgain, Unknown
from bot.channels.zalo_api import STALE, HttpError, NoToken, ZaloError
from bot.log import event

LONGEST = 300  # of a reason
SOON, AWAY, BUSY = timedelta(seconds=5), timedelta(seconds=10), timedelta(minutes=1)
NO_TOKEN, NO_PACKAGE, NO_QUOTA = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)
# No connection was made, so surely nothing was delivered.
NEVER_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
NETWORK = (aiohttp.ClientError, ConnectionError, TimeoutError)
TROUBLE = (ZaloError, NoToken, *NETWORK)

BAD_PARAMETER, TOO_FAST = -201, -32
CLOSED = (-230, -232)  # the person was silent for too long
ASLEEP = -227  # the person has not used Zalo for 45 days
TURNED_AWAY = (-213, -244)  # follows the account no more, or wants no such messages
QUOTA, QUOTA_OF_PERSON = -211, -218
QUOTAS = (QUOTA, QUOTA_OF_PERSON)
BILLING = (-320, -321)
PACKAGE = (-221, -223, -224, -237)  # not verified, not granted, or the paid package is over
log = logging.getLogger("bot.zalo")


def reason_of(error: Exception) -> str:
    """For the operator; no address, and of a fault of the network only its kind."""
    if isinstance(error, ZaloError):
        return f"{error.code} {error.message}".rstrip()[:LONGEST]
    if isinstance(error, HttpError):
        return f"status {error.status}"
    return type(error).__name__


def outcome_of(error: Exception, now: datetime, *, billed: bool = False) -> Outcome:
    """now: machine time; billed: Zalo takes money for this message. What concerns the whole account is no try of this
    message: however long it lasts, nothing is given up for it."""
    match error:
        case NoToken():
            return Held(now + NO_TOKEN, everywhere=True)
        case ZaloError():
            return _of_zalo(error, now, billed)
        case HttpError(status=429):
            return Held(now + BUSY, everywhere=True)
        case HttpError(status=status) if not 200 <= status < 300:
            # Zalo says its own errors with 200: this is a fault of theirs, or of something in between.
            return TryAgain(reason_of(error), SOON if status >= 500 else BUSY)
    if isinstance(error, NEVER_CONNECTED):
        return Held(now + AWAY, everywhere=True)
    return Unknown(reason_of(error))


def _of_zalo(error: ZaloError, now: datetime, billed: bool) -> Outcome:
    reason = reason_of(error)
    match error.code:
        case code if code in STALE:  # a new token was refused too
            return Held(now + NO_TOKEN, everywhere=True)
        case code if code == TOO_FAST:
            return Held(now + BUSY, everywhere=True)
        case code if code in CLOSED or code == ASLEEP:
            return Outside(reason)
        case code if code in TURNED_AWAY:
            return Blocked(reason)
        case code if code in QUOTAS:
            return Held(now + NO_QUOTA, everywhere=code == QUOTA)
        case code if code in BILLING and billed:
            event(log, logging.ERROR, "Zalo cannot bill; what is free still goes", code=code)
            return Outside(reason)
        case code if code in (*BILLING, *PACKAGE):
            event(
                log, logging.ERROR, "Zalo serves this account no more; nothing is sent there", reason=reason
            )
            return Held(now + NO_PACKAGE, everywhere=True)
    return Refused(reason)
