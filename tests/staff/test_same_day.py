"""S2: doses are entered and signed on their day; what was not goes first, and staff read why."""

from __future__ import annotations

from handlers.faults import Fault
from tests.staff.making import STATION, complaint, dose_of, opens, unit_id
from tests.world import World


def unsigned(world: World, day: str) -> Fault:
    change = {"kind": "not_signed", "field": "signature", "dose": {"day": day}, "old": None, "new": None}
    return Fault("dose", "not_signed", (change,), site=unit_id(world, STATION))


def test_what_was_owed_on_its_day_stands_above_what_is_due_sooner(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    old, _id = complaint(world, by="an", faults=[dose_of(world, day="2021-08-12")])
    world.jump(hours=1)
    missing, _id = complaint(world, by="binh", faults=[dose_of(world, day="2026-11-19")])
    signature, _id = complaint(world, by="chi", faults=[unsigned(world, "2026-11-20")])
    mai.says("/hangdoi")
    codes = [label.split(" · ")[0] for label in mai.buttons if label.startswith("PA-")]
    assert codes == [missing, signature, old]
    mai.presses("Phiếu tiếp theo")
    for code in (missing, signature, old):
        assert mai.last.startswith(f"**{code}**")
        mai.presses("Phiếu tiếp theo")


def test_the_card_says_what_was_owed(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    for day, words in {
        "2026-11-20": "Mũi tiêm hôm nay: phải nhập và ký trong ngày",
        "2026-11-19": "Đáng lẽ đã phải nhập và ký ngay trong ngày tiêm",
        "2021-08-12": "",
    }.items():
        code, _id = complaint(world, by=f"an{day}", faults=[dose_of(world, day=day)])
        opens(mai, code)
        assert words in mai.last and ("S2" in mai.last) is bool(words), day
