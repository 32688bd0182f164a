"""A complaint about a site: its head hears and answers, on the desk's own clock; the board counts it apart."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from handlers import desk, opening
from handlers.faults import Fault
from locales.times import ZONE
from storage import board, deadlines, history, outbox, policies, tickets, units
from storage.tickets import Ticket
from tests.supervisors.filing import COMMITTEE, DEPARTMENT, STATION, crew, files, ticket_of, turn_of
from tests.world import Person, World


def complains(world: World, ref: str = STATION, by: str = "lan") -> str:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit
        told = {"kind": "other", "field": "words", "old": None, "new": "Chờ ba tiếng", "site_name": unit.name}
        report = opening.open_report(turn_of(world, tx, by), about={}, resident_id=None, proven=False,
                                     faults=[Fault("service", "other", (told,), site=unit.id)])  # fmt: skip
    world.work()
    return report.code


def now_of(world: World, code: str) -> Ticket:
    with world.tx() as tx:
        return ticket_of(tx, code)


def days(person: Person) -> list[str]:
    return [
        f"{body['_at'].astimezone(ZONE):%d/%m %H:%M} {body['text'].split(chr(10))[0]}"
        for body in person.heard
    ]


def test_who_hears_and_when(world: World) -> None:
    people = crew(world)
    code = complains(world)
    world.jump(days=8, hours=12)
    assert people["clerk"].heard == []
    assert days(people["head"]) == ["20/11 16:00 **Phiếu mới**", "25/11 16:00 **Nhắc**"]
    assert days(people["commune"]) == ["27/11 16:00 **QUÁ HẠN**", "28/11 08:00 **QUÁ HẠN**"]
    assert days(people["province"]) == days(people["commune"])
    assert people["commune"].heard[0]["text"] == (
        f"**QUÁ HẠN**\n{code} · quá hạn 0 phút · Việc khác · Trạm Y tế xã Hạnh Phúc chưa xử lý"
    )
    with world.tx() as tx:
        happened = [event.what for event in history.of_ticket(tx, ticket_of(tx, code).id, internal=False)]
    assert happened == ["received", "overdue"]


def test_no_head_the_supervisor_hears(world: World) -> None:
    world.joins("hoa", STATION, "clerk")
    minh = world.joins("minh", COMMITTEE, "supervisor")
    code = complains(world)
    assert minh.last.startswith(f"**Phiếu mới**\n{code} · còn 7 ngày · Việc khác")


def test_no_text_about_it_speaks_of_48_hours(world: World) -> None:
    people = crew(world)
    lan, head = world.person("lan"), people["head"]
    code = complains(world)
    head.says(code)
    for label, words in (
        ("Nhận phiếu", ""),
        ("Hỏi người dân", "Hôm nào ạ?"),
        ("Xử lý sau", "Chờ họp"),
        ("Ghi chú nội bộ", "x"),
    ):
        head.presses(label)
        if words:
            head.says(words)
    head.says(code)
    head.presses("Xử lý sau")
    head.says("Chờ họp")
    head.says("25/11")
    assert "Hạn trả lời vẫn giữ: trước 16:00 Thứ sáu 27/11" in lan.last
    world.jump(days=12)
    lan.says("/theodoi")
    lan.presses(code)
    people["commune"].says("/quahan")
    head.says("/hangdoi")
    head.says(code)
    head.presses("Trả lời người dân")
    head.says("Xin lỗi bác.")
    lan.presses("Vẫn chưa ổn")
    lan.says("Chưa ai gọi lại.")
    world.jump(days=12)
    with world.tx() as tx:
        bodies = tx.execute(select(outbox.outbox.c.body)).scalars().all()
    said = "\n".join(f"{body['text']} {body.get('choices')}" for body in bodies if body)
    assert code in said and "48" not in said.replace("0448", "")


def test_nothing_is_approved_or_sent_back(world: World) -> None:
    head = crew(world)["head"]
    code = complains(world)
    head.says(code)
    assert not {"Phê duyệt", "Cần bổ sung"} & set(head.buttons)
    ticket = now_of(world, code)
    for forged in ("approve:go", "reject:8:go"):
        assert "không có quyền" in head.token(f"t:{ticket.id}:{ticket.version}:{forged}")
    assert now_of(world, code).state == "open"


def test_a_clerk_has_it_only_from_the_head(world: World) -> None:
    people = crew(world)
    clerk, head = people["clerk"], people["head"]
    code = complains(world)
    other = files(world)
    clerk.says("/hangdoi")
    assert "1 phiếu đang mở" in clerk.last and code not in str(clerk.buttons) and other in str(clerk.buttons)
    ticket = now_of(world, code)
    assert "không có quyền" in clerk.token(f"t:{ticket.id}")
    head.says("/hangdoi")
    assert "2 phiếu đang mở" in head.last
    head.says(code)
    head.presses("Giao cho đồng nghiệp")
    head.presses("Hoa")
    assert code in clerk.last
    clerk.presses("Mở")
    assert "Chờ ba tiếng" in clerk.last and "Trả lời người dân" in clerk.buttons


def test_the_answer_closes_and_a_new_round_has_the_same_clock(world: World) -> None:
    crew(world)
    code = complains(world)
    world.jump(days=1)
    with world.tx() as tx:
        desk.answer(turn_of(world, tx, "binh"), ticket_of(tx, code), "Xin lỗi bác.")
        closed = ticket_of(tx, code)
        assert (closed.state, tickets.round_of(tx, closed).outcome) == ("closed", "answered")
        desk.still_wrong(turn_of(world, tx, "lan"), closed)
        again = tickets.round_of(tx, ticket_of(tx, code))
    assert (again.number, again.due_at - again.received_at, again.finish_by) == (2, timedelta(days=7), None)
    assert now_of(world, code).clock == "own"


def test_the_campaigns_hard_stop_is_not_for_it(make_world: object) -> None:
    world: World = make_world(now=datetime(2021, 11, 24, 9, 0, tzinfo=ZONE))  # type: ignore[operator]
    with world.tx() as tx:
        here = (units.units.c.kind == "station", units.units.c.list == "2025", units.units.c.province == "56")
        ref = tx.execute(units.units.select().where(*here).limit(1)).one().ref
    own, letters = complains(world, ref), files(world, ref)
    with world.tx() as tx:
        assert tickets.round_of(tx, ticket_of(tx, own)).finish_by is None
        assert tickets.round_of(tx, ticket_of(tx, letters)).finish_by is not None


def test_the_board_counts_it_apart(world: World) -> None:
    world.joins("quan", "desk", "admin")
    code = complains(world)
    files(world)
    world.jump(days=9)
    with world.tx() as tx:
        desk.answer(turn_of(world, tx, "binh"), ticket_of(tx, code), "Xin lỗi.")
    complains(world, by="an")
    with world.tx() as tx:
        unit = units.by_ref(tx, COMMITTEE)
        assert unit
        [line] = board.lines(tx, unit.id, None, world.time)
    assert (line.open, line.overdue, line.due, line.kept, line.durations, line.held) == (
        1,
        1,
        1,
        0,
        (),
        9 * 24.0,
    )
    assert line.other == 1
    thu = world.joins("thu", DEPARTMENT, "supervisor")
    thu.says("/bang")
    assert "Việc khác đang mở (hạn riêng): 1" in thu.last and "(0/1)" in thu.last


@pytest.mark.parametrize(("hours", "due"), [(72, 3), (240, 10)])
def test_an_operator_may_set_another_aim(world: World, hours: int, due: int) -> None:
    with world.tx() as tx:
        step = policies.Step("own_passed", timedelta(hours=hours), ("committee",), True, "")
        policies.set_step(tx, "15", step)
    code = complains(world)
    with world.tx() as tx:
        round_ = tickets.round_of(tx, ticket_of(tx, code))
        rungs = (
            tx.execute(select(deadlines.rungs.c.rung).where(deadlines.rungs.c.round_id == round_.id))
            .scalars()
            .all()
        )
        letters = [step.rung for step in policies.ladder_of(tx, "15")]
    assert round_.due_at - round_.received_at == timedelta(days=due)
    assert "own_passed" in rungs and "overdue" not in rungs
    assert letters == ["remind_site", "remind_head", "supervisors", "overdue"]


def test_where_the_table_has_no_hours_for_it_the_rules_have(world: World) -> None:
    with world.tx() as tx:
        tx.execute(policies.ladder.delete().where(policies.ladder.c.rung.startswith("own_")))
    code = complains(world)
    with world.tx() as tx:
        round_ = tickets.round_of(tx, ticket_of(tx, code))
    assert round_.due_at - round_.received_at == timedelta(days=7)
