"""A desk whose people are on Telegram, and a group of the station's staff there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.groups.making import Staffroom
from tests.world import World


@pytest.fixture
def on_telegram(make_world: Callable[..., World]) -> World:
    return make_world(channel="telegram")


@pytest.fixture
def room(on_telegram: World) -> Staffroom:
    """Bound by Thu, the head; Mai is a clerk; nobody has reported anything."""
    made = Staffroom(on_telegram)
    made.binds()
    return made
