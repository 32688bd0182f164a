"""Every overheard conversation in tests/talks holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.demo.people import RESIDENTS
from tests.talk import Overheard
from tests.world import World

TALKS = sorted((Path(__file__).parent / "talks").glob("*.talk"))


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_talk(world: World, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Overheard(world).play(path)
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
