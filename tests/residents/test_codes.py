"""The six digits: five tries, five minutes, a limit on asking, and what is kept of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.residents import codes, throttle
from locales import say
from storage import outbox, talks
from tests.residents.people_and_reports import ASKED_THE_SAME, code_of, looks_up, someone
from tests.world import World

LAN = ("015168001234", "05/03/1968")
NOBODY = ("015168004321", "05/03/1968")


@pytest.mark.parametrize("claim", [LAN, NOBODY])
def test_five_wrong_tries(world: World, claim: tuple[str, str]) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *claim)
    for left in (4, 3, 2, 1):
        assert f"còn {left} lần thử" in lan.says("999999")
    assert "không dùng được nữa" in lan.says("999999")
    assert lan.buttons[:2] == ["Gửi mã mới", "Không nhận được mã"]


def test_the_right_code_comes_too_late_after_five_tries(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    for _ in range(5):
        lan.says("999999")
    lan.presses("Không nhận được mã")
    assert "không dùng được nữa" in lan.says(code_of(world))


def test_expires_after_five_minutes(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    world.jump(minutes=4)
    assert "còn 4 lần thử" in lan.says("999999")
    world.jump(minutes=1, seconds=1)
    assert "không dùng được nữa" in lan.says(code_of(world))
    lan.presses("Gửi mã mới")
    assert "mũi cơ bản 1" in lan.says(code_of(world))


def test_only_the_newest_code_counts(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    first = code_of(world)
    lan.presses("Không nhận được mã")
    lan.presses("Gửi mã mới")
    assert "chưa đúng" in lan.says(first)
    assert "015******234" in lan.says(code_of(world))


def test_a_code_works_once_and_in_its_own_chat_only(world: World) -> None:
    lan, eve = someone(world, "lan"), someone(world, "eve")
    looks_up(lan, *LAN)
    code = code_of(world)
    looks_up(eve, *NOBODY)
    assert "chưa đúng" in eve.says(code)
    assert "015******234" in lan.says(code)
    assert "015******234" not in lan.says(code)


def test_words_that_are_no_code_cost_no_try(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    assert "6 chữ số" in lan.says("chờ chút")
    assert "còn 4 lần thử" in lan.says("999 999")


def test_a_code_typed_after_a_detour(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    lan.presses("Menu")
    assert "015******234" in lan.says(code_of(world))


@pytest.mark.parametrize("claim", [LAN, NOBODY])
def test_locked_out_says_when_to_come_back(world: World, claim: tuple[str, str]) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *claim)
    world.jump(minutes=3)
    for _ in range(2):
        assert ASKED_THE_SAME in looks_up(lan, *claim)
    said = looks_up(lan, *claim)
    assert "thử lại sau 16:15." in said and "Phản ánh sai sót" in lan.buttons
    assert "16:15" in looks_up(lan, *claim), "asking while locked out does not move the hour"
    world.jump(minutes=12)
    assert ASKED_THE_SAME in looks_up(lan, *claim)


@pytest.mark.parametrize("claim", [LAN, NOBODY])
def test_the_claim_is_throttled_across_chats(world: World, claim: tuple[str, str]) -> None:
    for name in ("a", "b", "c"):
        assert ASKED_THE_SAME in looks_up(someone(world, name), *claim)
    assert "thử lại sau 16:15" in looks_up(someone(world, "d"), *claim)


def test_the_chat_is_throttled_across_claims(world: World) -> None:
    eve = someone(world, "eve")
    for n in range(3):
        looks_up(eve, f"01516800{n}111", "05/03/1968")
    assert "thử lại sau 16:15" in looks_up(eve, *LAN)
    assert world.sms == []


def test_six_a_day_then_tomorrow(world: World) -> None:
    lan = someone(world, "lan")
    for _ in range(6):
        assert ASKED_THE_SAME in looks_up(lan, *LAN)
        world.jump(minutes=20)
    assert "thử lại sau 16:00 Thứ bảy 21/11" in looks_up(lan, *LAN)
    assert len(world.sms) == 6


def test_sending_again_is_throttled_and_the_live_code_still_works(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    for _ in range(2):
        lan.token("code:again")
    assert "thử lại sau" in lan.token("code:again")
    assert "015******234" in lan.says(code_of(world))


def test_no_code_has_three_ways_on(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    lan.presses("Không nhận được mã")
    assert lan.buttons[:3] == ["Gửi mã mới", "Phản ánh không cần mã", "Tôi đã đổi số điện thoại"]
    assert "CCCD" in lan.presses("Tôi đã đổi số điện thoại")
    lan.presses("Phản ánh không cần mã")
    assert "Thiếu mũi tiêm" in lan.buttons


@pytest.mark.parametrize("token", ["code:again", "code:help", "code:station", "code:", "code:x"])
def test_buttons_without_a_code_under_way(world: World, token: str) -> None:
    eve = someone(world, "eve")
    eve.token(token)
    assert eve.heard and world.sms == []
    assert "không dùng được nữa" in eve.says("123456") or eve.buttons


def test_no_code_and_no_number_in_the_talk(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    with world.tx() as tx:
        kept = str(talks.open_talk(tx, "web", "lan").state)
    for secret in (code_of(world), LAN[0], "1968", "0912345678"):
        assert secret not in kept


def test_the_code_goes_first(world: World) -> None:
    looks_up(someone(world, "lan"), *LAN)
    rows = [row for row in world.all_outbox() if row.channel == "sms"]
    assert [row.rank for row in rows] == [outbox.RANKS["code"]]
    assert "0912345678" not in rows[0].lane + rows[0].chat


@pytest.mark.parametrize(("lang", "fits"), [("vi", 70), ("en", 160)])
def test_one_sms(lang: str, fits: int) -> None:
    """70 characters with Vietnamese letters, 160 without."""
    assert len(say(codes.sms("123456"), lang)) <= fits


def test_limits_are_for_a_quarter_of_an_hour_and_a_day() -> None:
    assert ((timedelta(minutes=15), 3), (timedelta(days=1), 6)) == throttle.LIMITS
