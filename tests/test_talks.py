"""Every overheard conversation in tests/talks holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo.people import RESIDENTS
from tests.talk import Overheard, channels_of
from tests.world import World

TALKS = sorted((Path(__file__).parent / "talks").glob("*.talk"))


ON = [(path, channel) for path in TALKS for channel in channels_of(path.read_text("utf-8"))]


@pytest.mark.parametrize(("path", "channel"), ON, ids=[f"{path.stem} {channel}" for path, channel in ON])
def test_talk(
    make_world: Callable[..., World],
    path: Path,
    channel: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """On the page, on Telegram and on Zalo: raw updates in, requests out, none of which would be refused there."""
    overheard = Overheard(make_world(channel=channel))
    overheard.play(path)
    if channel != "web":
        assert overheard.world.roads[channel].fake.refused() == []
    in_clear(tmp_path, caplog.text, path.read_text("utf-8"))


def in_clear(folder: Path, logs: str, talk: str) -> None:
    """No invented ID number or phone stands in clear in database, write-ahead log, files or logs."""
    said = set(re.findall(r"\b[A-Z]?\d{8,12}\b", talk.replace("0912 345 678", "0912345678")))
    people = {str(person[n]) for person in RESIDENTS for n in (4, 5)}
    assert people
    stored = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()) + logs.encode()
    assert len(stored) > 1_000_000  # the database is among them
    for number in said | people:
        for written in (number, number[1:] if number[0] == "0" else number):
            assert written.encode() not in stored, f"{number} stands in clear"
            assert written.encode("utf-16-le") not in stored
