"""Every overheard conversation in tests/talks holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.talk import Overheard
from tests.world import World

TALKS = sorted((Path(__file__).parent / "talks").glob("*.talk"))


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_talk(world: World, path: Path) -> None:
    Overheard(world).play(path)
