"""The token of an Official Account: one refresher, both halves kept before use, early, and loud where it fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Connection, select

from bot.channels.zalo_kept import LEASE
from bot.channels.zalo_tokens import NoToken
from storage import counts, leases, staff, talks, tokens, units
from storage.outbox import outbox
from storage.staff_chats import connect
from tests.channels.zalo_desk import APP, FIRST, SECRET, Desk, Wire, desk, no, pair
from tests.world import FRIDAY

OAUTH = "/v4/oa/access_token"
HOURS = timedelta(hours=1)
Make = Callable[..., Desk]


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Make]:
    """Each is a process of its own; all speak with one Zalo unless told otherwise."""
    made: list[Desk] = []
    wire = Wire()

    def a_desk(given: Wire | None = None, **more: Any) -> Desk:
        made.append(desk(desk_file, given or wire, made[0].clock if made else None, **more))
        return made[-1]

    yield a_desk
    for one in made:
        await one.close()


def failing(*answers: Any) -> Wire:
    return Wire(answers={OAUTH: list(answers)})


async def test_the_first_token_comes_of_what_the_operator_gave(make: Make) -> None:
    made = make()
    assert [await made.tokens.access() for _time in range(3)] == ["access-1"] * 3
    ((headers, form),) = made.wire.of(OAUTH)
    assert headers == {"secret_key": SECRET}
    assert form == {"refresh_token": FIRST, "app_id": APP, "grant_type": "refresh_token"}
    row = await made.row()
    assert (row.access, row.refresh, row.failed) == ("access-1", "refresh-1", None)
    assert row.expires_at == FRIDAY + timedelta(seconds=90000) and row.made_at == FRIDAY
    assert "access-1" not in repr(row) and "refresh-1" not in repr(row)


async def test_the_next_process_goes_on_with_what_is_kept(make: Make) -> None:
    await make().tokens.access()
    later = make()
    assert await later.tokens.access() == "access-1"
    later.clock.at += 26 * HOURS
    assert await later.tokens.access() == "access-2"
    assert later.wire.exchanges == [FIRST, "refresh-1"]


@pytest.mark.parametrize(
    ("said", "seconds"), [("90000", 90000), (3600, 3600), ("soon", 3600), (None, 3600), ("0", 3600)]
)
async def test_how_long_it_lives_is_what_zalo_says(make: Make, said: Any, seconds: int) -> None:
    made = make(failing(pair(1, said)))
    await made.tokens.access()
    assert (await made.row()).expires_at == FRIDAY + timedelta(seconds=seconds)


async def test_it_is_renewed_at_twenty_hours_of_its_twenty_five(make: Make) -> None:
    made = make()
    for hours, exchanged in ((0, 1), (0, 1), (19.9, 1), (20.01, 2), (30, 2), (40.1, 3)):
        made.clock.at = FRIDAY + hours * HOURS
        seconds = await made.renewing.look()
        assert len(made.wire.exchanges) == exchanged, hours
        assert 0 < seconds <= 60


async def test_whoever_looks_comes_when_it_is_due_and_not_a_minute_later(make: Make) -> None:
    made = make()
    await made.renewing.look()
    made.clock.at = FRIDAY + 20 * HOURS - timedelta(seconds=7)
    assert await made.renewing.look() == 7.0


async def test_of_many_who_need_it_at_once_one_asks(make: Make) -> None:
    """Three processes, and each wants it for several messages: Zalo would take a refresh token only once."""
    desks = [make(), make(), make()]
    found = await asyncio.gather(*(one.tokens.access() for one in desks for _message in range(4)))
    assert found == ["access-1"] * 12 and desks[0].wire.exchanges == [FIRST]
    desks[0].clock.at += 20.5 * HOURS
    await asyncio.gather(*(one.renewing.look() for one in desks))
    assert desks[0].wire.exchanges == [FIRST, "refresh-1"]


async def test_who_waits_too_long_for_another_process_sends_later(make: Make) -> None:
    made = make()
    await made.db.write(lambda tx: leases.take(tx, f"zalo token {APP}"[:40], "another", FRIDAY, LEASE))
    with pytest.raises(NoToken):
        await made.tokens.access()
    assert made.pauses == [1.0] * 15 and made.wire.exchanges == []
    made.clock.at += LEASE
    assert await made.tokens.access() == "access-1", "the other one died"


async def test_it_is_committed_before_anybody_has_it(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database fails once, and once more: what Zalo gave is not lost, and nobody speaks with it until then."""
    made = make()
    keep, failures, before = tokens.keep, [OSError(), OSError()], []

    def full(tx: Connection, name: str, token: tokens.Token) -> None:
        if token.access and failures:
            before.append(made.wire.of("/v3.0/oa/message/cs"))
            raise failures.pop()
        keep(tx, name, token)

    monkeypatch.setattr(tokens, "keep", full)
    await made.api.post("/v3.0/oa/message/cs", {})
    assert before == [[], []] and made.pauses == [1.0, 2.0]
    assert (await made.row()).refresh == "refresh-1" and made.wire.exchanges == [FIRST]


async def test_an_exchange_outlives_whoever_asked_for_it(make: Make) -> None:
    """A delivery that is cancelled, or the end of the process, must not lose the answer: it comes once."""
    wire = Wire(slow=asyncio.Event())
    made = make(wire)
    asking = asyncio.create_task(made.tokens.access())
    await wire.asked.wait()
    asking.cancel()
    second = asyncio.create_task(made.tokens.access())
    closing = asyncio.create_task(made.zalo.close())
    await asyncio.sleep(0)
    assert wire.slow and not closing.done()
    wire.slow.set()
    await closing
    assert await second == "access-1" and wire.exchanges == [FIRST]
    assert (await made.row()).refresh == "refresh-1"


