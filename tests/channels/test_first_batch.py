"""The first batch of a page: in page order, and heard again from the start if the line breaks in the middle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.channels.web_socket import frames
from storage import web
from tests.world import FRIDAY, World


def shown(world: World, *messages: str) -> None:
    with world.tx() as tx:
        for text in messages:
            body = {"from": "desk", "kind": "card", "text": text, "choices": [], "media": []}
            web.show(tx, "lan", text.split()[0], body, FRIDAY)


def batch(world: World, after: int) -> list[dict[str, Any]]:
    with world.tx() as tx:
        return frames(web.since(tx, "lan", after), after)


def test_only_the_last_frame_says_how_far_the_page_has_heard(make_world: Callable[..., World]) -> None:
    world = make_world()
    shown(world, "one", "two", "three", "one again")
    first = batch(world, 0)
    assert [(frame["text"], frame["seq"]) for frame in first] == [("one again", 0), ("two", 0), ("three", 4)]
    heard_by_a_broken_line = max(frame["seq"] for frame in first[:1])
    assert batch(world, heard_by_a_broken_line) == first
    shown(world, "two again", "four")
    assert [(frame["text"], frame["seq"]) for frame in batch(world, 4)] == [("two again", 5), ("four", 6)]
