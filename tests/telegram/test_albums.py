"""Albums on Telegram: parts that come twice, backwards, late, or too big; each is taken once, and nobody is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from storage import evidence
from tests.evidence.making import jpeg, slip
from tests.groups.making import phone
from tests.telegram.people import _albums
from tests.telegram.road import OnTelegram
from tests.world import World

PHOTO, TOO_BIG = jpeg(slip(400)), b"\xff\xd8\xff" + bytes(20_000_001)


@pytest.fixture
def an(make_world: Callable[..., World]) -> OnTelegram:
    """Has agreed, and nothing is asked."""
    made = phone(make_world(channel="telegram").person("an"))
    made.says("/phananh")
    for label in ("Thiếu mũi tiêm", "Tôi đồng ý"):
        made.presses(label)
    made.says("/huy")
    return made


def kept(an: OnTelegram) -> int:
    with an.world.tx() as tx:
        return int(tx.execute(select(func.count()).select_from(evidence.evidence)).scalar_one())


def test_ten_of_which_two_are_too_big(an: OnTelegram) -> None:
    said = an.sends(*(TOO_BIG if number in (0, 6) else PHOTO for number in range(10)), caption="Phiếu tiêm")
    assert kept(an) == 8 and "Đã nhận: 8 ảnh" in said and said.count("quá 20 MB") == 1
    assert "Thiếu mũi tiêm" in an.buttons


def test_backwards_and_every_part_twice(an: OnTelegram) -> None:
    an.phone.sends_album(*[PHOTO] * 4)
    waiting = an.road.fake.updates.waiting
    waiting[:] = [one for one in reversed(waiting) for _time in range(2)]
    said = an.waits()
    assert kept(an) == 4 and said.count("Đã nhận") == 1 and "Đã nhận: 4 ảnh" in said


def test_a_part_ten_seconds_late_joins_in_silence(an: OnTelegram) -> None:
    album = str(next(_albums))
    for content, heard in ((PHOTO, "Đã nhận: 1 ảnh"), (PHOTO, "")):
        an.phone.sends_photo(content, media_group_id=album)
        assert (heard in an.waits()) if heard else (an.waits() == "")
        an.world.jump(seconds=10)
    assert kept(an) == 2


def test_a_late_part_that_is_too_big_leaves_the_question(an: OnTelegram) -> None:
    album = str(next(_albums))
    an.phone.sends_photo(PHOTO, media_group_id=album)
    an.waits()
    an.world.jump(seconds=10)
    an.phone.sends_photo(TOO_BIG, media_group_id=album)
    said = an.waits()
    assert "quá 20 MB" in said and "Đã nhận" not in said and "phản ánh điều gì" in said
    assert kept(an) == 1 and "Thiếu mũi tiêm" in an.buttons
