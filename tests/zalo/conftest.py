"""An Official Account in memory, with a clock that is set."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.faults.kill import SetClock
from tests.world import FRIDAY
from tests.zalo.oa import FakeZalo
from tests.zalo.server import Server


@pytest.fixture
def clock() -> SetClock:
    return SetClock(FRIDAY)


@pytest.fixture
def fake(clock: SetClock) -> FakeZalo:
    return FakeZalo(clock.machine)


@pytest.fixture
async def server(fake: FakeZalo) -> AsyncIterator[Server]:
    async with Server(fake).open() as opened:
        yield opened
