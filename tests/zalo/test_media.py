"""Files both ways: a chart and a photo go as pictures, a workbook as words; what people send is taken or asked for again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.evidence.making import jpeg, slip
from tests.staff.making import PROVINCE
from tests.world import World
from tests.zalo.road import OnZalo
from tests.zalo.uploads import PDF, PNG


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(channel="zalo")


def test_a_chart_is_a_picture_and_a_workbook_are_words(world: World) -> None:
    tinh = world.joins("tinh", PROVINCE, "supervisor")
    assert isinstance(tinh, OnZalo)
    tinh.says("/bang")
    tinh.presses("Biểu đồ")
    pictures = [shown for shown in tinh.phone.shown if shown.media == ("image",)]
    assert len(pictures) == 1 and (pictures[0].content or b"").startswith(PNG)
    tinh.presses("Tải .xlsx")
    assert len([shown for shown in tinh.phone.shown if shown.media]) == 1
    assert any(world.desk.public_url in one.text for one in tinh.phone.shown[-2:])
    assert world.roads["zalo"].fake.refused() == []


def test_papers_of_every_kind(world: World) -> None:
    an = world.person("an")
    assert isinstance(an, OnZalo)
    an.says("/phananh")
    for label in ("Thiếu mũi tiêm", "Tôi đồng ý", "Công dân"):
        an.presses(label)
    for words in (
        "Nguyễn Văn An",
        "1988",
        "Nam",
        "Tôi không có",
        "0912345678",
        "1",
        "Comirnaty",
        "10/10/2021",
    ):
        an.says(words)
    an.phone.sends_photo(jpeg(slip()), jpeg(slip()))
    assert "2 ảnh" in an.waits()  # both are attachments of one message
    an.phone.sends_file(PDF + b"1.4\n%%EOF", "so-tiem.pdf")
    assert "file PDF" in an.waits()
    an.phone.sends_file(b"MZ\x90\x00", "so-tiem.exe")
    assert "Tôi nhận được ảnh, file PDF và tin nhắn thoại" in an.waits()
    assert world.roads["zalo"].fake.refused() == []
