"""A card's photo on Telegram: read in memory; no file, no number in clear, and no message with it in the chat."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bench.cards import PEOPLE
from storage import evidence, outbox
from tests.evidence.making import card, jpeg, slip
from tests.groups.making import phone
from tests.running import address, browser
from tests.telegram.api import TOKEN
from tests.telegram.people import _albums
from tests.telegram.road import OnTelegram
from tests.telegram.server import Server
from tests.telegram.test_running import open_desk, until
from tests.world import World

NUMBER, NAME = "015095001234", "Giàng A Páo"


@pytest.fixture
def at_the_name(make_world: Callable[..., World]) -> tuple[World, OnTelegram]:
    world = make_world(channel="telegram")
    an = phone(world.person("an"))
    an.says("/phananh")
    for label in ("Thiếu mũi tiêm", "Tôi đồng ý", "Công dân"):
        an.presses(label)
    assert "không bắt buộc" in an.last, an.show()
    return world, an


def photos_in(an: OnTelegram) -> int:
    return sum("photo" in one.media for one in an.phone.chat.messages.values())


def nothing_stays(world: World, folder: Path, an: OnTelegram) -> None:
    assert not list((folder / "files").rglob("*")) and photos_in(an) == 0
    on_disk = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for word in (NUMBER, NUMBER[-6:], NAME):
        assert word.encode() not in on_disk and word.encode("utf-16-le") not in on_disk
        assert word not in an.last
    with world.tx() as tx:
        assert tx.execute(select(evidence.evidence.c.name)).all() == []
        bodies = tx.execute(select(outbox.outbox.c.body)).scalars()
        assert not any(NUMBER in str(body) for body in bodies)


def test_both_sides_in_an_album_and_nothing_stays(
    at_the_name: tuple[World, OnTelegram], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world, an = at_the_name
    said = an.sends(jpeg(slip(900)), jpeg(card(PEOPLE[0], 3.5)))
    assert "Đã đọc xong mã QR" in said
    nothing_stays(world, tmp_path, an)
    assert NUMBER not in caplog.text and NAME not in caplog.text


@pytest.mark.parametrize("code_first", [True, False])
def test_the_other_side_comes_ten_seconds_late(
    at_the_name: tuple[World, OnTelegram], tmp_path: Path, code_first: bool
) -> None:
    """It is no paper for the report: it is a side of a card too."""
    world, an = at_the_name
    sides = [jpeg(card(PEOPLE[0], 3.5)), jpeg(slip(900))]
    album = str(next(_albums))
    said = []
    for side in sides if code_first else sides[::-1]:
        an.phone.sends_photo(side, media_group_id=album)
        said.append(an.waits())
        world.jump(seconds=10)
    assert "Đã đọc xong mã QR" in said[0 if code_first else 1]
    assert said[1] == "" if code_first else "mã QR" in said[0]
    nothing_stays(world, tmp_path, an)


async def test_in_a_running_desk_by_both_roads(server: Server, folder: Callable[..., Path]) -> None:
    """Killed, so that the database's journal lies there as it was; no byte of the photo, and no number or name."""
    here, an = folder("desk", TELEGRAM_API=server.url), server.fake.person("an")
    photo, more = (
        jpeg(card(PEOPLE[0], 3.5)),
        (f"[{label}" for label in ("Thiếu mũi tiêm", "Tôi đồng ý", "Công dân")),
    )

    def stands(words: str) -> bool:
        return any(words in one.text for one in an.chat.newest())

    async with open_desk(here) as process, browser(address(here)) as lan:
        an.says("/phananh")
        for words, label in (
            ("điều gì", "Thiếu mũi tiêm"),
            ("Trước khi", "Tôi đồng ý"),
            ("công dân", "Công dân"),
        ):
            await until(partial(stands, words))
            an.presses(label)
        await until(partial(stands, "không bắt buộc"))
        an.sends_photo(photo)
        await until(partial(stands, "Đã đọc xong mã QR"))
        await lan.talk("/phananh", *more)
        await lan.hear("không bắt buộc")
        async with lan.session.post(lan.base + "files", data=photo) as answer:
            kept = (await answer.json())["id"]
        assert (here / "var" / "files" / kept).exists()
        await lan.say("", files=[kept])
        await lan.hear("Đã đọc xong mã QR")
        await until(lambda: not (here / "var" / "files" / kept).exists())
        await until(lambda: not any("photo" in one.media for one in an.chat.messages.values()))
        process.kill()
    assert list((here / "var" / "files").rglob("*")) == [] and (here / "var" / "phananh48.db-wal").exists()
    on_disk = b"".join(path.read_bytes() for path in here.rglob("*") if path.is_file())
    for told in (NUMBER.encode(), NAME.encode(), json.dumps(NAME)[1:-1].encode(), photo[:64], photo[-64:]):
        assert told not in on_disk
    assert TOKEN.partition(":")[2].encode() not in (here / "log").read_bytes()
