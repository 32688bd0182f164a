"""Somebody who works at the page has connected Telegram: there they press in groups and have their commands."""

from __future__ import annotations

import re
from typing import Any

from storage import staff, talks
from tests.groups.making import Staffroom, phone
from tests.staff.making import STATION, complaint, ticket, unit_id
from tests.telegram.road import OnTelegram
from tests.world import Person


def at_the_page(room: Staffroom) -> Person:
    site = unit_id(room.world, STATION)
    with room.world.tx() as tx:
        staff.join(tx, talks.open_talk(tx, "web", "hoa").id, "Hoa", site, "clerk", room.world.time)
    return room.world.person("hoa", "web")


def connected(room: Staffroom) -> tuple[Person, OnTelegram]:
    page, hoa = at_the_page(room), phone(room.world.person("hoa", "telegram"))
    hoa.says("/start")
    link = re.search(r"start=(chat_[2-9A-Z]{8})", page.says("/noikenh"))
    assert link and f"https://t.me/TiemChungBot?start={link[1]}" in page.last
    hoa.says(f"/start {link[1]}")
    return page, hoa


def commands(room: Staffroom, who: OnTelegram) -> set[str]:
    found: list[dict[str, Any]] = room.fake.commands.get((f"chat:{who.phone.id}", ""), [])
    return {one["command"] for one in found}


def test_in_the_group_it_is_the_same_person(room: Staffroom) -> None:
    page, hoa = connected(room)
    assert {"hangdoi", "noikenh"} <= commands(room, hoa)
    code, number = complaint(room.world)
    assert room.presses(hoa, "Nhận xử lý").toast == "Anh/Chị đã nhận phiếu."
    assert "Người nhận: Hoa" in room.card(code).text and ticket(room.world, number).holder_id
    assert "Người nhận: Anh/Chị" in page.says(code)


def test_a_dropped_chat_is_a_strangers_again(room: Staffroom) -> None:
    page, hoa = connected(room)
    page.presses("Bỏ Telegram")
    complaint(room.world)
    assert "chưa vào đơn vị này" in room.presses(hoa, "Nhận xử lý").toast
    assert commands(room, hoa) == set()


def test_a_code_said_before_everybody_is_burnt(room: Staffroom) -> None:
    page = at_the_page(room)
    found = re.search(r"/noikenh ([2-9A-Z]{8})", page.says("/noikenh"))
    assert found
    room.says(room.mai, f"/noikenh {found[1]}")
    eve = phone(room.world.person("eve", "telegram"))
    eve.says("/start")
    assert "Mã này không dùng được" in eve.says(f"/noikenh {found[1]}")
