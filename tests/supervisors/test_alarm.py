"""A dose that was never given: its supervisors hear when it is received, and somebody has to react."""

from __future__ import annotations

from handlers import opening
from handlers.faults import Fault
from storage import units
from tests.supervisors.filing import ABOUT, STATION, crew, turn_of
from tests.world import World


def files_one(world: World, kind: str = "dose_not_mine") -> str:
    with world.tx() as tx:
        unit = units.by_ref(tx, STATION)
        assert unit
        dose = {"dose_class": "booster", "ordinal": 1, "day": "2022-01-20"}
        change: dict[str, object] = {
            "kind": kind,
            "field": "not_mine",
            "old": dose,
            "new": None,
            "dose": dose,
            "had": [],
        }
        fault = Fault("dose", kind, (change,), site=unit.id)
        report = opening.open_report(
            turn_of(world, tx, "lan"), about=ABOUT, resident_id=None, proven=True, faults=[fault]
        )
    world.work()
    return report.code


def test_both_lines_hear_at_once_and_read_why_but_not_who(world: World) -> None:
    people = crew(world)
    code = files_one(world)
    line = f"{code} · còn 48 giờ · Trạm Y tế xã Hạnh Phúc: người dân báo không tiêm mũi đang ghi"
    for who in ("commune", "province"):
        assert people[who].news() == [f"**⚠ Cần xem ngay**\n{line}"]
    for who in ("clerk", "head"):
        assert people[who].news() == [f"**Phiếu mới**\n{code} · còn 48 giờ · ⚠ Có mũi tôi không tiêm"]
    assert people["admin"].news() == []


def test_who_does_not_react_is_passed_by_after_two_hours(world: World) -> None:
    people = crew(world)
    code = files_one(world)
    world.jump(hours=1, minutes=59)
    assert people["admin"].news() == []
    world.jump(minutes=2)
    assert code in people["admin"].last and "Cần xem ngay" in people["admin"].last


def test_a_word_from_a_supervisor_is_enough_and_the_ladder_goes_on(world: World) -> None:
    people = crew(world)
    code = files_one(world)
    people["commune"].presses("Đã nhận tin")
    world.jump(hours=3)
    assert people["admin"].news() == []
    people["commune"].news()
    world.jump(hours=40)
    assert any("Sắp quá hạn" in told and code in told for told in people["commune"].news())


def test_other_faults_of_doses_wait_for_hour_42(world: World) -> None:
    people = crew(world)
    files_one(world, "dose_duplicate")
    assert people["commune"].news() == [] and people["province"].news() == []


def test_a_new_round_alarms_again(world: World) -> None:
    from handlers import desk
    from tests.supervisors.filing import ticket_of

    people = crew(world)
    code = files_one(world)
    with world.tx() as tx:
        desk.approve(turn_of(world, tx, "hoa"), ticket_of(tx, code))
    people["commune"].news()
    with world.tx() as tx:
        desk.still_wrong(turn_of(world, tx, "lan"), ticket_of(tx, code))
    world.work()
    assert any("Cần xem ngay" in told for told in people["commune"].news())
