"""The levels of Project 06 over a late list: who they are, what they see, and «Tôi đôn đốc»."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.channels import Blocked
from bot.imports.kinds import sites
from handlers.lists import desk, levels
from handlers.staff.rights import ROLES_AT
from storage import lists, units
from storage.lists import List
from tests.lists.making import POLICE, draft, turn_of
from tests.lists.test_ringing import at, sent, told
from tests.staff.making import COMMITTEE, PROVINCE, STATION
from tests.supervisors.filing import unreachable
from tests.world import Person, World

FORCE, FORCE_OF_PROVINCE = "site:to06-hp", "site:to06-lc"
OTHER = "station:2025:04603"


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def unit(world: World, ref: str, kind: str, name: str, parent: str, **more: Any) -> None:
    with world.tx() as tx:
        over = units.by_ref(tx, parent)
        assert over, parent
        values = {
            "ref": ref,
            "kind": kind,
            "name": name,
            "search": name,
            "parent_id": over.id,
            "province": "15",
        }
        tx.execute(insert(units.units).values(**values, **more))


def forces(world: World) -> None:
    unit(world, FORCE, "team06", "Tổ Đề án 06 xã Hạnh Phúc", COMMITTEE, list="2025", commune="04585")
    unit(world, FORCE_OF_PROVINCE, "team06", "Tổ Đề án 06 tỉnh", PROVINCE)


def names(world: World, found: List) -> list[str]:
    with world.tx() as tx:
        return [one.name for one in levels.of(tx, found)]


def test_where_no_task_force_is_known(world: World, mai: Person) -> None:
    found = sent(world, mai)
    assert names(world, found) == ["UBND xã Hạnh Phúc", "Sở Y tế tỉnh Lào Cai"]


def test_task_forces_stand_for_their_level(world: World, mai: Person) -> None:
    forces(world)
    found = sent(world, mai)
    assert names(world, found) == ["Tổ Đề án 06 xã Hạnh Phúc", "Tổ Đề án 06 tỉnh"]


def test_a_district_where_one_stands_in_the_line(world: World, mai: Person) -> None:
    unit(world, "site:hd", "district_committee", "UBND huyện", PROVINCE, district="Huyện Trạm Tấu")
    unit(world, "site:hd06", "team06", "Tổ Đề án 06 huyện", "site:hd", district="Huyện Trạm Tấu")
    unit(world, "site:hd07", "team06", "Tổ huyện khác", PROVINCE, district="Huyện khác")  # not the province's
    with world.tx() as tx:
        district = units.by_ref(tx, "site:hd")
        assert district
        tx.execute(update(units.units).where(units.units.c.ref == COMMITTEE).values(parent_id=district.id))
    crew = {name: world.joins(name, ref, "head") for name, ref in
            (("minh", COMMITTEE), ("ha", "site:hd06"), ("thu", PROVINCE), ("xa", "site:hd07"))}  # fmt: skip
    found = sent(world, mai)
    assert names(world, found) == ["UBND xã Hạnh Phúc", "Tổ Đề án 06 huyện", "Sở Y tế tỉnh Lào Cai"]
    told(crew)
    for hour, who in ((23, "minh"), (24, "ha"), (25, "thu")):
        world.jump(to=at(hour, 11, 2026, 0, 30))
        assert told(crew) == {who: 1}
    world.jump(to=at(25, 11, 2026, 8, 30))
    assert told(crew) == {"minh": 1, "ha": 1, "thu": 1}
    assert "Danh sách quá hạn" not in str(crew["xa"].says("/quahan")) + str(crew["xa"].buttons)


def test_a_level_whom_nobody_can_reach_is_passed_over(world: World, mai: Person) -> None:
    minh, quan = world.joins("minh", COMMITTEE, "head"), world.joins("quan", "desk", "admin")
    unreachable(world, minh)
    sent(world, mai)
    quan.news()
    world.jump(to=at(23, 11, 2026, 0, 1))
    assert not minh.news() and len(quan.news()) == 1  # Sở Y tế has nobody: the desk is the last


def test_what_did_not_arrive_goes_to_the_next(
    world: World, mai: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    minh, thu = world.joins("minh", COMMITTEE, "head"), world.joins("thu", PROVINCE, "head")
    sent(world, mai)
    minh.news()
    send = world.road("web").send
    monkeypatch.setattr(
        world.road("web"),
        "send",
        lambda row, body: Blocked("gone") if row.chat == "minh" else send(row, body),
    )
    world.jump(to=at(23, 11, 2026, 0, 1))
    assert not minh.news() and len(thu.news()) == 1


def test_i_urge_them(world: World, mai: Person) -> None:
    forces(world)
    dung, an = world.joins("dung", POLICE, "police"), world.joins("an", FORCE, "head", "An")
    found = sent(world, mai, n=2)
    an.news()
    assert an.token(f"l:{found.id}:{found.version}:urge").startswith("Danh sách này không còn quá hạn")
    world.jump(to=at(23, 11, 2026, 0, 1))
    for person in (mai, dung, an):
        person.news()
    an.presses("Mở danh sách")
    assert (
        "Páo" not in an.last and "ở Công an xã" in an.last and "2 người" in an.last
    )  # whose turn, and nobody on it
    assert "Đã ghi: Anh/Chị đôn đốc 1 danh sách" in an.presses("Tôi đôn đốc")
    assert "Đang đôn đốc: An (Tổ Đề án 06 xã Hạnh Phúc), 00:01 23/11/2026" in an.last
    assert "Tôi đôn đốc" not in an.buttons
    for person in (mai, dung):
        assert person.news() == ["An (Tổ Đề án 06 xã Hạnh Phúc) đôn đốc: Danh sách số 1/2026 đã quá hạn."]
    again = an.token(f"l:{found.id}:{found.version}:urge")
    assert "Đã ghi rồi" in again and not dung.news()
    world.jump(to=at(24, 11, 2026, 0, 1))
    assert dung.news()  # the climb goes on all the same
    with world.tx() as tx:
        assert [one.what for one in lists.history(tx, found.id)].count("urged") == 1


def test_urging_for_several_at_once(world: World, mai: Person) -> None:
    forces(world)
    an = world.joins("an", FORCE, "head", "An")
    found = [sent(world, mai) for _number in range(3)]
    world.jump(to=at(23, 11, 2026, 0, 1))
    mai.news()
    [before] = [body for body in an.heard if "3 danh sách" in body["text"]]
    assert "Đã ghi: Anh/Chị đôn đốc 3 danh sách" in an.presses("Tôi đôn đốc")
    assert [text.count("Danh sách số") for text in mai.news()] == [3]  # one message
    assert "Đã ghi rồi" in an.token(f"l:urge:{before['_id']}")
    assert an.token(f"l:urge:{10**11}") == mai.token(
        f"l:urge:{before['_id']}"
    )  # not theirs: nothing is said of it
    with world.tx() as tx:
        assert all("urged" in {one.what for one in lists.history(tx, one.id)} for one in found)


def test_urging_is_for_those_above(world: World, mai: Person) -> None:
    dung, xa = world.joins("dung", POLICE, "police"), world.joins("xa", OTHER, "head")
    found = sent(world, mai)
    world.jump(to=at(23, 11, 2026, 0, 1))
    for person in (mai, dung, xa, world.person("lan")):
        assert "Tôi đôn đốc" not in person.buttons
        person.token(f"l:{found.id}:{found.version}:urge")
        assert "Đã ghi" not in person.last
    with world.tx() as tx:
        assert "urged" not in {one.what for one in lists.history(tx, found.id)}


def test_the_page_of_late_lists(world: World, mai: Person) -> None:
    forces(world)
    an, lan = world.joins("an", FORCE, "head"), world.joins("lan2", OTHER, "head")
    with turn_of(world, mai) as turn:
        for _number in range(10):
            desk.send(turn, draft(turn, STATION))
        draft(turn, STATION)
    assert an.token("b:lists") == "Không có danh sách xác minh nào quá hạn."
    world.jump(to=at(23, 11, 2026, 3, 0))
    assert "Danh sách quá hạn (10)" in (an.says("/quahan"), an.buttons)[1]
    assert "**Danh sách xác minh quá hạn:** 10" in an.presses("Danh sách quá hạn")
    assert an.buttons[0] == "1/2026 · Trạm Y tế xã Hạnh Phúc · ở Công an xã · quá hạn 3 giờ"
    assert "Trang 2/2" in an.presses("Trang sau") and an.buttons[1].startswith("10/2026")
    assert "Không có" in an.token(f"b:lists:{10**10}") and "Không có" in lan.token("b:lists")
    assert "không có quyền" in world.person("resident").token("b:lists")


def test_a_task_force_comes_by_the_import_and_holds_no_ticket() -> None:
    [column] = [one for one in sites.COLUMNS if one.key == "kind"]
    assert column.read("Tổ công tác Đề án 06") == units.TASK_FORCE
    assert ROLES_AT[units.TASK_FORCE] == ROLES_AT["committee"]
