"""Who may press what; somebody without a right learns nothing about the ticket."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage import history
from tests.staff.making import (
    COMMITTEE,
    NUMBER,
    PHONE,
    PROVINCE,
    STATION,
    complaint,
    identity,
    ticket,
    unit_id,
)
from tests.world import World

VERBS = (
    "take",
    "ask",
    "answer",
    "approve",
    "approve:go",
    "reject",
    "reject:8:go",
    "later",
    "note",
    "full",
    "assign",
)


def test_a_forged_token_of_a_resident_does_and_tells_nothing(world: World) -> None:
    report, ticket_id = complaint(world, by="pao")
    before, lan = ticket(world, ticket_id), world.person("lan")
    nothing = lan.token("t:999999")
    for verb in VERBS:
        heard = lan.token(f"t:{ticket_id}:{before.version}:{verb}")
        assert heard == nothing
        assert report not in heard
    assert ticket(world, ticket_id) == before


def test_a_clerk_of_another_unit_does_not_find_it(world: World) -> None:
    report, ticket_id = complaint(world)
    other = world.joins("hoa", "site:demo-2", "clerk")
    assert "không có phiếu" in other.says(report)
    assert "không có quyền" in other.token(f"t:{ticket_id}")
    assert "không có phiếu PA-ZZZZZ" in other.says("PA-ZZZZZ")


def test_a_supervisor_sees_to_it_but_does_not_approve_for_the_unit(world: World) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    report, ticket_id = complaint(world)
    my.says(report)
    assert {"Nhận phiếu", "Chuyển đơn vị", "Giao cho đồng nghiệp", "Ghi chú nội bộ"} <= set(my.buttons)
    assert not {"Phê duyệt", "Cần bổ sung", "Trả lời người dân", "Xử lý sau"} & set(my.buttons)
    for verb in ("approve:go", "reject:8:go", "answer", "later", "ask"):
        assert "không có quyền" in my.token(f"t:{ticket_id}:{ticket(world, ticket_id).version}:{verb}")
    assert ticket(world, ticket_id).state == "open"


def test_a_supervisor_who_is_also_a_member_may_approve(world: World) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    world.joins("my", STATION, "clerk")
    report, _ticket = complaint(world)
    my.says(report)
    assert "Phê duyệt" in my.buttons


def test_only_those_above_reopen_a_closed_ticket(world: World) -> None:
    mai, minh = world.joins("mai", STATION, "clerk"), world.joins("minh", PROVINCE, "supervisor")
    report, ticket_id = complaint(world)
    due = ticket(world, ticket_id).due_at
    mai.says(report)
    mai.presses("Phê duyệt")
    mai.presses("Tôi đã sửa trên Nền tảng")
    assert mai.buttons == ["Xem số đầy đủ", "Phiếu tiếp theo", "Hàng đợi"]
    world.person("lan").news()
    minh.says(report)
    minh.presses("Mở lại")
    minh.presses("Mở lại")
    again = ticket(world, ticket_id)
    assert (again.state, again.due_at) == ("open", due)
    assert "đang xem lại phản ánh" in world.person("lan").news()[-1]


def test_an_exempt_site_reads_its_copy_and_no_more(world: World) -> None:
    copied = world.joins("hoa", "site:demo-1", "clerk")
    report, ticket_id = complaint(world, faults=[identity("site:demo-1", world)])
    assert ticket(world, ticket_id).copy_to == unit_id(world, "site:demo-1")
    assert report in copied.says(report)
    assert copied.buttons == ["Phiếu tiếp theo", "Hàng đợi"]
    assert "không có quyền" in copied.token(f"t:{ticket_id}:{ticket(world, ticket_id).version}:full")


def test_the_full_number_is_a_press_of_its_own_and_audited(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    report, ticket_id = complaint(world)
    card = mai.says(report)
    assert NUMBER not in card
    assert PHONE not in card
    assert not _audited(world, ticket_id)
    mai.presses("Xem số đầy đủ")
    assert f"Số giấy tờ: {NUMBER}" in mai.last
    assert PHONE in mai.last
    assert [what for what, _staff in _audited(world, ticket_id)] == ["full_number"]


def _audited(world: World, ticket_id: int) -> list[Any]:
    audit = history.audit.c
    with world.tx() as tx:
        return list(tx.execute(select(audit.what, audit.staff_id).where(audit.ticket_id == ticket_id)))


def test_nonsense_in_a_token_is_answered_and_poisons_nothing(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    _report, ticket_id = complaint(world)
    version = ticket(world, ticket_id).version
    whole = (
        "t:",
        "t:x",
        "t:99999999999999999999",
        "q:",
        "q:to",
        "q:page:-5",
        "q:pick:1",
        "join:",
        "join:unit:x",
        "staff:",
    )
    acts = ("", "xyz", "hand:x", "hand:99999999999999999999", "assign:77777", "reject:14", "later:1")
    for token in (*whole, *(f"t:{ticket_id}:{version}:{act}" for act in acts)):
        heard = mai.token(token)
        assert heard
        assert "chưa đọc được" not in heard
    assert ticket(world, ticket_id).version == version


def test_help_is_the_staffs_own_and_as_much_as_they_may(world: World) -> None:
    clerk, above = (
        world.joins("mai", STATION, "clerk"),
        world.joins("my", "committee:2025:04585", "supervisor"),
    )
    assert "/hangdoi" in clerk.says("/trogiup") and "/bang" not in clerk.last and "/moi" not in clerk.last
    assert "/bang" in above.says("/trogiup") and "/moi" in above.last and "/tracuu" not in above.last
    assert "/tracuu" in world.person("lan").says("/trogiup") and "/hangdoi" not in world.person("lan").last
