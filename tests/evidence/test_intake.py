"""Before the turn: what becomes of what somebody sent, as evidence and as a card; nothing of a card is kept."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bench.cards import PEOPLE
from bot.channels import NoMedia, Quiet
from bot.clock import Clock
from bot.evidence import intake
from bot.evidence.intake import Intake
from bot.files import Files
from bot.loops.work import Work
from handlers.incoming import Incoming, Media
from storage.db import Database
from storage.vault import Vault
from tests.evidence.making import card, exif, jpeg, slip
from tests.world import DESK, KEY


class Pockets(Quiet):
    """A provider that holds what was sent."""

    name = "web"

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.fetched: list[str] = []

    async def fetch(self, media: Media) -> bytes:
        self.fetched.append(media.ref)
        if media.ref not in self.held:
            raise NoMedia("gone")
        return self.held[media.ref]


class Table:
    """The intake with a folder to keep in and a provider to fetch from."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.pockets, self.folder = Pockets(), folder
        self.files = Files(folder, Vault(KEY))
        work = Work(db, Clock(), DESK)
        work.channels = {"web": self.pockets}  # type: ignore[dict-item]
        self.intake = Intake(work, self.files)

    async def gets(self, *sent: bytes | Media, **more: Any) -> Incoming:
        media = []
        for number, one in enumerate(sent):
            if isinstance(one, Media):
                media.append(one)
                continue
            self.pockets.held[f"ref{number}"] = one
            media.append(Media(f"ref{number}", "photo", size=len(one)))
        given = {"channel": "web", "event_id": "e", "chat": "lan", "user": "lan", "kind": "media", **more}
        return await self.intake.prepare(Incoming(media=tuple(media), **given))

    @property
    def kept(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()]


@pytest.fixture
async def table(desk_file: Path, tmp_path: Path) -> AsyncIterator[Table]:
    db = Database(f"sqlite:///{desk_file}", Vault(KEY))
    yield Table(db, tmp_path / "files")
    await db.close()


@pytest.fixture
def as_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.photos, "meant", lambda tx, incoming: "card")


async def test_an_album_is_kept_encrypted_in_its_order(table: Table) -> None:
    photo, pdf, voice = (
        jpeg(slip(800), exif=exif(6)),
        b"%PDF-1.7 x",
        b"OggS" + bytes(24) + b"OpusHead" + bytes(9),
    )
    got = await table.gets(photo, pdf, voice)
    assert [(one.kind, one.mime, one.blurred) for one in got.kept] == [
        ("photo", "image/jpeg", False),
        ("pdf", "application/pdf", False),
        ("voice", "audio/ogg", False),
    ]
    assert got.problems == () and got.card is None
    assert sorted(table.kept) == sorted(one.name for one in got.kept)
    contents = [await table.files.fetch(one.name) for one in got.kept]
    assert contents[1:] == [pdf, voice] and [len(one) for one in contents] == [one.size for one in got.kept]
    assert Image.open(io.BytesIO(contents[0])).size == (600, 800)
    on_disk = b"".join(path.read_bytes() for path in table.folder.iterdir())
    assert b"PDF" not in on_disk and b"OggS" not in on_disk and b"JFIF" not in on_disk


async def test_each_trouble_has_its_code_and_the_rest_is_kept(table: Table) -> None:
    large, huge = Media("ref0", "file", size=20_000_001), bytes(20_000_001)
    got = await table.gets(
        large, huge, b"MZ\x90\0", b"", jpeg(slip(400))[:5000], Media("x", "photo"), jpeg(slip(400))
    )
    assert got.problems == ("too_big", "too_big", "wrong_type", "broken", "broken", "gone")
    assert [one.kind for one in got.kept] == ["photo"] and len(table.kept) == 1
    assert table.pockets.fetched.count("ref0") == 0  # what the provider calls too large is not even fetched


async def test_a_blurred_photo_is_kept_and_said_to_be_blurred(table: Table) -> None:
    (kept,) = (await table.gets(jpeg(slip(1000, blur=6)))).kept
    assert kept.blurred


async def test_the_name_and_the_type_that_the_sender_gives_are_not_believed(table: Table) -> None:
    got = await table.gets(Media("page", "photo", mime="image/jpeg", size=30))
    assert got.problems == ("gone",)
    table.pockets.held["page"] = b"<!doctype html><script></script>"
    got = await table.gets(Media("page", "photo", mime="image/jpeg", size=30))
    assert got.problems == ("wrong_type",) and table.kept == []


async def test_tried_again_it_is_kept_again(table: Table) -> None:
    first, second = [await table.gets(jpeg(slip(400))) for _try in range(2)]
    assert first.kept[0].name != second.kept[0].name and len(table.kept) == 2  # the first is swept


async def test_in_a_group_nothing_is_fetched(table: Table) -> None:
    got = await table.gets(jpeg(slip(400)), private=False)
    assert got.kept == () and table.pockets.fetched == [] and table.kept == []


@pytest.mark.usefixtures("as_card")
async def test_a_card_is_read_and_nothing_of_it_stays(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    back = jpeg(slip(900))
    got = await table.gets(back, jpeg(card(PEOPLE[0], 3.5)))
    assert got.card and got.card["name"] == "Giàng A Páo" and got.card["number"] == "015095001234"
    assert got.kept == () and got.problems == () and table.kept == []
    assert "015095001234" not in caplog.text and "Páo" not in caplog.text


@pytest.mark.usefixtures("as_card")
async def test_what_is_no_card_says_why(table: Table) -> None:
    unread = {
        "no_qr": jpeg(slip(900)),
        "blurred_qr": jpeg(card(PEOPLE[0], 4, blur=2.5)),
        "wrong_type": b"%PDF-1.7",
        "broken": jpeg(slip(400))[:5000],
    }
    for problem, content in unread.items():
        assert (await table.gets(content)).problems == (problem,)
    other_code = await table.gets(jpeg(card("https://example.vn/" + "x" * 90, 4)))
    assert other_code.problems == ("no_qr",) and other_code.card is None and table.kept == []
