"""A queue of three hundred: found, paged, filtered, taken and handed over by the handful."""

from __future__ import annotations

import pytest

from tests.staff.making import COMMITTEE, STATION, complaint, opens, stays_of, ticket, unit_id
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def rows(person: Person) -> list[str]:
    """The tickets on the page: each is its own button."""
    return [label for label in person.buttons if label.startswith("PA-")]


def codes_of(person: Person) -> list[str]:
    return [row.split(" · ")[0] for row in rows(person)]


def test_three_hundred_page_by_page_in_one_message(world: World, mai: Person) -> None:
    codes = [complaint(world, works=False)[0] for _n in range(300)]
    world.work()
    first = mai.says("/hangdoi")
    assert "300 phiếu đang mở, 0 quá hạn" in first
    assert "Trang 1/38" in first
    assert mai.buttons[:9] == [
        "Phiếu tiếp theo",
        *(f"{code} · còn 48 giờ · Thiếu mũi tiêm" for code in codes[:8]),
    ]
    seen = codes_of(mai)
    for _page in range(37):
        shown = mai.heard[-1]["_id"]
        mai.presses("Trang sau")
        assert mai.heard[-1]["_replaces"] == shown
        seen += codes_of(mai)
    assert seen == codes
    assert "Trang sau" not in mai.buttons


def test_least_time_left_comes_first_and_next_skips_what_is_held(world: World, mai: Person) -> None:
    early, first_id = complaint(world)
    world.jump(hours=42)
    late, _second = complaint(world)
    mai.says("/hangdoi")
    assert [row.split(" · ")[1] for row in rows(mai)] == ["còn 6 giờ", "còn 48 giờ"]
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
    assert mai.last.startswith(f"**{early}**")  # nobody's is left: one's own
    mai.presses("Phê duyệt")
    mai.presses("Tôi đã sửa trên Nền tảng")
    mai.presses("Phiếu tiếp theo")
    assert mai.last.startswith(f"**{late}**")
    mai.presses("Phiếu tiếp theo")
    assert "Không còn phiếu nào khác" in mai.last
    assert ticket(world, first_id).holder_id


def test_next_stays_within_the_filter(world: World, mai: Person) -> None:
    codes = [complaint(world)[0] for _n in range(4)]
    for code in codes[1:3]:
        opens(mai, code)
        mai.presses("Nhận phiếu")
    mai.says("/hangdoi của tôi")
    for code in (codes[1], codes[2], codes[1]):
        mai.presses("Phiếu tiếp theo")
        assert mai.last.startswith(f"**{code}**")


def test_filters_by_button_and_by_words(world: World, mai: Person) -> None:
    overdue, _id = complaint(world)
    world.jump(hours=49)
    fresh, _id = complaint(world)
    opens(mai, fresh)
    mai.presses("Nhận phiếu")
    mai.says("/hangdoi quá hạn")
    assert "2 phiếu đang mở, 1 quá hạn" in mai.last
    assert rows(mai) == [f"{overdue} · quá hạn 1 giờ · Thiếu mũi tiêm"]
    mai.presses("Lọc")
    mai.presses("Của tôi · 1")
    assert rows(mai) == [f"{fresh} · còn 48 giờ · Thiếu mũi tiêm · của tôi"]
    mai.says("/hangdoi chua ai nhan")
    assert codes_of(mai) == [overdue]
    for words in ("thieu mui tiem", "abc"):
        mai.says(f"/hangdoi {words}")
        assert len(rows(mai)) == 2


def test_several_are_taken_and_one_that_changed_is_named(world: World, mai: Person) -> None:
    ba = world.joins("ba", STATION, "clerk")
    made = [complaint(world) for _n in range(10)]
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    for code, _id in made[:3]:
        mai.presses(code)
    assert "Đã chọn: 3" in mai.last
    assert f"✓ {made[0][0]} · còn 48 giờ · Thiếu mũi tiêm (đã chọn)" in mai.buttons
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
    mai.presses("Việc khác với phiếu đã chọn")
    mai.presses("Chuyển đơn vị khác")
    mai.says("hoa ban")
    mai.presses("Phòng tiêm chủng Hoa Ban")
    mai.presses("Chuyển đơn vị")
    assert "Đã làm xong 4 phiếu" in mai.last
    assert "0 phiếu đang mở" in mai.last
    moved = [ticket(world, id_) for _code, id_ in made]
    assert [t.due_at for t in moved] == dues
    assert {t.unit_id for t in moved} == {unit_id(world, "site:demo-2")}
    assert [len(stays_of(world, t.round_id)) for t in moved] == [2] * 4


def test_several_go_to_a_colleague(world: World, mai: Person) -> None:
    ba = world.joins("ba", STATION, "clerk")
    made = [complaint(world) for _n in range(2)]
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn cả trang")
    mai.presses("Việc khác với phiếu đã chọn")
    mai.presses("Giao cho đồng nghiệp")
    mai.presses("Ba")
    assert "Đã làm xong 2 phiếu" in mai.last
    assert len({ticket(world, id_).holder_id for _code, id_ in made}) == 1
    assert [text for text in ba.news() if "giao cho" in text] == ["Mai giao cho Anh/Chị 2 phiếu."]
    ba.presses("Của tôi")
    assert codes_of(ba) == [code for code, _id in made]


def test_those_above_see_the_units_below_by_name(world: World) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    report, _id = complaint(world)
    my.says("/hangdoi")
    assert rows(my) == [f"{report} · còn 48 giờ · Thiếu mũi tiêm · Trạm Y tế xã Hạnh Phúc"]
    my.presses("Đơn vị")
    my.presses("Chỉ đơn vị của tôi")
    assert "0 phiếu đang mở" in my.last


def test_who_works_at_two_units_chooses_one_or_all(world: World, mai: Person) -> None:
    world.joins("mai", "site:demo-2", "clerk")
    here, there = complaint(world)[0], complaint(world, "site:demo-2")[0]
    mai.says("/hangdoi")
    assert codes_of(mai) == [here, there]
    mai.presses("Đơn vị")
    mai.presses("Phòng tiêm chủng Hoa Ban")
    assert codes_of(mai) == [there]


def test_a_typed_number_or_code_opens_its_ticket(world: World, mai: Person) -> None:
    first, second = complaint(world)[0], complaint(world)[0]
    mai.says("/hangdoi")
    assert mai.says("3").startswith(f"**{second}**")  # after «Phiếu tiếp theo»
    assert mai.says(f"xem {first.lower()} giúp").startswith(f"**{first}**")
    assert "chưa hiểu" in mai.says("xin chào")
