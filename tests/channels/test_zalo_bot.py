"""The Zalo bot: who is believed, what updates mean, what a typed number means, and what comes of a delivery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.channels import Held, NoMedia, Outcome, Outgoing, Refused, Sent, TryAgain, Unknown
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_bot_send import Sender, meaning
from bot.channels.zalo_bot_update import parse, unwrapped
from handlers.incoming import Incoming, Media
from handlers.reply import Button, Reply
from storage import outbox, talks
from storage.inbox import inbox
from tests.evidence import making
from tests.faults.kill import SetClock
from tests.world import FRIDAY, World
from tests.zalo_bot.fake import SECRET, TOKEN, FakeZaloBot
from tests.zalo_bot.road import OnZaloBot, ZaloBotRoad, settings

ID = "6ede9afa66b88fe6d6a9"


def update(event: str = "text", chat: dict[str, Any] | None = None, **what: Any) -> dict[str, Any]:
    sender = {"id": ID, "display_name": "Ted", "is_bot": False}
    message = {
        "from": sender,
        "chat": {"id": ID, "chat_type": "PRIVATE"} | (chat or {}),
        "message_id": "2d758cb5",
    }
    return {"event_name": f"message.{event}.received", "message": message | {"date": 1750316131602} | what}


WHO: dict[str, Any] = {
    "channel": "zalo_bot",
    "event_id": "2d758cb5",
    "chat": ID,
    "user": ID,
    "can": frozenset({"photo"}),
}
PHOTO = "https://files.example/a.jpg"
MEANT: dict[str, tuple[dict[str, Any], Incoming]] = {
    "words": (update(text="Xin chào\u202e"), Incoming(kind="text", text="Xin chào", **WHO)),
    "photo, as the notes say": (
        update("image", photo=PHOTO, caption="phiếu"),
        Incoming(kind="media", text="phiếu", media=(Media(PHOTO, "photo"),), **WHO),
    ),
    "photo, as it comes": (
        update("image", photo_url=PHOTO),
        Incoming(kind="media", media=(Media(PHOTO, "photo"),), **WHO),
    ),
    "voice": (
        update("voice", voice_url="https://files.example/a.aac"),
        Incoming(kind="media", media=(Media("https://files.example/a.aac", "voice"),), **WHO),
    ),
    "sticker": (update("sticker", sticker="s42", url=PHOTO), Incoming(kind="unsupported", **WHO)),
    "from a protected sender": (update("unsupported"), Incoming(kind="unsupported", **WHO)),
    "a photo without its address": (update("image", photo=None), Incoming(kind="unsupported", **WHO)),
    "words that are none": (update(text=["a"]), Incoming(kind="unsupported", **WHO)),
}


@pytest.mark.parametrize("name", MEANT)
def test_what_an_update_means(name: str) -> None:
    sent, meant = MEANT[name]
    for body in (sent, {"ok": True, "result": sent}):
        found = unwrapped(body)
        assert found and parse({"update": found, "press": None}) == meant


IGNORED: list[Any] = [
    {},
    [],
    "x",
    {"ok": True, "result": {}},
    update(chat={"chat_type": "GROUP", "id": "g1"}, text="x"),
    update(chat={"id": 7}, text="x"),
    update(chat={"id": "x" * 81}, text="x"),
    {**update(text="x"), "message": {"text": "x"}},
    {**update(), "message": update()["message"] | {"from": {"id": "bot", "is_bot": True}}},
]


@pytest.fixture
def road(desk_file: Path) -> Iterator[ZaloBotRoad]:
    world = World(desk_file, channel="zalo_bot")
    made = world.roads["zalo_bot"] = ZaloBotRoad(world)
    yield made
    world.close()


def stored(road: ZaloBotRoad) -> int:
    with road.world.tx() as tx:
        return len(tx.execute(select(inbox.c.id)).all())


def test_nothing_but_private_messages_is_kept(road: ZaloBotRoad) -> None:
    for body in IGNORED:
        assert road.run(road.bring(body)) == 200
    assert stored(road) == 0


def test_who_is_believed_and_what_comes_twice(road: ZaloBotRoad) -> None:
    assert road.run(road.bring(update(text="x"), secret="")) == 403
    assert road.run(road.bring(update(text="x"), secret=SECRET + "x")) == 403
    assert stored(road) == 0
    for _again in range(2):
        assert road.run(road.bring(update(text="x"))) == 200
    assert stored(road) == 1


def lan(road: ZaloBotRoad) -> OnZaloBot:
    person = road.world.person("lan")
    assert isinstance(person, OnZaloBot)
    return person


def told(road: ZaloBotRoad, *labels: str) -> None:
    """Lan is told something that she did not ask for."""
    with road.world.tx() as tx:
        talk = talks.open_talk(tx, "zalo_bot", road.chat_of("lan"))
        buttons = tuple(Button(label, "help" if n else "language") for n, label in enumerate(labels))
        road.world.moment(tx).tell(talk.id, Reply("Tin mới", buttons))
    road.world.work()


def test_a_number_means_the_newest_list_even_where_nobody_had_asked(road: ZaloBotRoad) -> None:
    person = lan(road)
    person.says("/start")
    assert "4. Trợ giúp" in person.last
    assert "1. Thiếu mũi tiêm" in person.says("2")
    told(road, "Ngôn ngữ", "Trợ giúp")
    assert person.last.startswith("Tin mới\n\n1. Ngôn ngữ\n2. Trợ giúp\n")
    assert "English" in person.says("1")


def test_words_are_as_good_as_numbers_and_a_list_that_is_gone_is_not_meant(road: ZaloBotRoad) -> None:
    person = lan(road)
    told(road, "Ngôn ngữ", "Trợ giúp")
    assert "English" in person.says("ngon ngu")
    told(road)
    with road.world.tx() as tx:
        assert outbox.shown(tx, "zalo_bot", person.phone.id, 1)[0].body["choices"] == []
    person.says("2")
    with road.world.tx() as tx:
        raws = tx.execute(select(inbox.c.raw).order_by(inbox.c.id)).scalars().all()
    assert [raw["press"] is None for raw in raws] == [False, True]


def test_a_photo_is_fetched_and_a_gone_one_is_said(road: ZaloBotRoad) -> None:
    person = lan(road)
    content = making.jpeg(making.slip())
    person.phone.sends_photo(content, name="photo")
    (address,) = road.fake.files
    assert road.run(road.adapter.fetch(Media(address, "photo"))) == content
    with pytest.raises(NoMedia, match="gone"):
        road.run(road.adapter.fetch(Media("https://photo.example/gone.jpg", "photo")))


def body(text: str, **more: Any) -> Outgoing:
    given = {"kind": "text", "text": text, "choices": [], "media": [], "lang": "vi"}
    return Outgoing(9, ID, given | more, None, FRIDAY)


def desk(fake: FakeZaloBot) -> Sender:
    clock = SetClock(FRIDAY)
    fake.people["lan"] = fake.person("lan")
    fake.people["lan"].id = ID
    return Sender(settings(public_url="https://desk.example"), fake, clock)  # type: ignore[arg-type]


async def said(message: Outgoing) -> list[str]:
    fake = FakeZaloBot(lambda: FRIDAY)
    assert isinstance(await desk(fake).send(message), Sent)
    assert fake.refused() == []
    return fake.people["lan"].shown


async def test_what_people_see() -> None:
    choices = [{"token": "a", "label": "Có"}, {"token": "b", "label": "Trang", "url": "https://x.example/"}]
    (shown,) = await said(body("Mã **PA-7K2MX**", choices=choices))
    assert shown == (
        "Mã PA-7K2MX\n\n1. Có\n2. Trang: https://x.example/\n\nXin nhắn số của mục cần chọn, ví dụ: 1"
    )
    parts = await said(body("Một câu dài. " * 399 + "Một câu dài."))
    assert len(parts) == 3 and all(len(part) <= 2000 and part.endswith("dài.") for part in parts)
    photo = {"file": "x", "kind": "photo", "mime": "image/jpeg"}
    (instead,) = await said(body("", kind="media", media=[photo]))
    assert "https://desk.example/" in instead
    assert await said(body("", kind="delete", message="1")) == []


def no(code: int, **more: Any) -> bytes:
    return json.dumps({"ok": False, "error_code": code, "description": "no"} | more).encode()


NOW = FRIDAY
ANSWERS: dict[str, tuple[int, bytes, Outcome]] = {
    "taken": (200, b'{"ok": true, "result": {"message_id": "ab"}}', Sent("ab")),
    "taken, without a number": (200, b'{"ok": true}', Sent()),
    "a bad request": (200, no(400), Refused("400 no")),
    "the wrong token": (200, no(401), Held(NOW + timedelta(minutes=10), everywhere=True)),
    "internal": (200, no(403), TryAgain("403 no")),
    "not found": (200, no(404), Refused("404 no")),
    "a timeout there": (200, no(408), Unknown("408 no")),
    "too much": (429, no(429), Held(NOW + timedelta(minutes=1), everywhere=True)),
    "a proxy in trouble": (502, b"<html>", TryAgain("502")),
    "a proxy that says yes": (200, b"<html>", Unknown("200")),
    "neither": (200, b'{"ok": "true"}', Refused("200")),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_an_answer_means(name: str) -> None:
    status, content, outcome = ANSWERS[name]
    assert meaning(status, content, NOW) == outcome


async def test_the_network_and_half_a_message() -> None:
    fake = FakeZaloBot(lambda: FRIDAY)
    sender = desk(fake)
    fake.answers = [TimeoutError(), aiohttp.ServerDisconnectedError(), aiohttp.InvalidURL("x")]
    assert await sender.send(body("a")) == Unknown("TimeoutError")
    assert await sender.send(body("a")) == Unknown("ServerDisconnectedError")
    assert await sender.send(body("a")) == Held(FRIDAY + timedelta(seconds=10), everywhere=True)
    fake.answers = [None, (200, no(429))]
    assert await sender.send(body("Một câu dài. " * 200)) == Unknown("only a part was taken")


async def test_zalo_is_told_where_the_desk_is(caplog: pytest.LogCaptureFixture) -> None:
    fake, pauses = FakeZaloBot(lambda: FRIDAY), list[float]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    def adapter(url: str) -> ZaloBot:
        given: Any = (None, SetClock(FRIDAY), settings(public_url=url), lambda: None, fake, pause)
        return ZaloBot(*given)

    fake.answers = [TimeoutError(), (200, no(401))]
    await adapter("https://desk.example").run()
    assert fake.webhook == {"url": "https://desk.example/zalo-bot", "secret_token": SECRET} and pauses == [
        5,
        10,
    ]
    fake.webhook = {}
    await adapter("http://127.0.0.1:8080").run()
    assert fake.webhook == {} and "not https" in caplog.text
    assert TOKEN not in caplog.text and SECRET not in caplog.text
