"""Pictures and papers on their way to Zalo, and the sentence for what it does not take."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot import renders
from bot.channels import Held, Outcome, Outside, Refused, Sent, TryAgain
from bot.channels.zalo_api import ZaloError
from tests.channels.zalo_calls import CS, FILE, IMAGE, Desk, desk, out
from tests.world import FRIDAY

PHOTO = {"kind": "photo", "mime": "image/jpeg"}
PDF = {"kind": "pdf", "mime": "application/pdf"}
VOICE = {"kind": "voice", "mime": "audio/ogg"}
SHOWN = {
    "attachment": {
        "type": "template",
        "payload": {
            "template_type": "media",
            "elements": [{"media_type": "image", "attachment_id": "image-1"}],
        },
    }
}
PAPER = {"attachment": {"type": "file", "payload": {"token": "token-1"}}}


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def a_desk(answers: dict[str, list[Any]] | None = None) -> Desk:
        made.append(desk(desk_file, answers))
        return made[-1]

    yield a_desk
    for one in made:
        await one.db.close()


async def sent(made: Desk, content: bytes, item: dict[str, Any]) -> Outcome:
    name = await made.files.keep(content)
    return await made.sender.send(out(kind="media", media=[{"file": name, **item}], sensitive=True))


def noise(mode: str, side: int, form: str) -> bytes:
    written = io.BytesIO()
    Image.frombytes(mode, (side, side), os.urandom(side * side * len(mode))).save(written, form)
    return written.getvalue()


@pytest.mark.parametrize(
    "content, item, uploaded, message",
    [
        (b"jpeg", PHOTO, (IMAGE, ("phananh48.jpg", b"jpeg", "image/jpeg")), SHOWN),
        (b"%PDF-", PDF, (FILE, ("phananh48.pdf", b"%PDF-", "application/pdf")), PAPER),
    ],
)
async def test_evidence(make: Any, content: bytes, item: Any, uploaded: Any, message: Any) -> None:
    made = make()
    assert await sent(made, content, item) == Sent("m2")
    assert made.api.calls == [uploaded, (CS, {"recipient": {"user_id": "2512"}, "message": message})]


@pytest.mark.parametrize("mode, form, mime", [("RGB", "JPEG", "image/jpeg"), ("RGB", "PNG", "image/png"), ("L", "WEBP", "image/webp")])  # fmt: skip
async def test_a_large_photo_is_made_smaller(make: Any, mode: str, form: str, mime: str) -> None:
    made = make()
    large = noise(mode, 1700, form)
    assert len(large) > 1_000_000
    assert await sent(made, large, PHOTO | {"mime": mime}) == Sent("m2")
    (_path, (name, content, uploaded_as)) = made.api.calls[0]
    assert (name, uploaded_as) == ("phananh48.jpg", "image/jpeg") and len(content) <= 1_000_000
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == "JPEG" and picture.width >= 1024


async def test_a_chart(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drawn(*_given: Any) -> tuple[bytes, str, str]:
        return b"png", "bang.png", "image/png"

    monkeypatch.setattr(renders, "render", drawn)
    made = make()
    assert await made.sender.send(out(kind="media", media=[{"render": "board_chart"}])) == Sent("m2")
    assert made.api.calls[0] == (IMAGE, ("bang.png", b"png", "image/png"))


PAGE = "Xin mở trên trang web: https://phananh.example/"


@pytest.mark.parametrize(
    "content, item, what",
    [
        (b"OggS", VOICE, "Ghi âm"),
        (b"%PDF-" + b"0" * 5_000_000, PDF, "Tài liệu (PDF)"),
        (b"no photo at all" * 90_000, PHOTO, "Ảnh"),
        (b"?", {"kind": "file", "mime": "text/plain"}, "Tệp"),
    ],
)
async def test_what_zalo_does_not_take(make: Any, content: bytes, item: Any, what: str) -> None:
    made = make()
    assert await sent(made, content, item) == Sent("m1")
    assert made.api.said == [{"text": f"Trên Zalo chưa mở được: {what}. {PAGE}"}]


async def test_a_workbook_is_not_even_made(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drawn(*_given: Any) -> tuple[bytes, str, str]:
        raise AssertionError("for nothing")

    monkeypatch.setattr(renders, "render", drawn)
    made = make()
    assert await made.sender.send(out(kind="media", media=[{"render": "board_table"}])) == Sent("m1")
    assert made.api.said == [{"text": f"Trên Zalo chưa mở được: Bảng tính (Excel). {PAGE}"}]


@pytest.mark.parametrize(
    "answers",
    [
        {IMAGE: [ZaloError(-201, "type")]},
        {IMAGE: [ZaloError(-210, "too large")]},
        {IMAGE: [ZaloError(-211, "5,000 a month")]},
        {IMAGE: [{}]},
        {CS: [ZaloError(-201, "attachment_id"), {"message_id": "m9"}]},
    ],
)
async def test_a_file_that_zalo_refuses_is_never_silence(make: Any, answers: Any) -> None:
    made = make(answers)
    assert isinstance(await sent(made, b"jpeg", PHOTO), Sent)
    assert made.api.said[-1] == {"text": f"Trên Zalo chưa mở được: Ảnh. {PAGE}"}


@pytest.mark.parametrize(
    "answers, outcome",
    [
        ({IMAGE: [TimeoutError()]}, TryAgain("TimeoutError")),  # nothing was to be seen yet
        ({IMAGE: [aiohttp.ServerDisconnectedError()]}, TryAgain("ServerDisconnectedError")),
        ({IMAGE: [ZaloError(-32)]}, Held(FRIDAY + timedelta(minutes=1), everywhere=True)),
        ({CS: [ZaloError(-230)]}, Outside("-230")),
    ],
)
async def test_what_stops_words_stops_files(make: Any, answers: Any, outcome: Outcome) -> None:
    made = make(answers)
    assert await sent(made, b"jpeg", PHOTO) == outcome


async def test_evidence_that_was_erased(make: Any) -> None:
    made = make()
    outcome = await made.sender.send(out(kind="media", media=[{"file": "gone", **PHOTO}]))
    assert outcome == Refused("the file was erased") and made.api.calls == []


async def test_nothing_is_uploaded_for_somebody_outside(make: Any) -> None:
    made = make()
    name = await made.files.keep(b"jpeg")
    message = out(kind="media", media=[{"file": name, **PHOTO}], heard_at=FRIDAY - timedelta(days=8))
    assert isinstance(await made.sender.send(message), Outside) and made.api.calls == []
