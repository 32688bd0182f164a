"""What Zalo answers, and what becomes of the message."""

from __future__ import annotations

import logging
from datetime import timedelta
from unittest.mock import Mock

import aiohttp
import pytest

from bot.channels import Blocked, Held, Outcome, Outside, Refused, TryAgain, Unknown
from bot.channels.zalo_api import HttpError, NoToken, ZaloError
from bot.channels.zalo_errors import outcome_of
from tests.world import FRIDAY

MINUTE = timedelta(minutes=1)
CONNECTOR = aiohttp.ClientConnectorError(Mock(), OSError("no route"))


def held(minutes: float, everywhere: bool = True) -> Held:
    return Held(FRIDAY + minutes * MINUTE, everywhere)


OUTCOMES: list[tuple[Exception, Outcome]] = [
    (NoToken(), held(1)),
    (ZaloError(-216, "Access token is invalid"), held(1)),
    (ZaloError(-220, "Access token has expired"), held(1)),
    (ZaloError(-32, "Reach request limit"), held(1)),
    (ZaloError(-230, "no interaction"), Outside("-230 no interaction")),
    (ZaloError(-232), Outside("-232")),
    (ZaloError(-227), Outside("-227")),
    (ZaloError(-213), Blocked("-213")),
    (ZaloError(-244), Blocked("-244")),
    (ZaloError(-211), held(60)),
    (ZaloError(-218), held(60, everywhere=False)),
    (ZaloError(-221), held(10)),
    (ZaloError(-223), held(10)),
    (ZaloError(-224), held(10)),
    (ZaloError(-237), held(10)),
    (ZaloError(-320), held(10)),
    (ZaloError(-321), held(10)),
    (ZaloError(-201, "x" * 900), Refused("-201 " + "x" * 295)),
    (ZaloError(-248, "policy"), Refused("-248 policy")),
    (ZaloError(-210), Refused("-210")),
    (ZaloError(-99999), Refused("-99999")),
    (HttpError(429), held(1)),
    (HttpError(502), TryAgain("status 502")),
    (HttpError(403), TryAgain("status 403", MINUTE)),
    (HttpError(200), Unknown("status 200")),
    (CONNECTOR, held(1 / 6)),
    (aiohttp.ConnectionTimeoutError(), held(1 / 6)),
    (aiohttp.ServerDisconnectedError(), Unknown("ServerDisconnectedError")),
    (aiohttp.ServerTimeoutError(), Unknown("ServerTimeoutError")),
    (TimeoutError(), Unknown("TimeoutError")),
]


@pytest.mark.parametrize("error, outcome", OUTCOMES, ids=lambda one: str(one)[:40])
def test_outcomes(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error, FRIDAY) == outcome


@pytest.mark.parametrize("code", [-320, -321])
def test_a_bill_that_is_not_paid_stops_only_what_is_billed(code: int) -> None:
    assert outcome_of(ZaloError(code), FRIDAY, billed=True) == Outside(str(code))


@pytest.mark.parametrize("code", [-221, -224, -237, -320])
def test_the_operator_hears_of_what_only_they_can_mend(code: int, caplog: pytest.LogCaptureFixture) -> None:
    outcome_of(ZaloError(code), FRIDAY)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
