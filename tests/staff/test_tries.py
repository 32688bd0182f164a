"""Guessing a code that lets somebody in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.incoming import Incoming
from handlers.staff import tries
from handlers.turn import Turn
from locales import say
from tests.world import World


@pytest.mark.parametrize("jumped", [0, 24])
def test_the_eleventh_within_an_hour_waits_and_reads_until_when(world: World, jumped: int) -> None:
    """In the clock that the reader sees, which a demo can have moved on."""
    said = []
    for minute in range(12):
        machine = world.time + timedelta(minutes=minute)
        now = machine + timedelta(hours=jumped)
        with world.tx() as tx:
            turn = Turn(
                tx,
                Incoming("web", "made", "mai", "mai", "text"),
                now,
                machine,
                now,
                world.desk,
                world.new_code,
            )
            said.append(tries.too_many(turn, "chat", "mai"))
            assert tries.too_many(turn, "join", f"mai{minute}") is None
    assert said[:10] == [None] * 10
    day = 21 if jumped else 20
    told = f"Anh/Chị đã thử quá nhiều lần. Xin quay lại lúc 17:00 {day}/11/2026."
    assert [say(text, "vi") for text in said[10:] if text] == [told, told]
