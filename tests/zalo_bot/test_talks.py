"""The overheard conversations, where everything is typed: the staff are there too, as in a pilot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.words import plain
from tests.talk import _ON, Overheard
from tests.test_talks import TALKS as ALL
from tests.world import World
from tests.zalo_bot.road import ZaloBotRoad

# Somebody presses a button of an older message, and here a number means the newest list; or a chat closes after two days.
NOT_HERE = ("dose_wrong", "hurried_grandson", "identity_on_a_list", "kept_open", "police_list")
TALKS = [path for path in ALL if path.stem not in NOT_HERE]


class OnZaloBots(Overheard):
    """Hears what is said to the page and to Zalo; there is no markup, and no picture can be shown."""

    def _line(self, line: str) -> None:
        if only := _ON.fullmatch(line):
            if "zalo" in only["channels"].split():
                self._line(only["line"])
        elif not line.startswith(": channels"):
            super()._line(line)

    def _hear(self, who: str, wanted: str) -> None:
        super()._hear(who, "chưa mở được: Ảnh" if "(image)" in wanted else plain(wanted))


@pytest.mark.parametrize("talk", TALKS, ids=lambda path: path.stem)
def test_a_talk_on_the_zalo_bot(make_world: Callable[..., World], talk: Path) -> None:
    world = make_world(channel="zalo_bot")
    road = world.roads["zalo_bot"] = ZaloBotRoad(world)
    OnZaloBots(world).play(talk)
    assert road.fake.refused() == [] and len(road.fake.calls) > 5
