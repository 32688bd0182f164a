"""The queue by site, day and lot of the dose: narrowed to one group, which is chosen whole."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.staff import several
from storage import queue_groups, talks
from tests.staff.making import ABOUT, COMMITTEE, STATION, complaint, dose_of, opens, unit_id
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def reported(world: World, n: int = 1, **facts: Any) -> list[str]:
    return [complaint(world, faults=[dose_of(world, **facts)])[0] for _n in range(n)]


def codes(person: Person) -> list[str]:
    return [label.split(" · ")[0] for label in person.buttons if label.startswith("PA-")]


def groups(person: Person) -> list[str]:
    return [label for label in person.buttons if " phiếu · " in label]


def state(world: World, person: Person) -> dict[str, Any]:
    with world.tx() as tx:
        talk = talks.find(tx, "web", person.name)
        assert talk
        return dict(talk.state)


def test_groups_by_lot_have_counts_and_the_earliest_deadline(world: World, mai: Person) -> None:
    first = reported(world, 2, lot="fg 1234")
    world.jump(hours=42)
    also = reported(world, lot="Lô FG1234")
    other = reported(world, lot="BB-77")
    none = reported(world, lot="không nhớ")
    mai.says("/hangdoi")
    mai.presses("Gom nhóm")
    mai.presses("Số lô")
    assert groups(mai) == ["FG1234 · 3 phiếu · còn 6 giờ", "BB-77 · 1 phiếu · còn 48 giờ",
                           "chưa rõ · 1 phiếu · còn 48 giờ"]  # fmt: skip
    mai.presses("FG1234")
    assert codes(mai) == [*first, *also]
    assert "Nhóm: Số lô: FG1234 (3)" in mai.last
    mai.presses("Nhóm khác")
    mai.says("chưa rõ · 1 phiếu · còn 48 giờ")  # words typed for a button
    assert codes(mai) == none
    mai.presses("Nhóm khác")
    mai.says("2")
    assert codes(mai) == other
    mai.presses("Gom nhóm")
    mai.presses("Bỏ gom nhóm")
    assert len(codes(mai)) == 5


def test_groups_by_day_and_site_in_one_message(world: World, mai: Person) -> None:
    reported(world, 2, day="2021-08-12")
    month = reported(world, day="2021-09")
    somewhere = reported(world, site_id=None, site_name="nhà ông Tám")
    mai.says("/hangdoi")
    mai.presses("Gom nhóm")
    asked = len(mai.heard)
    mai.presses("Ngày tiêm")
    assert groups(mai) == ["12/08/2021 · 3 phiếu · còn 48 giờ", "09/2021 · 1 phiếu · còn 48 giờ"]
    mai.presses("09/2021")
    assert codes(mai) == month
    mai.presses("Nhóm khác")
    mai.presses("Gom theo: Điểm tiêm")
    assert groups(mai) == ["Trạm Y tế xã Hạnh Phúc · 3 phiếu · còn 48 giờ", "chưa rõ · 1 phiếu · còn 48 giờ"]
    mai.presses("chưa rõ")
    assert codes(mai) == somewhere
    assert len(mai.heard) == asked + 5 and all(body["_replaces"] for body in mai.heard[asked - 1 :])


@pytest.mark.parametrize("said", ["015095001234", "0912345678", "tôi là Giàng A Páo", "=1+1", "<b>1</b>"])
def test_nothing_that_somebody_wrote_becomes_the_name_of_a_group(
    world: World, mai: Person, said: str
) -> None:
    reported(world, lot=said, site_id=None, site_name=said, day=None)
    for by in ("lot", "site", "day"):
        mai.token(f"q:by:{by}:0")
        assert groups(mai) == ["chưa rõ · 1 phiếu · còn 48 giờ"]
        assert not any(said in body["text"] + str(body["choices"]) for body in mai.heard)


def test_a_group_stands_within_the_filter_and_next_stays_in_it(world: World, mai: Person) -> None:
    ours = reported(world, 2, lot="FG1")
    reported(world, lot="FG2")
    opens(mai, ours[0])
    mai.presses("Nhận phiếu")
    mai.says("/hangdoi chua ai nhan")
    mai.presses("Gom nhóm")
    mai.presses("Số lô")
    assert groups(mai) == ["FG1 · 1 phiếu · còn 48 giờ", "FG2 · 1 phiếu · còn 48 giờ"]
    mai.presses("FG1")
    mai.presses("Phiếu tiếp theo")
    assert mai.last.startswith(f"**{ours[1]}**")
    mai.presses("Phiếu tiếp theo")
    assert "Không còn phiếu nào khác" in mai.last
    mai.says("/hangdoi")
    assert len(codes(mai)) == 3  # asked for anew, the queue is whole


def test_many_groups_have_pages(world: World, mai: Person) -> None:
    for n in range(10):
        reported(world, lot=f"FG{n}")
    mai.token("q:by:lot:0")
    first = groups(mai)
    mai.presses("Trang sau")
    assert len(first) == 8 and len(groups(mai)) == 2
    mai.token("q:by:lot:99")
    assert len(groups(mai)) == 2


def test_the_whole_group_is_chosen_beyond_its_page(world: World, mai: Person) -> None:
    reported(world, 11, lot="FG1")
    reported(world, 2, lot="FG2")
    mai.token("q:by:lot:0")
    mai.presses("FG1")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn cả nhóm (11)")
    assert "Đã chọn: 11" in mai.last
    mai.presses("Nhận tất cả")
    assert "Đã làm xong 11 phiếu" in mai.last


def test_more_than_fit_at_once_are_said_to_be_too_many(
    world: World, mai: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = reported(world, 12, lot="FG1")
    monkeypatch.setattr(several, "MOST", 10)
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn tất cả (12)")
    assert "Mỗi lần chọn được 10 phiếu" in mai.last and "Đã chọn: 10" in mai.last
    mai.presses("Trang sau")
    mai.presses(made[-1])
    assert len(state(world, mai)["queue"]["chosen"]) == 10


def test_more_than_may_be_opened_are_said_to_be_too_many(
    world: World, mai: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(world, 4, lot="FG1")
    monkeypatch.setattr(queue_groups, "MOST", 3)
    mai.token("q:by:lot:0")
    assert "Chỉ gom 3 phiếu gấp nhất" in mai.last


def test_a_forged_group_is_empty_and_another_unit_sees_none(world: World, mai: Person) -> None:
    reported(world, lot="FG1")
    for token in ("q:in:lot:XX", "q:in:site:99999999999999999", "q:in:day:9999-99-99", "q:in:name:a", "q:by::",
                  "q:in", "q:by:lot:x", "q:in:site:²", "q:allpick", "q:do:approve", "q:go:x", "q:say:=entered"):  # fmt: skip
        assert "chưa đọc được" not in mai.token(token)
    hoa = world.joins("hoa", "site:demo-2", "clerk")
    hoa.token("q:by:lot:0")
    assert groups(hoa) == []
    lan = world.person("lan")
    assert "không có quyền" in lan.token("q:by:lot:0")


def test_those_above_group_the_units_below_by_site(world: World) -> None:
    my = world.joins("my", COMMITTEE, "supervisor")
    reported(world)
    my.token("q:by:site:0")
    assert groups(my) == ["Trạm Y tế xã Hạnh Phúc · 1 phiếu · còn 48 giờ"]
    assert ABOUT["name"] not in my.last and str(unit_id(world, STATION)) not in my.last
