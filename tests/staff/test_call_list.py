"""«Cần gọi điện» of the unit and «Đã trả lời, chưa đến tay người dân» of those above: who stands there, until when."""

from __future__ import annotations

import pytest

from bot.channels import Blocked, Outside, Refused
from handlers import desk
from handlers.faults import Fault
from tests.staff.making import COMMITTEE, PROVINCE, STATION, complaint, ticket, unit_id
from tests.staff.undelivered import Road, SmsRoad, acts, answers, happened
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def lost(world: World, mai: Person) -> tuple[str, int]:
    """An answer that neither chat nor SMS could bring."""
    Road(world, "web").closed["lan"] = Outside("window")
    SmsRoad(world, "sms").closed[""] = Refused("no money")
    code, ticket_id = complaint(world)
    answers(world, ticket_id)
    return code, ticket_id


def test_from_the_menu_to_the_call(world: World, mai: Person, lost: tuple[str, int]) -> None:
    code, ticket_id = lost
    mai.says("/menu")
    mai.presses("Cần gọi điện (1)")
    assert f"**{code}** · Đã có câu trả lời · 16:00 20/11/2026" in mai.last
    assert "chat trên web: chỉ gửi được khi người dân nhắn lại · SMS: bị từ chối" in mai.last
    mai.presses(code)
    mai.presses("Xem số đầy đủ")
    assert "0912345678" in mai.last
    mai.presses("Đã gọi")
    assert "Đã ghi: đã gọi cho người dân." in mai.last and "called" in happened(world, ticket_id)
    assert "Đã gọi" not in mai.buttons and "Câu trả lời gần nhất chưa tới" not in mai.last
    mai.token(f"t:{ticket_id}:{ticket(world, ticket_id).version}:called")
    assert "không còn trong danh sách" in mai.last and happened(world, ticket_id).count("called") == 1
    assert "Không có ai cần gọi điện." in mai.says("/cangoi")


def test_those_above_see_what_was_tried(world: World, mai: Person, lost: tuple[str, int]) -> None:
    code, ticket_id = lost
    minh, thu = world.joins("minh", COMMITTEE, "supervisor"), world.joins("thu", PROVINCE, "supervisor")
    minh.says("/quahan")
    minh.presses("Đã trả lời, chưa đến tay (1)")
    assert f"**{code}** · Trạm Y tế xã Hạnh Phúc" in minh.last and "SMS: bị từ chối" in minh.last
    minh.presses(code)
    assert "Đã thử:" in minh.last and "0912345678" not in minh.last
    thu.says("/bang")
    thu.presses("Đã trả lời, chưa đến tay")
    assert code in thu.last
    Road(world, "web")
    world.person("lan").token(f"r:{ticket(world, ticket_id).report_id}")  # she looks by herself
    assert "Câu trả lời nào cũng đã đến tay" in thu.token("b:unreached:0")
    minh.says("/quahan")
    assert not any("chưa đến tay" in label for label in minh.buttons)


def test_other_units_do_not_see_it(world: World, mai: Person, lost: tuple[str, int]) -> None:
    elsewhere = world.joins("hoa", "station:2025:02908", "head")
    assert "Không có ai cần gọi điện." in elsewhere.says("/cangoi")
    elsewhere.token("b:unreached")
    assert lost[0] not in elsewhere.last
    world.person("an").says("/cangoi")
    assert "Cần gọi điện" not in world.person("an").last


def test_it_moves_with_the_ticket(world: World, mai: Person, lost: tuple[str, int]) -> None:
    code, ticket_id = lost
    minh = world.joins("minh", COMMITTEE, "clerk")
    acts(world, ticket_id, desk.hand_over, unit_id(world, COMMITTEE))
    assert code not in mai.says("/cangoi") and code in minh.says("/cangoi")


def test_a_complaint_about_the_site_is_for_its_head(world: World, mai: Person) -> None:
    Road(world, "web").closed["lan"] = Blocked("gone")
    SmsRoad(world, "sms").closed[""] = Refused("no money")
    binh = world.joins("binh", STATION, "head")
    service = Fault("service", "other", (), site=unit_id(world, STATION))
    code, ticket_id = complaint(world, faults=[service])
    acts(world, ticket_id, desk.answer, "Chúng tôi xin lỗi.", by="binh")
    assert code in binh.says("/cangoi") and code not in mai.says("/cangoi")


def test_a_long_list_turns(world: World, mai: Person) -> None:
    Road(world, "web").closed["lan"] = Blocked("gone")
    SmsRoad(world, "sms").closed[""] = Refused("no money")
    for _n in range(9):
        answers(world, complaint(world)[1])
    mai.says("/cangoi")
    assert len([label for label in mai.buttons if label.startswith("PA-")]) == 8
    mai.presses("Trang sau")
    assert len([label for label in mai.buttons if label.startswith("PA-")]) == 1
    assert "Trang 2/2" in mai.last
    mai.presses("Trang trước")
    assert "**Cần gọi điện:** 9" in mai.last
