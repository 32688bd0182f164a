"""A follow is no word, and is greeted all the same: once, and shortly where somebody comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.world import World
from tests.zalo.road import OnZalo

HELLO, AGAIN = "Đây là nơi tiếp nhận phản ánh", "rất vui được gặp lại"
REPORT = (
    "/phananh", "[Thiếu mũi tiêm", "[Tôi đồng ý", "[Công dân Việt Nam", "Nguyễn Văn An", "1952", "[Nam", "[Tôi không có",
    "0912345678", "[Mũi cơ bản 1", "[Comirnaty", "12/08/2021", "ban cong", "[Trạm Y tế xã Bản Công", "[Bỏ qua",
    "[Tôi không còn giấy", "[Gửi phản ánh",
)  # fmt: skip


@pytest.fixture
def an(make_world: Callable[..., World]) -> OnZalo:
    person = make_world(channel="zalo").person("an")
    assert isinstance(person, OnZalo)
    return person


def follows(person: OnZalo) -> str:
    person.phone.follows()
    return person.waits()


def does(person: OnZalo, *steps: str) -> None:
    for step in steps:
        person.presses(step[1:]) if step.startswith("[") else person.says(step)


def test_the_first_follow_is_greeted_with_the_menu(an: OnZalo) -> None:
    assert HELLO in follows(an) and "Tra cứu mũi tiêm" in an.buttons
    assert follows(an) == "", "a moment later nobody is greeted again"


def test_a_follow_in_the_middle_of_a_conversation_says_nothing(an: OnZalo) -> None:
    does(an, *REPORT[:5])
    asked = an.last
    assert follows(an) == "" and an.last == asked
    assert "1952" not in an.says("1952") and "Giới tính" in an.last, "the form went on"


def test_whoever_comes_back_hears_what_is_open(an: OnZalo) -> None:
    does(an, *REPORT)
    code = next(word for word in an.last.replace(".", " ").split() if word.startswith("PA-"))
    an.phone.unfollows()
    assert an.waits() == ""
    told = follows(an)
    assert AGAIN in told and f"Đang được xử lý: {code}." in told and HELLO not in told


def test_whoever_wrote_long_ago_and_follows_is_greeted_shortly(an: OnZalo) -> None:
    an.says("/trogiup")
    an.world.jump(days=3)
    told = follows(an)
    assert AGAIN in told and "Đang được xử lý" not in told


def test_staff_who_follow_see_their_own_menu(make_world: Callable[..., World]) -> None:
    world = make_world(channel="zalo")
    tram = world.joins("tram", "station:2025:04585", "clerk")
    world.jump(days=1)
    assert isinstance(tram, OnZalo)
    follows(tram)
    assert any("Phiếu" in label for label in tram.buttons), tram.buttons