SOON = [no(-32), (500, b""), (502, no(-118)), (429, b"{}"), (200, b"<html>"), (200, {}), (403, b"blocked"),
        aiohttp.ServerDisconnectedError(), TimeoutError(), OSError()]  # fmt: skip


@pytest.mark.parametrize("trouble", SOON, ids=str)
async def test_trouble_that_passes_is_waited_for(make: Make, trouble: Any) -> None:
    made = make(failing(trouble, trouble))
    for _time in range(2):
        with pytest.raises(NoToken):
            await made.tokens.access()
    assert (await made.row()).failed is None
    assert await made.tokens.access() == "access-1"
    assert made.wire.exchanges == [FIRST] * 3


@pytest.mark.parametrize("code", [-118, -14014, -216, "-14014", 1, "strange"])
async def test_a_refusal_is_final(make: Make, caplog: pytest.LogCaptureFixture, code: Any) -> None:
    made = make(failing(no(code, "Invalid refresh token")))
    for _time in range(3):
        with pytest.raises(NoToken):
            await made.tokens.access()
    assert made.wire.exchanges == [FIRST], "nobody asks again in vain"
    assert "Invalid refresh token" in ((await made.row()).failed or "")
    (told,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert "ZALO_REFRESH_TOKEN" in told.getMessage()
    assert FIRST not in str(vars(told)) and (await made.db.read(counts.queues))["tokens_failed"] == 1


async def test_while_zalo_gives_no_new_one_the_old_one_is_used_to_its_end(make: Make) -> None:
    made = make(failing(pair(1), no(-14014)))
    await made.tokens.access()
    made.clock.at += 21 * HOURS
    await made.renewing.look()
    assert (await made.row()).failed and await made.tokens.access() == "access-1"
    made.clock.at += 5 * HOURS
    with pytest.raises(NoToken):
        await made.tokens.access()


async def test_what_the_operator_gives_anew_repairs_it(make: Make) -> None:
    broken = make(failing(no(-14014)))
    with pytest.raises(NoToken):
        await broken.tokens.access()
    again = make()
    with pytest.raises(NoToken):
        await again.tokens.access()  # started with the same one: it is not asked for anew
    assert again.wire.exchanges == []
    given = make(zalo_refresh_token="the-second-refresh-token")
    assert await given.tokens.access() == "access-1"
    assert given.wire.exchanges == ["the-second-refresh-token"]
    assert await again.tokens.access() == "access-1", "and for processes that go on"


async def test_without_any_nothing_is_asked(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    made = make(zalo_refresh_token="")
    with pytest.raises(NoToken):
        await made.tokens.access()
    assert await made.renewing.look() == 60 and made.wire.calls == []
    assert "ZALO_REFRESH_TOKEN" in caplog.text


async def test_who_was_thought_dead_does_not_spoil_what_another_got(make: Make) -> None:
    """Its refresh token is spent; that there is a newer pair is no failure."""
    wire = Wire(answers={OAUTH: [no(-14014)]}, slow=asyncio.Event())
    slow, other = make(wire), make()
    asking = asyncio.create_task(slow.tokens.access())
    await wire.asked.wait()
    slow.clock.at += LEASE
    assert await other.tokens.access() == "access-1"
    assert wire.slow
    wire.slow.set()
    with pytest.raises(NoToken):
        await asking
    assert (await other.row()).failed is None
    assert await slow.tokens.access() == "access-1"


def administrator(tx: Connection, *channels: str) -> None:
    first, *further = [talks.open_talk(tx, channel, f"admin-{channel}").id for channel in channels]
    person = staff.join(tx, first, "Hà", units.desk(tx).id, "admin", FRIDAY)
    for talk_id in further:
        connect(tx, person.id, talk_id, FRIDAY)


async def alerts(made: Desk) -> list[Any]:
    found = select(outbox.c.channel, outbox.c.chat, outbox.c.body).order_by(outbox.c.id)
    return await made.db.read(lambda tx: list(tx.execute(found)))


@pytest.mark.parametrize(
    ("channels", "reached"),
    [(("telegram",), ["telegram"]), (("zalo", "web"), ["web"]), (("web", "zalo"), ["web"]), (("zalo",), [])],
)
async def test_administrators_hear_of_it_once_a_day_elsewhere(
    make: Make, caplog: pytest.LogCaptureFixture, channels: tuple[str, ...], reached: list[str]
) -> None:
    made, also = make(failing(no(-14014))), make()
    await made.db.write(lambda tx: administrator(tx, *channels))
    for one in (made, made, also):
        await one.renewing.look()
    assert [row.channel for row in await alerts(made)] == reached
    assert caplog.text.count("there is no token for Zalo") == 2, "once in each process"
    made.clock.at += 24 * HOURS
    for one in (made, also):
        await one.renewing.look()
    told = await alerts(made)
    assert [row.channel for row in told] == reached * 2
    assert all("Zalo" in row.body["text"] and "cấp quyền lại" in row.body["text"] for row in told)


async def test_who_cannot_be_reached_there_is_told_nothing(make: Make) -> None:
    made = make(failing(no(-14014)))

    def gone(tx: Connection) -> None:
        administrator(tx, "telegram")
        talks.set_reachable(tx, "telegram", "admin-telegram", False)

    await made.db.write(gone)
    for _time in range(2):
        await made.renewing.look()
    assert await alerts(made) == []
