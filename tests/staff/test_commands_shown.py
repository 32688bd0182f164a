"""Telegram shows those who work here what they can type, and takes it away again; what may be done is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.routes import COMMANDS
from storage import staff, units
from tests.staff.making import COMMITTEE, STATION
from tests.world import FRIDAY, World


@pytest.fixture
def telegram(desk_file: Path) -> Iterator[World]:
    made = World(desk_file, channel="telegram")
    yield made
    made.close()


def shown(world: World, name: str) -> dict[str, str]:
    """The commands of this person's own chat."""
    fake = world.roads["telegram"].fake
    found: list[dict[str, Any]] = fake.commands.get((f"chat:{fake.person(name).id}", ""), [])
    return {one["command"]: one["description"] for one in found}


def invite(world: World, code: str, ref: str, role: str) -> None:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit
        staff.invite(tx, code, unit.id, role, "Vàng Thị Mai", FRIDAY.replace(month=12))


def test_a_clerk_finds_them_on_joining_and_not_after_leaving(telegram: World) -> None:
    invite(telegram, "23456789", STATION, "clerk")
    mai = telegram.person("mai")
    mai.says("/start")
    assert shown(telegram, "mai") == {}  # what everybody has
    mai.says("/start join_23456789")
    assert shown(telegram, "mai") == {
        "menu": "Menu", "hangdoi": "Hàng đợi", "vangmat": "Báo vắng mặt", "caumau": "Câu mẫu của đơn vị",
        "danhsach": "Danh sách xác minh", "kyso": "Mũi chưa ký xác nhận",
        "baoloi": "Báo lỗi đường truyền, phần mềm",
        "noikenh": "Nối thêm kênh của tôi", "ngonngu": "Ngôn ngữ · Language", "trogiup": "Trợ giúp",
    }  # fmt: skip
    mai.presses("Việc riêng của tôi")
    mai.presses("Ngôn ngữ")
    mai.presses("English")
    assert shown(telegram, "mai")["hangdoi"] == "Queue"
    mai.says("/roidonvi")
    mai.presses("Leave")
    assert shown(telegram, "mai") == {}


def test_a_supervisor_has_more_and_whoever_is_removed_nothing(telegram: World) -> None:
    thu, my = telegram.joins("thu", STATION, "head"), telegram.joins("my", COMMITTEE, "supervisor")
    my.says("/menu")
    thu.says("/menu")
    assert {"quahan", "bang", "nhansu", "moi"} <= set(shown(telegram, "my")) <= set(COMMANDS)
    assert {"nhansu", "moi"} <= set(shown(telegram, "thu")) and "quahan" not in shown(telegram, "thu")
    my.presses("Nhân sự")
    my.says("hạnh phúc")
    my.presses("Trạm Y tế xã Hạnh Phúc")
    my.presses("Gỡ Thu")
    my.presses("Đồng ý gỡ")
    assert shown(telegram, "thu") == {}
