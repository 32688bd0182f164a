"""Events in any order, twice, again and again, signed in any way: each is answered once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import inbox, talks
from tests.world import World
from tests.zalo.hooks import Signing, probe
from tests.zalo.road import OnZalo, ZaloRoad
from tests.zalo.uploads import JPEG

HELP = "Ở đây Anh/Chị có thể"


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(channel="zalo")


@pytest.fixture
def road(world: World) -> ZaloRoad:
    found: ZaloRoad = world.roads["zalo"]
    return found


@pytest.fixture
def lan(world: World) -> OnZalo:
    person = world.person("lan")
    assert isinstance(person, OnZalo)
    return person


def stored(world: World) -> list[Any]:
    with world.tx() as tx:
        return list(tx.execute(select(inbox.inbox.c.raw).order_by(inbox.inbox.c.id)).scalars())


def test_twice_and_again_is_answered_once(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    hook = lan.phone.says("/trogiup")
    road.fake.hooks.waiting.append(hook)
    lan.waits()
    road.fake.hooks.waiting.append(hook)  # the 200 was lost on its way
    lan.waits()
    assert hook.statuses == [200, 200, 200]
    assert len(lan.heard) == 1 and HELP in lan.last
    lan.says("/trogiup")
    assert len(lan.heard) == 2  # the same words, said again, are another message


def test_a_desk_that_was_away_hears_it_later(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    here, road.server.leads = road.server.leads, "http://127.0.0.1:9/zalo"
    hook = lan.phone.says("/trogiup")
    for wait in (timedelta(0), timedelta(seconds=31)):
        world.time += wait
        road.run(road.server.bring())
    road.server.leads = here
    road.run(road.server.bring())  # not before five minutes have passed
    assert hook.statuses == [0, 0] and stored(world) == []
    world.time += timedelta(minutes=5)
    road.run(road.server.bring())
    world.work()
    assert hook.statuses == [0, 0, 200] and HELP in lan.last


def test_a_retry_comes_behind_what_was_said_later(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    """Both are answered; the desk does not wait for what it does not know of."""
    first, second = lan.phone.says("/trogiup"), lan.phone.says("/theodoi")
    road.fake.hooks.waiting[:] = [second, first]
    lan.waits()
    assert len(lan.heard) == 2 and HELP in lan.last and HELP not in lan.heard[0]["text"]


@pytest.mark.parametrize("prefix", ["mac=", ""])
@pytest.mark.parametrize("stamp", ["body", "header"])
@pytest.mark.parametrize("first", ["app", "oa"])
def test_signed_in_any_way(road: ZaloRoad, lan: OnZalo, first: Any, stamp: Any, prefix: str) -> None:
    road.fake.hooks.signing = Signing(first, stamp, prefix)
    assert HELP in lan.says("/trogiup")


@pytest.mark.parametrize("how", ["unsigned", "another secret", "other words"])
def test_what_is_not_zalos_is_not_stored(world: World, road: ZaloRoad, lan: OnZalo, how: str) -> None:
    hook = lan.phone.says("/trogiup")
    if how == "unsigned":
        del hook.headers["X-ZEvent-Signature"]
    elif how == "another secret":
        hook.headers["X-ZEvent-Signature"] = "mac=" + "0" * 64
    else:
        hook.raw = hook.raw.replace(b"/trogiup", b"/theodoi")
    with pytest.raises(AssertionError):
        road.arrive()
    assert hook.statuses == [403] and stored(world) == []


def test_the_probe_of_the_console(world: World, road: ZaloRoad) -> None:
    assert road.run(probe(road.server.post)) == 200 and stored(world) == []


def test_our_own_words_come_back_and_are_nobodys(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    """Echoes and receipts get their 200, and no row."""
    lan.says("/trogiup")
    lan.presses("Phản ánh đã gửi")
    names = [hook.event["event_name"] for hook in road.fake.hooks.brought]
    assert names.count("oa_send_text") == 2 and names.count("user_received_message") == 2
    assert [raw["event_name"] for raw in stored(world)] == ["user_send_text"] * 2


def test_a_person_at_zalos_own_chat_is_not_heard(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    """Somebody of the account wrote to Lan by hand."""
    who = {"sender": {"id": "388613280878808645", "admin_id": "77"}, "recipient": {"id": lan.phone.id}}
    road.fake.hooks.put(
        {**who, "event_name": "oa_send_text", "message": {"text": "Chào chị", "msg_id": "9a"}}
    )
    assert lan.waits() == "" and stored(world) == []


def test_turning_away_and_coming_back(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    def reachable() -> bool:
        with world.tx() as tx:
            found = talks.find(tx, "zalo", lan.phone.id)
        assert found
        return found.reachable

    lan.phone.follows()
    lan.waits()
    assert reachable()
    lan.phone.unfollows()
    lan.waits()
    assert not reachable()
    lan.phone.follows()
    lan.waits()
    assert reachable() and road.fake.refused() == []


def test_what_the_desk_cannot_read_is_answered_too(road: ZaloRoad, lan: OnZalo) -> None:
    for send in (lan.phone.sends_sticker, lan.phone.sends_location):
        send()
        assert lan.waits(), send
    assert road.fake.refused() == []


def test_a_photo_whose_link_is_over(world: World, road: ZaloRoad, lan: OnZalo) -> None:
    for label in ("/phananh", "Thiếu mũi tiêm", "Tôi đồng ý", "Công dân"):
        lan.says(label) if label.startswith("/") else lan.presses(label)
    hook = lan.phone.sends_photo(JPEG)
    road.fake.files.clear()
    heard = lan.waits()
    assert hook.statuses == [200] and "gửi lại" in heard.lower(), heard
