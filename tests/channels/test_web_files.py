"""Files through the web chat: sent up, named by a message, shown by the desk, and fetched by nobody else."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from sqlalchemy import func, select

from bot import turns
from bot.channels import NoMedia, Outgoing, Refused, web_uploads
from bot.channels.web_door import Seat
from bot.channels.web_uploads import PER_MINUTE, UNUSED
from bot.clock import Clock
from bot.evidence.intake import Intake
from bot.loops import Loops
from handlers.incoming import Media
from locales import _
from storage import evidence, outbox, staff, talks, units
from storage.files import files
from storage.inbox import inbox
from tests.channels.served import Served, Visitor, serve, visitor
from tests.evidence.making import exif, jpeg, slip
from tests.evidence.test_sheets import GOOD, OLD_OFFICE
from tests.staff.making import STATION
from tests.world import DESK, FRIDAY

PHOTO, PDF = jpeg(slip(200)), b"%PDF-1.7 invented"
VOICE = b"OggS\0\2" + bytes(22) + b"OpusHead\1\1" + bytes(100)


@pytest.fixture
async def served(desk_file: Path) -> AsyncIterator[Served]:
    async with serve(desk_file) as made:
        yield made


@pytest.fixture
async def lan(served: Served) -> AsyncIterator[Visitor]:
    async with visitor(served) as made:
        yield made


async def up(who: Visitor, content: Any, **headers: str) -> ClientResponse:
    return await who.session.post(f"{who.served.base}{who.prefix}files", data=content, headers=headers)


async def kept(who: Visitor, content: Any = PHOTO) -> str:
    return str((await (await up(who, content)).json())["id"])


async def raw(served: Served) -> dict[str, Any]:
    found = select(inbox.c.raw).order_by(inbox.c.id.desc()).limit(1)
    return dict(await served.db.read(lambda tx: tx.execute(found).scalar_one()))


def on_disk(served: Served) -> int:
    return len(list(served.files._folder.iterdir()))


async def test_photos_and_a_pdf_become_one_message(served: Served, lan: Visitor) -> None:
    ids = [await kept(lan, content) for content in (PHOTO, PHOTO, PDF)]
    answer = await lan.say("Phiếu của tôi", files=ids)
    assert answer.status == 200
    incoming = served.web.parse(await raw(served))
    assert incoming.kind == "media" and incoming.text == "Phiếu của tôi" and "photo" in incoming.can
    assert incoming.media == (
        Media(ids[0], "photo", "image/jpeg", len(PHOTO)),
        Media(ids[1], "photo", "image/jpeg", len(PHOTO)),
        Media(ids[2], "file", "application/pdf", len(PDF)),
    )
    assert await served.web.fetch(incoming.media[2]) == PDF
    async with lan.line() as line:
        await line.receive_json(timeout=5)
        heard = await line.receive_json(timeout=5)
        assert heard["text"].startswith("2 ảnh, 1 ") and heard["text"].endswith("\nPhiếu của tôi")
        assert heard["from"] == "me" and heard["media"] == []


async def test_a_photo_needs_no_words(served: Served, lan: Visitor) -> None:
    await lan.say("", files=[await kept(lan)])
    async with lan.line() as line:
        await line.receive_json(timeout=5)
        assert (await line.receive_json(timeout=5))["text"] == "1 ảnh"


async def test_after_the_turn_the_desk_keeps_nothing_of_it(served: Served, lan: Visitor) -> None:
    await lan.say("", files=[await kept(lan)])
    (media,) = served.web.parse(await raw(served)).media
    await served.web.let_go(media)
    assert on_disk(served) == 0
    count = select(func.count()).select_from(files)
    assert await served.db.read(lambda tx: tx.execute(count).scalar_one()) == 0
    with pytest.raises(NoMedia):
        await served.web.fetch(media)


def desk_loops(served: Served) -> Loops:
    loops = Loops(served.db, Clock(), DESK)
    loops.channels = {"web": served.web}
    loops.prepare = Intake(loops, served.files).prepare
    return loops


async def test_from_the_page_to_the_turn_and_the_upload_is_gone(served: Served, lan: Visitor) -> None:
    name = await kept(lan, jpeg(slip(300), exif=exif(6)))
    await lan.say("Phiếu của tôi", files=[name])
    loops = desk_loops(served)
    assert await loops.one_turn()
    outcome = select(inbox.c.outcome)
    assert await served.db.read(lambda tx: tx.execute(outcome).scalars().all()) == ["done"]
    (stripped,) = (path.name for path in served.files._folder.iterdir())
    assert stripped != name and b"Invented" not in await served.files.fetch(stripped)


async def test_a_workbook_comes_up_from_staff_alone_and_goes_with_its_turn(
    served: Served, lan: Visitor
) -> None:
    async def said(content: bytes) -> tuple[int, str]:
        answer = await up(lan, content)
        return answer.status, (await answer.json()).get("error", "")

    resident = await said(GOOD)
    assert resident == await said(b"MZ") and resident[0] == 415
    await lan.say("Xin chào")
    chat = (await raw(served))["chat"]

    def join(tx: Any) -> None:
        station = units.by_ref(tx, STATION)
        assert station
        staff.join(tx, talks.open_talk(tx, "web", chat).id, "Lan", station.id, "clerk", FRIDAY)

    await served.db.write(join)
    assert "mật khẩu" in (await said(OLD_OFFICE))[1] and ".xlsx" in (await said(b"STT;Ten"))[1]
    await lan.say("", files=[await kept(lan, GOOD)])
    loops = desk_loops(served)
    while await loops.one_turn():
        pass
    said_last = select(outbox.outbox.c.body).order_by(outbox.outbox.c.id.desc()).limit(1)
    told = await served.db.read(lambda tx: tx.execute(said_last).scalar_one())
    assert "Tệp này ghi danh sách người" in told["text"]
    assert on_disk(served) == 0


async def test_a_turn_that_failed_finds_its_files_again(
    served: Served, lan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await kept(lan)
    await lan.say("", files=[name])
    loops = desk_loops(served)

    def fails(*_given: Any) -> None:
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr(turns, "take_turn", fails)
        await loops.one_turn()
    assert await served.files.fetch(name) == PHOTO


async def test_somebody_who_sends_a_byte_now_and_then_is_not_waited_for(
    served: Served, lan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_uploads, "LONGEST", 0.1)
    ended = asyncio.Event()

    async def trickles() -> AsyncIterator[bytes]:
        yield PHOTO[:3]
        await ended.wait()

    async with lan.session.post(f"{served.base}files", data=trickles()) as answer:
        assert answer.status == 503
    ended.set()
    assert on_disk(served) == 0


async def test_somebody_who_leaves_in_the_middle_leaves_nothing(
    served: Served, lan: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    _reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
    cookie = lan.session.headers["Cookie"].encode()
    writer.write(
        b"POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\nCookie: %s\r\n\r\n" % cookie + PHOTO
    )
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await up(lan, PHOTO)).status == 200
    assert on_disk(served) == 1 and "a request failed" not in caplog.text


async def test_the_same_message_again_takes_its_files_once(served: Served, lan: Visitor) -> None:
    said = {"id": str(uuid.uuid4()), "text": "", "files": [await kept(lan)]}
    answers = await asyncio.gather(*(lan.post(said) for _time in range(4)))
    assert {(answer.status, (await answer.json())["seq"]) for answer in answers} == {(200, 1)}
    assert await served.stored() == 1
    again = await lan.say("", files=said["files"])
    assert again.status == 410 and await served.stored() == 1


async def test_nobody_uses_or_sees_another_s_upload(served: Served, lan: Visitor) -> None:
    name = await kept(lan)
    assert (await lan.get(f"files/{name}")).status == 404  # not even its own, as it came
    async with visitor(served) as other:
        assert (await other.say("", files=[name])).status == 410
        assert (await other.session.delete(f"{served.base}files/{name}")).status == 204
    assert on_disk(served) == 1 and await served.stored() == 0
    assert (await lan.session.delete(f"{served.base}files/{name}")).status == 204
    assert on_disk(served) == 0


WRONG: dict[str, Any] = {
    "no list": "a" * 32,
    "numbers": [1, 2],
    "the same twice": ["a" * 32, "a" * 32],
    "a path": ["../../etc/passwd"],
    "eleven": [chr(97 + n) * 32 for n in range(11)],
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_no_list_of_files_is_refused(served: Served, lan: Visitor, name: str) -> None:
    answer = await lan.say("Xin chào", files=WRONG[name])
    assert answer.status == 400 and await served.stored() == 0


async def test_a_pressed_button_carries_no_files(served: Served, lan: Visitor) -> None:
    name = await kept(lan)
    assert (await lan.say("", choice="menu", label="Menu", files=[name])).status == 400


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (415, b"MZ\x90\0"),
        (415, b""),
        (415, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        (415, b"PK\3\4" + bytes(99)),
    ],
    ids=["program", "nothing", "drawing", "archive"],
)
async def test_what_is_not_taken_is_refused_in_words(
    served: Served, lan: Visitor, status: int, content: bytes
) -> None:
    answer = await up(lan, content, **{"Content-Type": "image/jpeg"})
    assert answer.status == status and "PDF" in (await answer.json())["error"]
    assert on_disk(served) == 0


async def test_twenty_megabytes_are_taken_and_a_byte_more_is_not(served: Served, lan: Visitor) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield PDF
        for _part in range(400):
            yield bytes(60_000)

    assert (await up(lan, PDF + bytes(20_000_000 - len(PDF)))).status == 200
    assert (await up(lan, PDF + bytes(20_000_001 - len(PDF)))).status == 413
    assert (await up(lan, endless())).status == 413  # without a length in its header
    assert on_disk(served) == 1


async def test_a_foreign_page_and_a_stranger_can_send_nothing(served: Served, lan: Visitor) -> None:
    assert (await up(lan, PHOTO, Origin="https://elsewhere.example")).status == 403
    lan.session.headers["Cookie"] = "other=1"
    assert (await up(lan, PHOTO)).status == 403
    assert on_disk(served) == 0


async def test_who_sends_too_much_is_asked_to_wait(served: Served, lan: Visitor) -> None:
    answers = [await up(lan, PHOTO) for _time in range(UNUSED + 1)]
    assert [answer.status for answer in answers] == [200] * UNUSED + [429]
    async with visitor(served) as other:
        fast = [await up(other, b"MZ") for _time in range(2 * PER_MINUTE + 1)]
        assert {answer.status for answer in fast} == {415, 429}


async def test_a_full_disk_refuses_files_so_that_words_can_still_be_stored(
    served: Served, lan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.files, "room", lambda: 1000)
    assert (await up(lan, PHOTO)).status == 503
    assert (await lan.say("Xin chào")).status == 200


async def test_a_phone_that_only_receives_sends_no_files(desk_file: Path) -> None:
    seats = {"sms": Seat("demo-sms", "SMS", _("Phone that receives codes"), readonly=True)}
    async with serve(desk_file, seats) as served, visitor(served, "phones/sms/") as phone:
        assert (await up(phone, PHOTO)).status == 403


async def shown(served: Served, chat: str, content: bytes, kind: str, mime: str) -> str:
    """A piece of evidence that the desk shows in this chat; its name."""
    name = await served.files.keep(content)

    def note(tx: Any) -> None:
        talk = talks.open_talk(tx, "web", "somebody")
        evidence.add(
            tx, name=name, talk_id=talk.id, kind=kind, mime=mime, size=len(content), blurred=False, at=FRIDAY
        )

    await served.db.write(note)
    await served.says_to(chat, "", kind="media", media=[{"file": name, "kind": kind, "mime": mime}])
    return name


@pytest.mark.parametrize(
    ("kind", "mime", "content", "how"),
    [("photo", "image/jpeg", PHOTO, "inline"), ("voice", "audio/ogg", VOICE, "inline"), ("pdf", "application/pdf", PDF, "attachment")],
)  # fmt: skip
async def test_what_the_desk_shows_is_there_for_that_chat_only(
    served: Served, lan: Visitor, kind: str, mime: str, content: bytes, how: str
) -> None:
    await lan.say("Xin chào")
    chat = (await raw(served))["chat"]
    name = await shown(served, chat, content, kind, mime)
    async with lan.line("1") as line:
        await line.receive_json(timeout=5)
        heard = await line.receive_json(timeout=5)
        assert heard["kind"] == "media" and heard["text"] == ""
        (media,) = heard["media"]
        assert media["url"] == f"files/{name}" and media["type"] == mime and media["name"] and media["alt"]
    answer = await lan.get(media["url"])
    assert await answer.read() == content and answer.headers["Content-Type"] == mime
    assert answer.headers["Content-Disposition"].startswith(f"{how}; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    async with visitor(served) as other:
        assert (await other.get(f"files/{name}")).status == 404


async def test_voice_can_be_fetched_in_parts_as_safari_does(served: Served, lan: Visitor) -> None:
    await lan.say("Xin chào")
    name = await shown(served, (await raw(served))["chat"], VOICE, "voice", "audio/ogg")
    part = await lan.get(f"files/{name}", Range="bytes=0-1")
    assert part.status == 206 and await part.read() == VOICE[:2]
    assert part.headers["Content-Range"] == f"bytes 0-1/{len(VOICE)}"
    rest = await lan.get(f"files/{name}", Range="bytes=28-")
    assert rest.status == 206 and await rest.read() == VOICE[28:]
    assert (await lan.get(f"files/{name}", Range=f"bytes={len(VOICE)}-")).status == 416
    assert (await lan.get(f"files/{name}", Range="parts=1")).status == 416


async def test_a_piece_that_was_erased_is_not_shown(served: Served, lan: Visitor) -> None:
    body = {"kind": "media", "text": "", "choices": [], "lang": "vi",
            "media": [{"file": "a" * 32, "kind": "photo", "mime": "image/jpeg"}]}  # fmt: skip
    outcome = await served.web.send(Outgoing(5, "lan", body, None, FRIDAY + timedelta(hours=1)))
    assert isinstance(outcome, Refused)
