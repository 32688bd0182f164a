"""16:00: a site sees what it has not signed, ticks it, puts it into minutes, takes it back; an export has the last word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from handlers import opening
from handlers.doses_on_record import snapshot
from handlers.faults import Fault
from handlers.incoming import Incoming
from handlers.turn import Turn
from storage import signing, unsigned
from tests.signing.making import (
    COMMITTEE,
    HEADERS,
    HOSPITAL,
    PROVINCE,
    STATION,
    TODAY,
    at,
    export,
    recorded,
    row,
    unit_id,
)
from tests.staff.making import ABOUT
from tests.world import Person, World

MakeWorld = Callable[..., World]


@pytest.fixture
def day(make_world: MakeWorld) -> World:
    return make_world(now=at(9))


def asked(world: World, n: int) -> Person:
    """Mai of the station, at 16:00, with n unsigned doses of today."""
    mai = world.joins("mai", STATION, "clerk")
    export(world, [row(one) for one in range(1, n + 1)])
    world.jump(to=at(16))
    return mai


def waiting(world: World, ref: str = STATION) -> int:
    site = unit_id(world, ref)
    with world.tx() as tx:
        return unsigned.count(tx, site, TODAY)


def test_at_four_the_site_reads_how_many(day: World) -> None:
    mai = asked(day, 3)
    assert day.time == at(16) and "Hôm nay còn 3 mũi chưa ký xác nhận" in mai.last
    assert "Páo" not in mai.last
    mai.presses("Xem và ký")
    assert "1908/BYT-CNTT" in mai.last and "1975/BYT-CNTT" in mai.last
    assert any(
        label.startswith("Giàng A Páo · 1995 · mũi 1 · Comirnaty · lô FH0020") for label in mai.buttons
    )
    assert not any("015095" in text for text in (mai.last, *mai.buttons))
    assert not any(label.startswith("Tôi đã ký") for label in mai.buttons)


def test_ticked_taken_back_and_ticked_again(day: World) -> None:
    mai = asked(day, 10)
    mai.presses("Xem và ký")
    assert "Trang 1/2" in mai.last and len([one for one in mai.buttons if "Comirnaty" in one]) == 8
    mai.presses("Giàng A Páo")
    assert "Tôi đã ký số trên Nền tảng (1)" in mai.buttons
    mai.presses("Chọn tất cả (10)")
    mai.presses("Tôi đã ký số trên Nền tảng (10)")
    assert "Đã đánh dấu: 10 mũi" in mai.last and "không còn mũi nào chưa ký" in mai.last
    mai.presses("Tôi đã đánh dấu hôm nay (10)")
    mai.presses("Giàng A Páo")
    mai.presses("Bỏ đánh dấu (1)")
    assert "Đã bỏ đánh dấu: 1 mũi" in mai.last and "Chưa ký xác nhận:** 1 mũi" in mai.last
    day.jump(hours=9)  # another day by now
    mai.says("/kyso")
    mai.presses(f"{TODAY:%d/%m/%Y}")
    assert "Đã quá ngày tiêm" in mai.last
    assert not any(label.startswith("Tôi đã đánh dấu") for label in mai.buttons)


def test_minutes_ask_a_number_and_a_day_until_both_can_be(day: World) -> None:
    mai = asked(day, 2)
    mai.presses("Xem và ký")
    mai.presses("Chọn tất cả")
    mai.presses("Ghi biên bản (2)")
    for said, heard in (
        ("không nhớ", "Chưa đọc được số biên bản"),
        ("12/BB-TYT", "lập ngày nào"),
        ("21/11/2026", "còn chưa tới"),
        ("19/11/2026", "chưa thể xác nhận"),
        ("hôm kia", "Chưa đọc được ngày"),
        ("20/11/2026", "Đã ghi biên bản số 12/BB-TYT ngày 20/11/2026 cho 2 mũi"),
    ):
        assert heard in mai.says(said), said
    export(day, [row(1), row(2)])  # without a certificate the Platform goes on showing them unsigned
    assert waiting(day) == 0


def test_an_export_settles_and_contradicts(day: World) -> None:
    mai = asked(day, 2)
    mai.presses("Xem và ký")
    mai.presses("Chọn tất cả")
    mai.presses("Tôi đã ký")
    headers_without = [one[:-1] for one in (row(1), row(2))]
    day.jump(minutes=10)
    export(day, headers_without, HEADERS[:-1])
    assert waiting(day) == 0  # it does not tell of signatures
    export(day, [row(1, "Có"), row(2)])
    assert recorded(day, 1).signed is True and waiting(day) == 1
    mai.news()
    day.jump(minutes=10)
    assert "còn 1 mũi chưa ký" in mai.last
    mai.presses("Xem và ký")
    assert mai.buttons[0].startswith("⚠ Giàng A Số 2") and "Nền tảng vẫn báo chưa ký" in mai.buttons[0]
    mai.presses("⚠")
    mai.presses("Tôi đã ký")
    assert waiting(day) == 0


def test_what_comes_after_four_is_asked_at_once_and_not_again(day: World) -> None:
    mai = asked(day, 1)
    day.jump(to=at(17, 30))
    mai.news()
    export(day, [row(1), row(2)])
    day.jump(minutes=6)
    assert [text for text in mai.news() if "còn 2 mũi" in text]
    day.jump(hours=2)
    export(day, [row(1), row(2)])
    day.jump(hours=3)
    assert mai.news() == []


@pytest.mark.parametrize(
    ("days_old", "signed", "rungs"),
    [(0, "Không", {"ask"}), (1, "Không", {"next:09"}), (2, "Không", set()), (1900, "Không", set()), (0, "Có", set()), (0, "", set())],
)  # fmt: skip
def test_only_fresh_doses_that_the_platform_calls_unsigned_ring(
    day: World, days_old: int, signed: str, rungs: set[str]
) -> None:
    given = TODAY - timedelta(days=days_old)
    export(day, [row(1, signed, given)])
    with day.tx() as tx:
        table = signing.signing_rungs
        found = tx.execute(table.select().where(table.c.rung.not_in(signing.OF_THE_DESK))).all()
    assert {one.rung for one in found} == rungs
    assert {(one.unit_id, one.day) for one in found} == ({(unit_id(day, STATION), given)} if rungs else set())


def test_an_exempt_hospital_is_asked_too(day: World) -> None:
    hoa = day.joins("hoa", HOSPITAL, "head")
    export(day, [row(1, site=("Bệnh viện Đa khoa Mường Lò (tưởng tượng)", "demo-1"))])
    day.jump(to=at(16))
    assert "còn 1 mũi chưa ký" in hoa.last


def test_only_whose_doses_they_are_see_or_tick_them(day: World) -> None:
    mai = asked(day, 1)
    token = f"{unit_id(day, STATION)}:{TODAY:%Y%m%d}"
    dose = recorded(day, 1)
    others = [
        day.person("lan"),
        day.joins("hoa", HOSPITAL, "head"),
        day.joins("minh", PROVINCE, "supervisor"),
        day.joins("dung", "police:2025:04585", "police"),
    ]
    for verb in (
        "open",
        "day",
        "all",
        "sign",
        "undo",
        "minutes",
        "mine",
        f"pick:{token}:{dose.resident_id}:1",
    ):
        pressed = f"s:{verb}" if ":" in verb else f"s:{verb}:{token}"
        for one in others:
            assert "Páo" not in one.token(pressed) + "".join(one.buttons), (one.name, verb)
    my = day.joins("my", COMMITTEE, "supervisor")  # the Chairman's: the commune's rounds are signed there
    my.says("/kyso")
    my.presses("Hôm nay")
    assert "Páo" in my.buttons[0]
    mai.presses("Xem và ký")
    for forged in ("s:", "s:day", f"s:day:{token}9", "s:day:999999999999:20261120", f"s:day:{token[:-2]}99",
                   f"s:pick:{token}:{10**30}:1", f"s:sign:{token}:00000000", f"s:page:{token}:999999999999",
                   f"s:pick:{token}:{dose.resident_id}:99", "s:show:999999999999"):  # fmt: skip
        assert "Đã chọn" not in mai.token(forged)
    assert waiting(day) == 1


def test_two_tick_the_same_and_an_old_button_does_nothing(day: World) -> None:
    mai, thu = asked(day, 3), day.joins("thu", STATION, "head")
    mai.presses("Xem và ký")
    mai.presses("Giàng A Páo")
    old = next(one["token"] for one in mai.heard[-1]["choices"] if one["label"].startswith("Tôi đã ký"))
    mai.presses("Chọn tất cả (3)")
    assert "chưa ghi gì cả" in mai.token(old) and waiting(day) == 3
    thu.says("/kyso")
    thu.presses("Hôm nay")
    thu.presses("Giàng A Páo")
    thu.presses("Tôi đã ký")
    mai.presses("Tôi đã ký số trên Nền tảng (3)")
    assert "Đã đánh dấu: 2 mũi" in mai.last and "Các mũi còn lại" in mai.last
    mai.presses("Tôi đã đánh dấu hôm nay (2)")  # and not what Thu ticked


def test_a_ticket_about_the_signature_says_what_was_said(day: World) -> None:
    mai = asked(day, 1)
    dose = recorded(day, 1)
    with day.tx() as tx:
        incoming = Incoming("web", "made", "lan", "lan", "text")
        turn = Turn(tx, incoming, day.time, day.time, day.time, day.desk, day.new_code)
        about = {"kind": "not_signed", "field": "signature", "dose": snapshot(dose), "old": None, "new": None}
        fault = Fault("dose", "not_signed", (about,), site=dose.site_id)
        code = opening.open_report(
            turn, about=ABOUT, resident_id=dose.resident_id, proven=True, faults=[fault]
        ).code
    day.work()
    mai.says(code)
    assert "đánh dấu" not in mai.last
    mai.says("/kyso")
    mai.presses("Hôm nay")
    mai.presses("Giàng A Páo")
    mai.presses("Tôi đã ký")
    mai.says(code)
    assert "Đã đánh dấu ký lúc 16:00 20/11/2026 (Mai)" in mai.last
    day.jump(minutes=1)
    export(day, [row(1)])
    mai.says(code)
    assert "Nền tảng vẫn báo chưa ký" in mai.last
