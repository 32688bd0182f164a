"""An answer that did not arrive: another chat, an SMS, and where nothing is left the staff are asked to call."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import deliveries, turns
from bot.channels import Blocked, Outcome, Outside, Refused, Sent, TryAgain, Unknown
from handlers import desk
from handlers.faults import Fault
from handlers.supervisors import ladder
from storage import outbox, reports, talks, tickets, unreached
from tests.staff.making import ABOUT, PHONE, STATION, complaint, dose_of, identity, ticket, unit_id
from tests.staff.undelivered import (
    Road,
    SmsRoad,
    acts,
    answers,
    asked_to_call,
    follows,
    happened,
    without_sms,
)
from tests.supervisors.filing import turn_of
from tests.world import Person, World

SMS = "Phản ánh {code}: Đã có câu trả lời. http://127.0.0.1:8080"


@pytest.fixture
def road(world: World) -> Road:
    return Road(world, "web")


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def listed(world: World, ticket_id: int) -> unreached.Unreached | None:
    with world.tx() as tx:
        return unreached.get(tx, ticket_id)


@pytest.mark.parametrize("outcome", [Blocked("bot was blocked"), Refused("too long"), TryAgain("timeout")])
def test_the_holder_hears_once_a_day_and_calls(
    world: World, road: Road, mai: Person, outcome: Outcome
) -> None:
    without_sms(world)
    hoa = world.joins("hoa", STATION, "clerk")
    code, ticket_id = complaint(world)
    road.closed["lan"] = outcome
    for _try in range(2):
        answers(world, ticket_id)
        for _wait in range(turns.TRIES * 2):
            world.sleep_through(hours=0.4)
    assert asked_to_call(mai) == [
        f"{code}: tin gửi người dân chưa tới nơi (chat trên web, SMS).\n"
        "Xin gọi điện: mở phiếu, bấm «Xem số đầy đủ» để thấy số điện thoại."
    ]
    assert asked_to_call(hoa) == []
    assert happened(world, ticket_id).count("undelivered") == 2
    mai.presses("Mở phiếu")
    assert "Câu trả lời gần nhất chưa tới được người dân: xin gọi điện.\nĐã thử: chat trên web: " in mai.last
    assert "SMS: chưa cài đặt" in mai.last
    world.jump(days=1)
    answers(world, ticket_id)
    for _wait in range(turns.TRIES * 2):
        world.sleep_through(hours=0.4)
    assert len(asked_to_call(mai)) == 1


def test_nobody_holds_it_and_it_has_no_phone(world: World, road: Road, mai: Person) -> None:
    hoa = world.joins("hoa", STATION, "head")
    _code, ticket_id = complaint(world)
    with world.tx() as tx:
        report = tickets.get(tx, ticket_id).report_id
        about = {**ABOUT, "phone": None}
        tx.execute(reports.reports.update().where(reports.reports.c.id == report).values(about=about))
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    with world.tx() as tx:
        desk.release(world.moment(tx), tickets.get(tx, ticket_id))  # type: ignore[arg-type]
    world.jump(days=1)
    assert "Phiếu không có số điện thoại" in asked_to_call(mai)[0] and asked_to_call(hoa) == []
    answers(world, ticket_id)
    assert listed(world, ticket_id).ways == (("web", "blocked"), ("phone", "none"))  # type: ignore[union-attr]


def test_an_sms_says_that_there_is_an_answer_once(world: World, road: Road, mai: Person) -> None:
    code, ticket_id = complaint(world)
    road.closed["lan"] = Outside("window")
    answers(world, ticket_id, "Mũi 2 đã nhập.")
    assert [(sms["phone"], sms["text"]) for sms in world.sms] == [(PHONE, SMS.format(code=code))]
    assert len(world.sms[0]["text"]) <= 70
    assert asked_to_call(mai) == [] and listed(world, ticket_id) is None
    mai.token(f"t:{ticket_id}")
    assert "Đã báo ngắn cho người dân là có tin mới (SMS)" in mai.last
    with world.tx() as tx:  # whoever rings twice changes nothing
        row = next(one for one in outbox.of_ticket(tx, [ticket_id]) if one.outcome == "outside")
        ladder.ring(world.moment(tx), tickets.get(tx, ticket_id).round_id, f"undelivered:{row.id}")
    world.work()
    assert len(world.sms) == 1


def test_what_is_no_result_costs_no_sms_and_no_call(world: World, road: Road, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    acts(world, ticket_id, desk.take)
    assert world.sms == [] and asked_to_call(mai) == [] and listed(world, ticket_id) is None
    assert "undelivered" in happened(world, ticket_id)


def test_an_sms_that_fails_leaves_the_call(world: World, road: Road, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Outside("window")
    SmsRoad(world, "sms").closed[""] = Refused("no money")
    answers(world, ticket_id)
    found = listed(world, ticket_id)
    assert found and (found.what, found.ways) == ("answered", (("web", "outside"), ("sms", "refused")))
    assert len(asked_to_call(mai)) == 1
    mai.token(f"t:{ticket_id}")
    assert "Đã thử: chat trên web: chỉ gửi được khi người dân nhắn lại · SMS: bị từ chối" in mai.last


def test_three_tickets_of_a_report_are_one_sms(world: World, road: Road, mai: Person) -> None:
    service = Fault("service", "other", (), site=unit_id(world, STATION))
    code, first = complaint(world, faults=[dose_of(world), identity(), service])
    with world.tx() as tx:
        parts = [one.id for one in tickets.of_report(tx, tickets.get(tx, first).report_id)]
    assert len(parts) == 3
    road.closed["lan"] = Blocked("gone")
    for part in parts:
        answers(world, part)
    assert [sms["text"] for sms in world.sms] == [SMS.format(code=code)]
    assert all("brief" in happened(world, part) for part in parts)
    world.jump(hours=1)
    answers(world, parts[0])
    assert len(world.sms) == 2  # another answer of the same ticket is news


def test_an_sms_that_fails_leaves_a_call_for_each_ticket(world: World, road: Road, mai: Person) -> None:
    _code, first = complaint(world, faults=[dose_of(world), identity()])
    road.closed["lan"] = Blocked("gone")
    sms = SmsRoad(world, "sms")
    sms.closed[""] = TryAgain("no money")
    answers(world, first)
    answers(world, first + 1)
    sms.closed[""] = Refused("no money")
    world.sleep_through(minutes=10)
    assert [listed(world, part) is not None for part in (first, first + 1)] == [True, True]


def test_the_template_is_noted_and_the_words_wait(world: World, road: Road, mai: Person) -> None:
    lan = world.person("lan")
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Sent("z1", how="template")
    answers(world, ticket_id, "Mũi 2 đã nhập.")
    assert world.sms == [] and "brief" in happened(world, ticket_id) and listed(world, ticket_id) is None
    road.closed.clear()
    lan.says("/menu")
    missed, menu = lan.news()
    assert "«Mũi 2 đã nhập.»" in missed and "Mũi 2" not in menu
    lan.says("/menu")
    assert len(lan.news()) == 1


def test_another_chat_gets_it_in_full_and_no_sms_goes(world: World, road: Road, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    con = follows(world, ticket_id, "con", "telegram2")
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    assert "Đã kiểm tra." in con.last and con.buttons[:2] == ["Đã đúng", "Vẫn chưa đúng"]
    assert world.sms == [] and asked_to_call(mai) == [] and "elsewhere" in happened(world, ticket_id)
    assert listed(world, ticket_id) is None
    con.news()
    answers(world, ticket_id, "Lần nữa.")  # and now at once: the first is known to be closed
    assert "Lần nữa." in con.last and len(con.news()) == 1
    assert happened(world, ticket_id).count("elsewhere") == 1
    Road(world, "telegram2").closed["con"] = Blocked("gone too")
    answers(world, ticket_id, "Lần ba.")
    assert len(world.sms) == 1


def test_only_where_it_was_filed(world: World, road: Road, mai: Person) -> None:
    lan = world.person("lan")
    _code, ticket_id = complaint(world)
    con = follows(world, ticket_id, "con")
    answers(world, ticket_id)
    assert "Đã kiểm tra." in lan.last and con.heard == []
    con.token(f"r:{ticket(world, ticket_id).report_id}")
    assert "Đã kiểm tra." in con.last  # whoever looks sees everything


def test_an_imported_report_is_told_to_all_who_follow_it(world: World, road: Road, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    report_id = ticket(world, ticket_id).report_id
    with world.tx() as tx:
        tx.execute(reports.reports.update().where(reports.reports.c.id == report_id).values(talk_id=None))
    con, lan = follows(world, ticket_id, "con"), world.person("lan")
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    assert [len(con.news()), len(lan.news()), len(world.sms)] == [1, 0, 0]
    with world.tx() as tx:
        tx.execute(reports.watchers.delete())
    world.jump(hours=1)
    answers(world, ticket_id)
    assert len(world.sms) == 1  # nobody follows it: by the phone in the complaint
    without_sms(world)
    answers(world, ticket_id)
    found = listed(world, ticket_id)
    assert found and found.ways == (("sms", "off"),) and asked_to_call(mai) == []


def test_an_approval_that_closed_the_ticket_is_noticed_too(world: World, road: Road, mai: Person) -> None:
    without_sms(world)
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    acts(world, ticket_id, desk.approve)
    assert ticket(world, ticket_id).state == "closed"
    assert len(asked_to_call(mai)) == 1


def test_an_answer_just_before_it_is_closed_is_not_forgotten(world: World, road: Road, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    with world.tx() as tx:
        desk.answer(turn_of(world, tx, "mai"), tickets.get(tx, ticket_id), "Xong.")
    world._deliver()
    with world.tx() as tx:
        desk.withdraw(turn_of(world, tx, "lan"), tickets.get(tx, ticket_id))
    world.work()
    assert len(world.sms) == 1


def test_whoever_comes_back_is_told_in_full_once(world: World, road: Road, mai: Person) -> None:
    lan = world.person("lan")
    without_sms(world)
    code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id, "Mũi 2 đã nhập.")
    answers(world, ticket_id, "Xin kiểm tra lại.")
    assert listed(world, ticket_id)
    road.closed.clear()
    world.jump(days=1)
    lan.news()
    lan.says("/menu")
    first, second, menu = lan.news()
    assert first.startswith(f"Trong lúc Anh/Chị vắng, có tin chưa đến được Anh/Chị:\n\n{code} · ")
    assert "Mũi 2 đã nhập." in first and "Xin kiểm tra lại." in second and second.startswith(code)
    assert code not in menu and listed(world, ticket_id) is None
    lan.presses("Đã đúng")
    mai.token(f"t:{ticket_id}")
    assert "Câu trả lời gần nhất chưa tới" not in mai.last and "Người dân đã quay lại" in mai.last
    lan.news()
    with world.tx() as tx:
        talks.set_reachable(tx, "web", "lan", False)
    lan.says("/menu")
    assert len(lan.news()) == 1 and happened(world, ticket_id).count("shown") == 2


def test_the_newest_five_and_nothing_older_than_a_month(world: World, road: Road, mai: Person) -> None:
    lan = world.person("lan")
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Outside("window")
    for n in range(7):
        acts(world, ticket_id, desk.ask_resident, f"câu {n}")
    road.closed.clear()
    lan.says("/menu")
    assert [text[-8:-1].strip("« ") for text in lan.news()[:-1]] == [f"câu {n}»"[:-1] for n in range(2, 7)]
    road.closed["lan"] = Outside("window")
    acts(world, ticket_id, desk.ask_resident, "cũ")
    road.closed.clear()
    world.time = world.time.replace(month=12, day=25)
    lan.says("/menu")
    assert "cũ" not in "".join(lan.news())


def test_what_was_seen_and_settled_elsewhere_is_not_told_again(world: World, road: Road, mai: Person) -> None:
    lan = world.person("lan")
    _code, ticket_id = complaint(world)
    con = follows(world, ticket_id, "con", "telegram2")
    road.closed["lan"] = Outside("window")
    answers(world, ticket_id)
    road.closed.clear()
    world.jump(minutes=10)
    con.presses("Đã đúng")
    lan.says("/menu")
    assert len(lan.news()) == 1


def test_a_join_is_a_return_and_a_leave_is_none(world: World, road: Road, mai: Person) -> None:
    lan = world.person("lan")
    code, ticket_id = complaint(world)
    lan._send(kind="leave")
    road.closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    lan._send(kind="leave")
    road.closed.clear()
    assert lan.news() == []
    lan._send(kind="join")
    assert [code in text for text in lan.news()] == [True]


def test_a_later_message_that_arrives_is_enough(world: World, road: Road, mai: Person) -> None:
    without_sms(world)
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Refused("odd")
    answers(world, ticket_id)
    road.closed.clear()
    answers(world, ticket_id, words="Đã sửa.")
    mai.token(f"t:{ticket_id}")
    assert "Câu trả lời gần nhất chưa tới" not in mai.last


def test_killed_between_giving_up_and_looking_on(world: World, road: Road, mai: Person) -> None:
    """The rung is written in the transaction in which the row ends."""
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    with world.tx() as tx:
        desk.answer(turn_of(world, tx, "mai"), tickets.get(tx, ticket_id), "Xong.")
    world._deliver()
    assert world.sms == []
    world.sleep_through(hours=30)  # the process was down meanwhile
    assert len(world.sms) == 1


def test_whoever_comes_back_and_is_lost_again_stays_on_the_list(
    world: World, road: Road, mai: Person
) -> None:
    """The SMS was refused, then they looked, and what they were to be shown did not get through either."""
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Outside("window")
    SmsRoad(world, "sms").closed[""] = Refused("no money")
    answers(world, ticket_id)
    road.closed["lan"] = Blocked("gone")
    world.person("lan").token(f"r:{ticket(world, ticket_id).report_id}")
    world.jump(days=1)
    assert listed(world, ticket_id)


def test_an_sms_that_took_another_ticket_along_while_it_was_sent(
    world: World, road: Road, mai: Person
) -> None:
    _code, first = complaint(world, faults=[dose_of(world), identity()])
    road.closed["lan"] = Blocked("gone")
    sms = SmsRoad(world, "sms")
    sms.closed[""] = TryAgain("busy")
    answers(world, first)
    world.time += timedelta(seconds=30)
    with world.tx() as tx:  # it is on its way
        (row,) = deliveries.claim_outgoing(tx, world.now, 1, "sms")
        desk.answer(turn_of(world, tx, "mai"), tickets.get(tx, first + 1), "Xong.")
    world.work()
    with world.tx() as tx:
        deliveries.settle(tx, row, Sent("1"), world.now)
    world.work()
    assert [happened(world, part).count("brief") for part in (first, first + 1)] == [1, 1]


def test_who_filed_it_for_somebody_and_answers_it_themselves(world: World, road: Road, mai: Person) -> None:
    """They need not be told; the person whom it is about is."""
    code, ticket_id = complaint(world, by="mai")
    mai.news()
    answers(world, ticket_id)
    assert mai.news() == [] and [sms["text"] for sms in world.sms] == [SMS.format(code=code)]
    con = follows(world, ticket_id, "con")
    answers(world, ticket_id, "Lần nữa.")
    assert "Lần nữa." in con.last and len(world.sms) == 1


def test_an_sms_of_which_nobody_knows_is_not_called_refused(world: World, road: Road, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    road.closed["lan"] = Blocked("gone")
    sms = SmsRoad(world, "sms")
    sms.closed[""] = Unknown("timeout")
    answers(world, ticket_id)
    sms.closed[""] = Refused("it may have arrived, and is sent only once")
    world.sleep_through(minutes=10)
    mai.says("/cangoi")
    assert "SMS: có thể đã tới" in mai.last
