"""Invitations, joining, leaving and removing, as the people concerned live them."""

from __future__ import annotations

import re

from sqlalchemy import select

from storage import facts, history
from tests.staff.making import COMMITTEE, PROVINCE, STATION, complaint, ticket, unit_id
from tests.world import Person, World

INVALID = "Mã này không dùng được"


def invited(head: Person, role: str = "cán bộ xử lý", name: str = "Vàng Thị Mai") -> str:
    head.says("/moi")
    if not head.buttons or role not in head.buttons:
        head.presses("Trạm Y tế xã Hạnh Phúc")
    head.presses(role)
    head.says(name)
    found = re.search(r"\*\*([0-9A-Z]{8})\*\*", head.last)
    assert found, head.last
    return found[1]


def test_a_head_invites_and_the_invited_person_works(world: World) -> None:
    head = world.joins("thu", STATION, "head")
    code = invited(head)
    assert f"http://127.0.0.1:8080/?join={code}" in head.last
    assert "16:00 27/11/2026" in head.last
    mai = world.person("mai")
    assert "Chào Vàng Thị Mai. Từ nay Anh/Chị là cán bộ xử lý tại Trạm Y tế xã Hạnh Phúc" in mai.says(
        f"/vaodonvi {code}"
    )
    report, _ticket = complaint(world)
    mai.says(report)
    mai.presses("Nhận phiếu")
    assert "Vàng Thị Mai" in head.says(report)


def test_the_invitation_names_the_bot_once_its_name_is_known(world: World) -> None:
    head = world.joins("thu", STATION, "head")
    invited(head)
    assert "t.me" not in head.last
    with world.tx() as tx:
        facts.keep(tx, "telegram_bot", "TiemChungBot")
    code = invited(head)
    assert f"?join={code}\nhttps://t.me/TiemChungBot?start=join_{code}\n" in head.last


def test_a_link_from_another_channel_joins_as_well(world: World) -> None:
    code = invited(world.joins("thu", STATION, "head"))
    assert "Từ nay Anh/Chị là" in world.person("mai").says(f"/start join_{code.lower()}")


def test_a_used_an_old_and_a_wrong_code_are_answered_alike(world: World) -> None:
    head = world.joins("thu", STATION, "head")
    code, late = invited(head), invited(head)
    world.person("mai").says(f"/vaodonvi {code}")
    used = world.person("ba").says(f"/vaodonvi {code}")
    wrong = world.person("ba").says("/vaodonvi 23456789")
    world.jump(days=7, minutes=1)
    old = world.person("ba").says(f"/vaodonvi {late}")
    assert used == wrong == old
    assert INVALID in used


def test_after_ten_tries_an_hour_even_the_right_code_waits(world: World) -> None:
    code, ba = invited(world.joins("thu", STATION, "head")), world.person("ba")
    assert all(INVALID in ba.says(f"/vaodonvi 2345678{n}") for n in range(10))
    assert "quay lại lúc 17:00 20/11/2026" in ba.says(f"/vaodonvi {code}")
    world.jump(hours=1, minutes=1)
    assert "Từ nay Anh/Chị là" in ba.says(f"/vaodonvi {code}")


def test_only_roles_of_that_kind_of_unit_can_be_given(world: World) -> None:
    head = world.joins("thu", STATION, "head")
    head.says("/moi")
    assert head.buttons == ["cán bộ xử lý", "phụ trách đơn vị", "Menu"]
    head.token(f"join:role:{unit_id(world, STATION)}:supervisor")
    assert "không có quyền" in head.last


def test_a_supervisor_invites_below_and_not_beside(world: World) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    my.says("/moi")
    my.says("tram y te")
    assert my.buttons == ["Trạm Y tế xã Hạnh Phúc", "Menu"]
    my.presses("Trạm Y tế xã Hạnh Phúc")
    assert "phụ trách đơn vị" in my.buttons
    my.token(f"join:unit:{unit_id(world, PROVINCE)}")
    assert "không có quyền" in my.last


def test_a_clerk_and_a_resident_invite_nobody(world: World) -> None:
    for person in (world.joins("mai", STATION, "clerk"), world.person("lan")):
        assert "không có quyền" in person.says("/moi")
        assert "không có quyền" in person.says("/nhansu")
        person.token(f"join:role:{unit_id(world, STATION)}:head")
        assert "không có quyền" in person.last


def test_removed_staff_hear_it_and_can_press_nothing(world: World) -> None:
    head, mai = world.joins("thu", STATION, "head"), world.joins("mai", STATION, "clerk")
    report, ticket_id = complaint(world)
    mai.says(report)
    mai.presses("Nhận phiếu")
    head.says("/nhansu")
    head.presses("Gỡ Mai")
    head.presses("Đồng ý gỡ")
    assert "Thu đã gỡ Anh/Chị khỏi Trạm Y tế xã Hạnh Phúc" in mai.last
    held = ticket(world, ticket_id)
    assert held.holder_id is None
    for token in (f"t:{ticket_id}", f"t:{ticket_id}:{held.version}:approve:go", "q:show"):
        assert "không có quyền" in mai.token(token)
        assert report not in mai.last
    assert ticket(world, ticket_id) == held
    assert "Về lại hàng đợi" in head.says(report)


def test_leaving_gives_back_what_is_held(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    report, ticket_id = complaint(world)
    mai.says(report)
    mai.presses("Nhận phiếu")
    mai.says("/roidonvi")
    mai.presses("Rời Trạm Y tế xã Hạnh Phúc")
    assert "Anh/Chị đã rời" in mai.last
    assert ticket(world, ticket_id).holder_id is None
    assert "không có quyền" in mai.says("/hangdoi")


def test_start_greets_residents_and_staff_each_with_their_own_menu(world: World) -> None:
    world.joins("mai", STATION, "clerk")
    assert "Hàng đợi" not in world.person("lan").says("/start")
    assert "Phản ánh sai sót" in world.person("lan").buttons
    world.person("mai").says("/start")
    assert world.person("mai").buttons[0] == "Hàng đợi"
    world.person("mai").presses("Việc riêng của tôi")
    assert "Phản ánh sai sót" in world.person("mai").buttons


def test_joining_inviting_and_removing_are_audited(world: World) -> None:
    head = world.joins("thu", STATION, "head")
    world.person("mai").says(f"/vaodonvi {invited(head)}")
    head.says("/nhansu")
    head.presses("Gỡ Vàng Thị Mai")
    head.presses("Đồng ý gỡ")
    with world.tx() as tx:
        assert list(tx.execute(select(history.audit.c.what)).scalars()) == ["invited", "joined", "removed"]
