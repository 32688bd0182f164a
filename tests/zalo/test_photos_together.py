"""Photos that come one right after the other are one answer, as an album is; whatever is said in between ends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage import inbox
from tests.talk import photo
from tests.world import World
from tests.zalo.road import OnZalo
from tests.zalo_bot.road import ZaloBotRoad

ASKED = ("/phananh", "Thiếu mũi tiêm", "Tôi đồng ý")


@pytest.fixture(params=["zalo", "zalo_bot"])
def an(make_world: Callable[..., World], request: pytest.FixtureRequest) -> OnZalo:
    """Nobody is asked for a photo yet, so that each is kept with the report."""
    world = make_world(channel=request.param)
    if request.param == "zalo_bot":
        world.roads["zalo_bot"] = ZaloBotRoad(world)
    person = world.person("an")
    person.says(ASKED[0])
    for label in ASKED[1:]:
        person.presses(label)
    person.news()
    return person  # type: ignore[return-value]


def test_three_photos_are_answered_once(an: OnZalo) -> None:
    an.sends(*[photo("slip")] * 3)
    (told,) = an.news()
    assert "3 ảnh" in told


def test_words_in_between_keep_their_place(an: OnZalo) -> None:
    an.phone.sends_photo(photo("slip"))
    an.phone.says("Công dân Việt Nam")
    an.phone.sends_photo(photo("slip"))
    an.waits()
    first, asked, last = an.news()
    assert "1 ảnh" in first and "Họ và tên" in asked and "Họ và tên" in last


def test_a_photo_that_comes_later_is_answered_by_itself(an: OnZalo) -> None:
    an.sends(photo("slip"))
    an.world.time += inbox.QUIET * 2
    an.sends(photo("slip"))
    assert len(an.news()) == 2


def test_a_hundred_photos_are_no_one_album(an: OnZalo) -> None:
    an.sends(*[photo("slip")] * (inbox.MOST + 1))
    assert len(an.news()) == 2
