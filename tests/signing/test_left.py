"""The end of the day: who must sign hears once what is left, each morning again, and it stands on the board."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from bot import renders
from handlers.rules import signing as rules
from locales.times import ZONE
from storage import board, units
from tests.signing.making import (
    COMMITTEE,
    HOSPITAL,
    PROVINCE,
    STATION,
    TODAY,
    at,
    export,
    row,
    unit_id,
)
from tests.world import World

NEXT = TODAY + timedelta(days=1)
CLINIC = ("Phòng tiêm chủng Hoa Ban (tưởng tượng)", "demo-2")
WARD = ("Bệnh viện Đa khoa Mường Lò (tưởng tượng)", "demo-1")
LEFT = "Hết ngày vẫn chưa ký xác nhận"


@pytest.fixture
def day(make_world: Callable[..., World]) -> World:
    return make_world(now=at(9))


def told(texts: list[str]) -> list[str]:
    return [text for text in texts if LEFT in text]


@pytest.mark.parametrize(
    ("here", "come", "asks", "tells"),
    [
        (0, at(9), ("ask", at(16)), (TODAY, "end", at(23, 59))),
        (0, at(17, 30), ("ask:17", at(17, 35)), (TODAY, "end", at(23, 59))),
        (0, at(23, 58), ("ask:23", at(23, 59)), (TODAY, "end", at(23, 59))),
        (1, at(0, 10), ("next:06", at(6)), (TODAY, "morning", at(8))),
        (1, at(7), ("next:07", at(7, 5)), (TODAY, "morning", at(8))),
        (1, at(9), ("next:09", at(9, 5)), (NEXT, "morning", at(8, day=NEXT))),
    ],
)
def test_when(here: int, come: Any, asks: tuple[str, Any], tells: tuple[Any, ...]) -> None:
    given = TODAY - timedelta(days=here)
    rung = rules.asks(given, come)
    assert rung is not None and (rung[0], rung[1].replace(second=0)) == asks
    on, what, moment = rules.told(given, come)
    assert (on, what, moment.replace(second=0)) == tells


def test_a_communes_round_goes_to_the_chairman_and_a_sites_to_its_head(day: World) -> None:
    my, thu = day.joins("my", COMMITTEE, "supervisor"), day.joins("thu", STATION, "head")
    hoa, mai = day.joins("hoa", HOSPITAL, "head"), day.joins("mai", HOSPITAL, "clerk")
    export(day, [row(1), row(2), row(3, site=WARD)])
    day.jump(to=at(23, 59))
    assert not told(my.news() + hoa.news()) and thu.news() and mai.news()
    day.jump(minutes=1)
    [to_my], [to_hoa] = told(my.news()), told(hoa.news())
    assert "2 mũi" in to_my and "Trạm Y tế xã Hạnh Phúc" in to_my and "Páo" not in to_my
    assert "1 mũi" in to_hoa and "Mường Lò" in to_hoa
    assert not told(thu.news() + mai.news())
    my.presses("Xem và ký")
    my.presses("Chọn tất cả (2)")
    my.presses("Tôi đã ký")
    my.news()
    day.jump(to=at(8, 1, NEXT))
    assert len(told(hoa.news())) == 1 and not told(my.news())
    export(day, [row(3, "Có", site=WARD)])
    day.jump(to=at(8, 1, NEXT + timedelta(days=1)))
    assert not told(hoa.news() + my.news())
    day.jump(days=3)
    assert not told(hoa.news() + my.news())


def test_who_hears_for_several_reads_one_message_without_persons(day: World) -> None:
    """The clinic has no head here, the commune nobody at its People's Committee: both are the province's to see to."""
    minh = day.joins("minh", PROVINCE, "supervisor")
    export(day, [row(1), row(2), row(3, site=CLINIC)])
    day.jump(to=at(0, 1, NEXT))
    [text] = told(minh.news())
    assert "3 mũi" in text and "Hoa Ban" in text and "Hạnh Phúc" in text and "Páo" not in text
    assert "Xem và ký" not in minh.buttons
    minh.presses("Bảng số liệu")
    assert "Hết ngày chưa ký xác nhận, theo Nền tảng: 3 mũi" in minh.last


def test_after_an_outage_one_message_and_no_backlog(day: World) -> None:
    my = day.joins("my", COMMITTEE, "supervisor")
    old = TODAY - timedelta(days=900)
    export(day, [row(1), *(row(n, day=old) for n in range(2, 40))])
    day.sleep_through(hours=40)
    [text] = told(my.news())
    assert "1 mũi" in text and f"{old:%d/%m/%Y}" not in text
    day.jump(days=2)
    assert len(told(my.news())) == 2  # every morning
    export(day, [row(40, day=TODAY + timedelta(days=2)), row(41, day=day.time.astimezone(ZONE).date())])
    day.sleep_through(days=2)  # the end of today, and mornings
    [text] = told(my.news())
    assert "2 mũi" in text  # and not the dose of the day about which nobody was asked


def test_a_contradiction_is_told_days_after(day: World) -> None:
    my, mai = day.joins("my", COMMITTEE, "supervisor"), day.joins("mai", STATION, "clerk")
    export(day, [row(1)])
    day.jump(to=at(16))
    mai.presses("Xem và ký")
    mai.presses("Giàng A Páo")
    mai.presses("Tôi đã ký")
    day.jump(days=3)
    assert not told(my.news())
    export(day, [row(1)])
    day.jump(days=1)
    assert len(told(my.news())) == 1


def test_yesterdays_doses_that_come_in_the_morning(make_world: Callable[..., World]) -> None:
    world = make_world(now=at(7))
    my, mai = world.joins("my", COMMITTEE, "supervisor"), world.joins("mai", STATION, "clerk")
    export(world, [row(1, day=TODAY - timedelta(days=1))])
    world.jump(minutes=6)
    assert "Còn 1 mũi chưa ký xác nhận" in mai.last and not told(my.news())
    world.jump(to=at(8))
    assert len(told(my.news())) == 1


async def test_the_board_and_its_workbook(day: World) -> None:
    old = TODAY - timedelta(days=10)
    export(
        day, [row(1), row(2, day=old), row(3, "Có", old), row(4, day=TODAY - timedelta(days=400), site=WARD)]
    )
    with day.tx() as tx:
        above = units.by_ref(tx, PROVINCE)
        assert above

        def found(days: int | None) -> int:
            since = day.time - timedelta(days=days) if days else None
            return board.total(board.lines(tx, above.id, since, day.time), 0, "").unsigned

        before = 3  # of the demo's people, 2021
        assert (found(7), found(30), found(None)) == (0, 1, 2 + before)
    spec = {"render": "board_table", "unit": unit_id(day, PROVINCE), "days": 30,
            "as_of": day.time.isoformat(), "lang": "vi", "alt": ""}  # fmt: skip

    async def read(fn: Callable[[Any], Any]) -> Any:
        with day.tx() as tx:
            return fn(tx)

    content, *_rest = await renders.render(spec, read)
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [list(one) for one in sheet.iter_rows(values_only=True)]
    assert rows[4][-1] == "Chưa ký trong ngày, theo Nền tảng (mũi)" and rows[-1][-1] == 1
