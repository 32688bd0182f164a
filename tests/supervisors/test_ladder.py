"""Who hears of a ticket that nobody handles, when, and who is next."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from handlers import desk
from handlers.supervisors import ladder
from locales.times import ZONE
from storage import deadlines, facts, history, outbox, units
from tests.supervisors.filing import (
    COMMITTEE,
    DEPARTMENT,
    DESK,
    STATION,
    backlog,
    crew,
    files,
    ticket_of,
    turn_of,
    unreachable,
)  # fmt: skip
from tests.world import Person, World


def times(person: Person) -> list[str]:
    return [f"{body['_at'].astimezone(ZONE):%a %H:%M}" for body in person.heard]


def test_ignored_from_friday_afternoon(world: World) -> None:
    people = crew(world)
    lan = world.person("lan")
    code = files(world)
    assert times(people["clerk"]) == ["Fri 16:00"]
    world.jump(hours=90)
    assert times(people["clerk"]) == ["Fri 16:00", "Sat 16:00"]
    # Hour 36 is 04:00 on Sunday: held until 06:00.
    assert times(people["head"]) == ["Fri 16:00", "Sat 16:00", "Sun 06:00"]
    assert times(people["commune"]) == ["Sun 10:00", "Sun 16:00", "Mon 08:00", "Tue 08:00"]
    assert times(people["province"]) == times(people["commune"])
    # Two hours after an alarm that nobody acknowledged.
    assert times(people["admin"]) == ["Sun 12:00", "Sun 18:00"]
    commune = [body["text"] for body in people["commune"].heard]
    assert commune[0] == f"**Sắp quá hạn**\n{code} · còn 6 giờ · Trạm Y tế xã Hạnh Phúc chưa xử lý"
    assert commune[2] == f"**QUÁ HẠN**\n{code} · quá hạn 16 giờ · Trạm Y tế xã Hạnh Phúc chưa xử lý"
    told = lan.last
    assert "UBND xã Hạnh Phúc" in told and "Sở Y tế" in told
    with world.tx() as tx:
        happened = [event.what for event in history.of_ticket(tx, ticket_of(tx, code).id, internal=False)]
    assert happened == ["received", "overdue"]


def test_no_alert_names_the_person(world: World) -> None:
    people = crew(world)
    files(world)
    world.jump(hours=60)
    said = "\n".join(body["text"] for person in people.values() for body in person.heard)
    assert "PA-" in said and "Mai" not in said and "0101" not in said


def test_closed_meanwhile_nobody_hears(world: World) -> None:
    people = crew(world)
    code = files(world)
    with world.tx() as tx:
        desk.reject(turn_of(world, tx, "hoa"), ticket_of(tx, code), "8")
    world.jump(hours=100)
    assert people["commune"].heard == [] and people["province"].heard == []


def test_a_unit_without_staff_just_before_midnight(make_world: Callable[..., World]) -> None:
    world = make_world(now=datetime(2026, 11, 20, 23, 50, tzinfo=ZONE))
    minh, thu = world.joins("minh", COMMITTEE, "supervisor"), world.joins("thu", DEPARTMENT, "supervisor")
    code = files(world)
    assert times(minh) == ["Fri 23:50"]
    assert minh.last == f"**Phiếu mới**\n{code} · còn 48 giờ · Trạm Y tế xã Hạnh Phúc chưa có ai tham gia"
    assert thu.heard == []
    world.jump(hours=2)
    assert times(thu) == ["Sat 01:50"]


def test_nobody_at_two_levels(world: World) -> None:
    thu = world.joins("thu", DEPARTMENT, "supervisor")
    files(world)
    assert len(thu.heard) == 1
    world.jump(hours=42)
    # Hours 24, 36 and 42 reach the one who has joined, the last of them once although two levels are asked.
    assert [body["text"].split("\n")[0] for body in thu.heard] == [
        "**Phiếu mới**", "**Nhắc**", "**Nhắc**", "**Sắp quá hạn**"]  # fmt: skip


def test_whose_people_are_all_unreachable(world: World) -> None:
    people = crew(world)
    unreachable(world, people["clerk"])
    unreachable(world, people["head"])
    files(world)
    assert "không liên lạc được với ai ở Trạm Y tế xã Hạnh Phúc" in people["commune"].last


def test_found_unreachable_only_when_the_message_leaves(world: World) -> None:
    hoa, minh = world.joins("hoa", STATION, "clerk"), world.joins("minh", COMMITTEE, "supervisor")
    code = files(world)
    with world.tx() as tx:
        alert = deadlines.alerts_of(tx, ticket_of(tx, code).round_id, "new")[0]
    unreachable(world, hoa)
    with world.tx() as tx:
        ladder.undelivered(tx, alert.outbox_id, world.time)
    world.work()
    assert code in minh.last


def test_no_administrator_either(world: World) -> None:
    code = files(world)
    with world.tx() as tx:
        assert deadlines.alerts_of(tx, ticket_of(tx, code).round_id) == []
        assert "new" in (facts.get(tx, "nobody_to_alert") or "")
    world.jump(minutes=30)
    quan = world.joins("quan", DESK, "admin")
    world.jump(hours=1)
    assert code in quan.last
    world.jump(hours=48)
    assert "QUÁ HẠN" in quan.last


def test_acting_stops_the_climb_and_acknowledging_does_not_stop_the_clock(world: World) -> None:
    people = crew(world)
    code = files(world)
    world.jump(hours=42)
    people["commune"].presses("Đã nhận tin")
    assert "không dừng: còn 6 giờ" in people["commune"].last
    world.jump(hours=4)
    assert people["admin"].heard == []
    world.jump(hours=2, minutes=1)
    assert people["commune"].last.startswith("**QUÁ HẠN**")
    with world.tx() as tx:
        desk.take(turn_of(world, tx, "hoa"), ticket_of(tx, code))
    world.jump(hours=3)
    assert people["admin"].heard == []


def test_unconfirmed_after_three_days(world: World) -> None:
    people = crew(world)
    code = files(world)
    with world.tx() as tx:
        desk.approve(turn_of(world, tx, "hoa"), ticket_of(tx, code))
    world.jump(hours=71)
    assert people["commune"].heard == []
    world.jump(hours=1)
    assert people["commune"].last == (
        f"**Chưa được xác nhận**\n{code} · Trạm Y tế xã Hạnh Phúc báo đã sửa, "
        "Nền tảng chưa hiển thị sau 3 ngày"
    )
    assert people["commune"].buttons == ["Mở phiếu", "Đã nhận tin"]


def test_opened_again_after_the_deadline(world: World) -> None:
    people = crew(world)
    code = files(world)
    world.jump(hours=50)
    with world.tx() as tx:
        desk.approve(turn_of(world, tx, "hoa"), ticket_of(tx, code))
    world.jump(hours=1)
    with world.tx() as tx:
        desk.reopen(world.moment(tx), ticket_of(tx, code), "import")
    before = len(people["province"].heard)
    world.jump(days=2)
    assert times(people["province"])[before:] == ["Sun 19:00", "Mon 08:00", "Tue 08:00"]


def test_handed_over_the_new_unit_hears_and_the_old_one_no_more(world: World) -> None:
    people = crew(world)
    nga = world.joins("nga", "station:2025:04606", "clerk")
    code = files(world)
    world.jump(hours=47)
    before = len(people["clerk"].heard)
    with world.tx() as tx:
        other = units.by_ref(tx, "station:2025:04606")
        assert other
        desk.hand_over(turn_of(world, tx, "hoa"), ticket_of(tx, code), other.id)
    world.work()
    assert nga.last == f"**Phiếu mới**\n{code} · còn 1 giờ · Thiếu mũi tiêm"
    world.jump(hours=1)
    assert len(people["clerk"].heard) == before
    assert people["province"].last.startswith("**QUÁ HẠN**")


def test_each_round_rung_and_recipient_once(world: World) -> None:
    crew(world)
    code = files(world)
    world.jump(hours=42)
    with world.tx() as tx:
        ticket = ticket_of(tx, code)
        ladder.ring(world.moment(tx), ticket.round_id, "supervisors")
        assert len(deadlines.alerts_of(tx, ticket.round_id, "supervisors")) == 2
        rows = [row for row in tx.execute(outbox.outbox.select()) if row.compose]
    assert len({row.id for row in rows}) == len(rows) == 2 + 2 + 1 + 2


@pytest.mark.parametrize("hours", [24, 72])
def test_after_an_outage_one_message_each(world: World, hours: int) -> None:
    people = crew(world)
    for _ in range(12):
        files(world)
    counts = {name: len(person.heard) for name, person in people.items()}
    world.sleep_through(hours=hours)
    heard = {name: len(person.heard) - counts[name] for name, person in people.items()}
    above = int(hours == 72)
    assert heard == {"clerk": 1, "head": 1, "commune": above, "province": above, "admin": 0}
    if above:
        assert people["commune"].last.startswith("**QUÁ HẠN** · 12 phiếu\n")
        assert people["commune"].last.endswith("và 2 phiếu khác: /quahan")
        assert people["clerk"].last.startswith("**QUÁ HẠN**")


def test_quiet_hours_never_hold_the_overdue_flag(make_world: Callable[..., World]) -> None:
    world = make_world(now=datetime(2026, 11, 20, 2, 0, tzinfo=ZONE))
    people = crew(world)
    files(world)
    world.jump(to=world.time + timedelta(hours=48))
    assert times(people["clerk"]) == ["Fri 02:00", "Sat 06:00"]
    assert times(people["commune"]) == ["Sat 20:00", "Sun 02:00"]


def test_a_backlog_of_the_campaign(make_world: Callable[..., World]) -> None:
    """S1: received until 25/11/2021, finished by 30/11/2021; imported on the 26th, already overdue."""
    world = make_world(now=datetime(2021, 11, 26, 13, 0, tzinfo=ZONE))
    with world.tx() as tx:
        here = (units.units.c.kind == "station", units.units.c.list == "2025", units.units.c.province == "56")
        station = tx.execute(units.units.select().where(*here).limit(1)).one()
        committee = units.get(tx, station.parent_id)
    minh = world.joins("minh", committee.ref, "supervisor")
    thu = world.joins("thu", "health_department:2025:56", "supervisor")
    for number in range(15):
        backlog(world, datetime(2021, 11, 24, 10, 0, tzinfo=ZONE), number, station.ref)
    world.work()
    assert [body["text"].split("\n")[0] for body in minh.heard] == ["**QUÁ HẠN** · 15 phiếu"]
    assert len(thu.heard) == 1
    world.jump(to=datetime(2021, 12, 1, 0, 30, tzinfo=ZONE))
    assert times(minh) == ["Fri 13:00", "Sat 08:00", "Sun 08:00", "Mon 08:00", "Tue 08:00", "Tue 23:59"]
    assert "đợt tồn đọng đã hết hạn 23:59 30/11/2021" in minh.last
    assert "đợt tồn đọng" not in minh.heard[-2]["text"]


def test_an_industrial_parks_board_is_its_sites_line_of_government(world: World) -> None:
    """S2: parks are units of their own beside the districts; both lines hear at hour 42."""
    with world.tx() as tx:
        above = units.by_ref(tx, DEPARTMENT)
        assert above
        for ref, kind, parent in (("board", "park_board", above.id), ("clinic", "centre", None)):
            board = units.by_ref(tx, "board")
            row = {"ref": ref, "kind": kind, "name": f"{kind} thử", "search": kind, "province": "15",
                   "parent_id": parent or (board.id if board else None)}  # fmt: skip
            tx.execute(insert(units.units).values(**row))
    world.joins("clinic", "clinic", "head")
    park, department = world.joins("park", "board", "supervisor"), world.joins("so", DEPARTMENT, "supervisor")
    files(world, "clinic")
    world.jump(hours=41)
    assert park.news() == [] and department.news() == []
    world.jump(hours=1)
    assert len(park.news()) == 1 and len(department.news()) == 1
