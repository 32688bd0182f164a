"""A queue of three hundred: found, paged, filtered, taken and handed over by the handful."""

from __future__ import annotations

import pytest

from storage import tickets
from tests.staff.making import COMMITTEE, STATION, complaint, opens, ticket, unit_id
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if "PA-" in line]


def test_three_hundred_page_by_page_in_one_message(world: World, mai: Person) -> None:
    codes = [complaint(world)[0] for _n in range(300)]
    first = mai.says("/hangdoi")
    assert "300 phiếu đang mở, 0 quá hạn" in first
    assert "Trang 1/38" in first
    assert lines_of(first) == [f"{n}. {code} · Thiếu mũi tiêm · còn 48 giờ · chưa ai nhận"
                               for n, code in enumerate(codes[:8], 1)]  # fmt: skip
    seen = lines_of(first)
    for _page in range(37):
        shown = mai.heard[-1]["_id"]
        mai.presses("Trang sau")
        assert mai.heard[-1]["_replaces"] == shown
        seen += lines_of(mai.last)
    assert [line.split()[1] for line in seen] == codes
    assert "Trang sau" not in mai.buttons


def test_least_time_left_comes_first_and_next_skips_what_is_held(world: World, mai: Person) -> None:
    early, first_id = complaint(world)
    world.jump(hours=42)
    late, _second = complaint(world)
    assert [line.split(" · ")[2] for line in lines_of(mai.says("/hangdoi"))] == ["còn 6 giờ", "còn 48 giờ"]
    mai.presses("Phiếu tiếp theo")
    assert mai.last.startswith(f"**{early}**")
    mai.presses("Phiếu tiếp theo")
    assert mai.last.startswith(f"**{late}**")
    opens(mai, early)
    mai.presses("Nhận phiếu")
    mai.says("/start")
    mai.presses("Phiếu tiếp theo")
    assert mai.last.startswith(f"**{late}**")
    mai.presses("Nhận phiếu")
    mai.presses("Phiếu tiếp theo")
    assert "đều đã có người nhận" in mai.last
    assert ticket(world, first_id).holder_id


def test_filters_by_button_and_by_words(world: World, mai: Person) -> None:
    overdue, _id = complaint(world)
    world.jump(hours=49)
    fresh, _id = complaint(world)
    opens(mai, fresh)
    mai.presses("Nhận phiếu")
    assert [overdue] == [line.split()[1] for line in lines_of(mai.says("/hangdoi quá hạn"))]
    assert "2 phiếu đang mở, 1 quá hạn" in mai.last
    assert "quá hạn 1 giờ" in mai.last
    mai.presses("Lọc")
    mai.presses("Của tôi · 1")
    assert [fresh] == [line.split()[1] for line in lines_of(mai.last)]
    assert overdue in mai.says("/hangdoi chua ai nhan")
    assert len(lines_of(mai.says("/hangdoi thieu mui tiem"))) == 2
    assert len(lines_of(mai.says("/hangdoi abc"))) == 2


def test_several_are_taken_and_one_that_changed_is_named(world: World, mai: Person) -> None:
    ba = world.joins("ba", STATION, "clerk")
    made = [complaint(world) for _n in range(10)]
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    for code, _id in made[:3]:
        mai.presses(code)
    assert "Đã chọn: 3" in mai.last
    assert f"✓ {made[0][0]} (đã chọn)" in mai.buttons
    mai.presses(f"✓ {made[2][0]}")
    assert "Đã chọn: 2" in mai.last
    mai.presses("Trang sau")
    mai.presses("Chọn cả trang")
    assert "Đã chọn: 4" in mai.last
    opens(ba, made[0][0])
    ba.presses("Nhận phiếu")
    mai.presses("Nhận tất cả")
    assert "Đã làm xong 3 phiếu" in mai.last
    assert f"để nguyên: {made[0][0]}" in mai.last
    holders = [ticket(world, id_).holder_id for _code, id_ in made]
    assert [holder is not None for holder in holders] == [True, True, *[False] * 6, True, True]
    assert holders[0] != holders[1]
    assert "đang xử lý" in world.person("lan").last


def test_several_are_handed_over_singly_with_their_clocks(world: World, mai: Person) -> None:
    made = [complaint(world) for _n in range(4)]
    world.jump(hours=5)
    dues = [ticket(world, id_).due_at for _code, id_ in made]
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn cả trang")
    mai.presses("Chuyển đơn vị khác")
    mai.says("hoa ban")
    mai.presses("Phòng tiêm chủng Hoa Ban")
    mai.presses("Chuyển đơn vị")
    assert "Đã làm xong 4 phiếu" in mai.last
    assert "0 phiếu đang mở" in mai.last
    moved = [ticket(world, id_) for _code, id_ in made]
    assert [t.due_at for t in moved] == dues
    assert {t.unit_id for t in moved} == {unit_id(world, "site:demo-2")}
    with world.tx() as tx:
        assert [len(tickets.stays_of(tx, t.round_id)) for t in moved] == [2] * 4


def test_several_go_to_a_colleague(world: World, mai: Person) -> None:
    ba = world.joins("ba", STATION, "clerk")
    made = [complaint(world) for _n in range(2)]
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn cả trang")
    mai.presses("Giao cho đồng nghiệp")
    mai.presses("Ba")
    assert "Đã làm xong 2 phiếu" in mai.last
    assert len({ticket(world, id_).holder_id for _code, id_ in made}) == 1
    told = [text for text in ba.news() if "Mai giao cho Anh/Chị phiếu" in text]
    assert len(told) == 2


def test_those_above_see_the_units_below_by_name(world: World) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    report, _id = complaint(world)
    assert f"1. {report} · Thiếu mũi tiêm · còn 48 giờ · chưa ai nhận · Trạm Y tế xã Hạnh Phúc" in my.says(
        "/hangdoi"
    )
    my.presses("Đơn vị")
    my.presses("Chỉ đơn vị của tôi")
    assert "0 phiếu đang mở" in my.last


def test_who_works_at_two_units_chooses_one_or_all(world: World, mai: Person) -> None:
    world.joins("mai", "site:demo-2", "clerk")
    here, there = complaint(world)[0], complaint(world, "site:demo-2")[0]
    assert len(lines_of(mai.says("/hangdoi"))) == 2
    mai.presses("Đơn vị")
    mai.presses("Phòng tiêm chủng Hoa Ban")
    assert there in mai.last
    assert here not in mai.last


def test_a_typed_number_or_code_opens_its_ticket(world: World, mai: Person) -> None:
    first, second = complaint(world)[0], complaint(world)[0]
    mai.says("/hangdoi")
    assert mai.says("2").startswith(f"**{second}**")
    assert mai.says(f"xem {first.lower()} giúp").startswith(f"**{first}**")
    assert "chưa hiểu" in mai.says("xin chào")
