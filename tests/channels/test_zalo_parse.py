"""Events of Zalo in, Incoming out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_buttons import buttons
from bot.channels.zalo_parse import parse
from handlers.incoming import Incoming, Media
from tests.channels.zalo_desk import LAN, event, files, follow, text

URL = "https://files.example/2026/abc.jpg?t=1&u=2"
MD5 = "0cc175b9c0f1b6a831c399e269772661"


def image(url: str = URL) -> dict[str, Any]:
    return {"type": "image", "payload": {"thumbnail": "https://files.example/1", "url": url}}


def of_type(kind: str, **payload: Any) -> dict[str, Any]:
    return {"type": kind, "payload": payload}


PAPER = of_type("file", url=URL, size="52428", name="giay.pdf", checksum=MD5.upper(), type="pdf")
PLACE = of_type("location", coordinates={"latitude": "10.7", "longitude": "106.6"})

MEANT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "words": (text("tra cứu"), {"kind": "text", "text": "tra cứu"}),
    "a site's code": (text("/start site_15_00123"), {"kind": "text", "text": "/start site_15_00123"}),
    "words with what nobody sees": (text("a\u202eb\x00\r\nc\ud800"), {"kind": "text", "text": "ab\nc"}),
    "a press": (text("#48:17:f:dose:1"), {"kind": "choice", "choice": "f:dose:1", "message": 17}),
    "a press with a blank": (text("#48:17:f:x:Vero Cell"), {"kind": "choice", "choice": "f:x:Vero Cell", "message": 17}),
    "a press by hand": (text(" #48:17:menu\n"), {"kind": "choice", "choice": "menu", "message": 17}),
    "a press of nothing we make": (text("#48:17:a\tb"), {"kind": "choice", "choice": "?", "message": 17}),
    "a press that is too long": (text("#48:17:" + "x" * 65), {"kind": "choice", "choice": "?", "message": 17}),
    "a row that is none": (text(f"#48:{9**30}:menu"), {"kind": "text", "text": f"#48:{9**30}:menu"}),
    "no token": (text("#48:17:"), {"kind": "text", "text": "#48:17:"}),
    "the syntax filter of the console": (text("#48 giờ"), {"kind": "text", "text": "#48 giờ"}),
    "an image": (files("user_send_image", image()), {"kind": "media", "media": (Media(URL, "photo"),)}),
    "images and words": (
        files("user_send_image", image(), image(URL + "2"), said="phiếu tiêm"),
        {"kind": "media", "text": "phiếu tiêm", "media": (Media(URL, "photo"), Media(URL + "2", "photo"))},
    ),
    "a file": (
        files("user_send_file", PAPER),
        {"kind": "media", "media": (Media(f"{URL}#md5={MD5}", "file", "application/pdf", 52428),)},
    ),
    "a file with strange values": (
        files("user_send_file", of_type("file", url=URL + "#md5=x", size="many", checksum="?", type=5)),
        {"kind": "media", "media": (Media(URL, "file"),)},
    ),
    "a voice": (files("user_send_audio", of_type("audio", url=URL)), {"kind": "media", "media": (Media(URL, "voice"),)}),
    "a place": (files("user_send_location", PLACE), {"kind": "unsupported"}),
    "a sticker": (files("user_send_sticker", of_type("sticker", id="1", url=URL)), {"kind": "unsupported"}),
    "a film": (files("user_send_video", of_type("video", url=URL)), {"kind": "unsupported"}),
    "a gif": (files("user_send_gif", of_type("gif", url=URL)), {"kind": "unsupported"}),
    "a link": (files("user_send_link", of_type("link", url=URL), said="xem"), {"kind": "unsupported", "text": "xem"}),
    "a card": (files("user_send_business_card", of_type("link", url=URL)), {"kind": "unsupported"}),
    "something new": (files("user_send_dream", of_type("dream")), {"kind": "unsupported"}),
    "an image without an address": (files("user_send_image", of_type("image")), {"kind": "unsupported"}),
    "an image without anything": (files("user_send_image", {"type": "image"}), {"kind": "unsupported"}),
    "followed": (follow(), {"kind": "follow"}),
    "followed no more": (follow("unfollow"), {"kind": "leave"}),
    "a form": (event("user_submit_info", info={"name": "Lan", "phone": "84912345678"}), {"kind": "text", "text": "84912345678"}),
    "a form with a number for a phone": (event("user_submit_info", info={"phone": 84912345678}), {"kind": "text", "text": "84912345678"}),
    "a form without a phone": (event("user_submit_info", info={"name": "Lan"}), {"kind": "unsupported"}),
    "a form that is none": (event("user_submit_info"), {"kind": "unsupported"}),
    "no message": (event(), {"kind": "text"}),
    "a message that is none": (event(message=["a"]), {"kind": "text"}),
    "attachments that are none": (event("user_send_image", message={"attachments": 5}), {"kind": "unsupported"}),
}  # fmt: skip


@pytest.mark.parametrize("case", MEANT)
def test_what_an_event_means(case: str) -> None:
    raw, meant = MEANT[case]
    found = parse(raw)
    can = frozenset({"photo", "window"})
    assert found == Incoming(channel="zalo", event_id=found.event_id, chat=LAN, user=LAN, can=can, **meant)
    assert found.own_phone is False and found.private and found.lang is None


@pytest.mark.parametrize("raw", [
    {}, event("oa_send_text", message={"text": "a"}), text("a", sender={}),
])  # fmt: skip
def test_what_means_nothing_harms_only_itself(raw: dict[str, Any]) -> None:
    with pytest.raises(Exception):  # noqa: B017
        parse(raw)


@given(st.from_regex(r"[a-z]{1,6}(:[A-Za-z0-9-]{1,8}){0,4}", fullmatch=True), st.integers(1, 10**17))
def test_a_press_comes_back_as_the_button_that_it_was(token: str, row: int) -> None:
    made = buttons([{"label": "Gửi", "token": token, "style": "plain"}], row)
    assert made is not None
    found = parse(text(made["payload"]["buttons"][0]["payload"]))
    assert (found.kind, found.choice, found.message) == ("choice", token, row)
