"""The window, and the template that stands for an answer outside it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels import Blocked, Held, Outcome, Outside, Sent, Unknown
from bot.channels.zalo_api import NoToken, ZaloError
from tests.channels.zalo_calls import CS, TEMPLATE, Desk, desk, out
from tests.world import FRIDAY

NEWS = {"what": "answered", "code": "PA-7K2MX", "unit": "Trạm Y tế xã Bản Công", "state": "Đã có trả lời"}
HOUR = timedelta(hours=1)
SILENT = "the person was silent for too long"
WITH = {"zalo_template": "200607"}


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def a_desk(answers: dict[str, list[Any]] | None = None, **more: Any) -> Desk:
        made.append(desk(desk_file, answers, **more))
        return made[-1]

    yield a_desk
    for one in made:
        await one.db.close()


FULL, SHORT = (Sent("m1"), [CS]), (Sent("m1", how="template"), [TEMPLATE])
NOTHING: tuple[Outcome, list[str]] = (Outside(SILENT), [])


@pytest.mark.parametrize(
    "hours, more, news, wanted",
    [
        (None, {}, True, FULL),
        (1, {}, True, FULL),
        (47.9, WITH, True, FULL),
        (48, {}, True, NOTHING),
        (48, WITH, True, SHORT),
        (48, WITH, False, NOTHING),
        (49, WITH | {"zalo_billed": True}, True, FULL),
        (49, {"zalo_billed": True}, False, FULL),
        (7 * 24, WITH | {"zalo_billed": True}, True, SHORT),
        (7 * 24, {"zalo_billed": True}, True, NOTHING),
        (90 * 24, WITH, True, SHORT),
    ],
)
async def test_the_window(make: Any, hours: float | None, more: Any, news: bool, wanted: Any) -> None:
    made = make(**more)
    heard_at = None if hours is None else FRIDAY - hours * HOUR
    body: dict[str, Any] = {"text": "Trạm trả lời", **({"news": NEWS} if news else {})}
    assert (await made.sender.send(out(heard_at=heard_at, **body)), made.api.paths) == wanted


async def test_what_the_template_says(make: Any) -> None:
    data = {
        "ma": "{code}",
        "noi": "{unit}: {state}",
        "trang": "{link}?tu=zalo",
        "co_dinh": "",
        "loai": "Kết quả",
    }
    made = make(zalo_template_data=json.dumps(data), **WITH)
    await made.sender.send(out(heard_at=FRIDAY - 49 * HOUR, text="Trạm trả lời", news=NEWS))
    (_path, given) = made.api.calls[0]
    assert given == {
        "user_id": "2512",
        "template_id": "200607",
        "template_data": {
            "ma": "PA-7K2MX",
            "noi": "Trạm Y tế xã Bản Công: Đã có…",
            "trang": "https://phananh.example/?tu=zalo",
            "co_dinh": "–",
            "loai": "Kết quả",
        },
    }
    assert all(len(text) <= 30 for name, text in given["template_data"].items() if name != "trang")


async def test_what_is_no_field_stays_as_it_was_written(make: Any) -> None:
    """A unit's name may hold what looks like one."""
    made = make(**WITH)
    news = NEWS | {"unit": "Trạm {code}"}
    await made.sender.send(out(heard_at=FRIDAY - 49 * HOUR, news=news))
    assert made.api.calls[0][1]["template_data"]["don_vi"] == "Trạm {code}"


@pytest.mark.parametrize(
    "error, outcome",
    [
        (ZaloError(-201, "template_id"), Outside("template: -201 template_id")),
        (ZaloError(-211), Outside("template: -211")),
        (ZaloError(-218), Outside("template: -218")),
        (ZaloError(-320), Outside("-320")),
        (ZaloError(-213), Blocked("-213")),
        (ZaloError(-32), Held(FRIDAY + timedelta(minutes=1), everywhere=True)),
        (NoToken(), Held(FRIDAY + timedelta(minutes=1), everywhere=True)),
        (TimeoutError(), Unknown("TimeoutError")),
    ],
)
async def test_a_template_that_does_not_go(make: Any, error: Exception, outcome: Outcome) -> None:
    made = make({TEMPLATE: [error]}, **WITH)
    assert await made.sender.send(out(heard_at=FRIDAY - 49 * HOUR, news=NEWS)) == outcome


@pytest.mark.parametrize("code", [-230, -232])
async def test_zalo_itself_says_that_the_window_is_closed(make: Any, code: int) -> None:
    """It counts better than the desk, which may have been away when the person wrote."""
    made = make({CS: [ZaloError(code, "no interaction")]}, **WITH)
    assert await made.sender.send(out(text="a", news=NEWS)) == Sent("m2", how="template")
    assert made.api.paths == [CS, TEMPLATE]
    assert await made.sender.send(out(text="a")) == Outside(f"{code} no interaction")


@pytest.mark.parametrize("code", [-211, -218])
async def test_no_quota_for_a_day_leads_to_other_roads(make: Any, code: int) -> None:
    made = make({CS: [ZaloError(code, "out of quota")]})
    held = Held(FRIDAY + HOUR, everywhere=code == -211)
    assert await made.sender.send(out(text="a", news=NEWS)) == held
    made.clock.at += 24 * HOUR
    heard_at = made.clock.at
    held = Held(heard_at + HOUR, everywhere=code == -211)
    assert await made.sender.send(out(text="a", heard_at=heard_at)) == held, "an answer waits on"
    late = await made.sender.send(out(text="a", heard_at=heard_at, news=NEWS))
    assert late == Outside(f"{code} out of quota")


async def test_a_bill_is_noted_without_a_word_of_the_message(
    make: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.zalo")
    made = make(zalo_billed=True, **WITH)
    for hours in (1, 50, 200):
        await made.sender.send(out(row=hours, heard_at=FRIDAY - hours * HOUR, text="Trạm trả lời", news=NEWS))
    noted = [record for record in caplog.records if record.getMessage() == "Zalo bills a message"]
    assert [vars(one)["fields"] for one in noted] == [
        {"outbox": 50, "how": "full"},
        {"outbox": 200, "how": "template"},
    ]


async def test_money_that_is_missing_leads_to_other_roads(make: Any) -> None:
    made = make({CS: [ZaloError(-320)]}, zalo_billed=True)
    assert await made.sender.send(out(heard_at=FRIDAY - 50 * HOUR, text="a", news=NEWS)) == Outside("-320")
    free = await made.sender.send(out(text="a", news=NEWS))
    assert free == Held(FRIDAY + timedelta(minutes=10), everywhere=True)
