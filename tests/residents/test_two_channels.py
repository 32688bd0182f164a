"""A resident in two channels: whoever proved the same record in both sees the same reports in both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers import desk, opening
from handlers.faults import Fault
from handlers.residents import consent
from storage import facts, people, reports, talks, tickets, units
from tests.residents.people_and_reports import (
    MISSING,
    OLD_STATION,
    clerk_turn,
    code_of,
    known,
    looks_up,
    parts,
    someone,
    turn_of,
)
from tests.test_erasing import erase
from tests.world import Person, World

PHONE = "0987650001"


@pytest.fixture
def hoa(world: World) -> int:
    """A record with a phone."""
    return known(world, name="Lò Thị Hoa", birth="1990-02-01", sex="female", national_id="015190002222",
                 phone=PHONE, commune="2025:04585")  # fmt: skip


def on(world: World, channel: str, name: str = "hoa") -> Person:
    """The person in this channel, who has agreed there."""
    person = world.person(name, channel)
    with world.tx() as tx:
        talks.give_consent(tx, talks.open_talk(tx, channel, name).id, consent.VERSION, world.time)
    return person


def proves(world: World, person: Person) -> None:
    looks_up(person, "015190002222", "01/02/1990")
    person.says(code_of(world))


def talk_of(world: World, person: Person) -> int:
    with world.tx() as tx:
        return talks.open_talk(tx, person.channel, person.name).id


def files(world: World, person: Person, resident: int | None) -> reports.Report:
    """What this person sends about the record, or without one."""
    number = talk_of(world, person)
    with world.tx() as tx:
        site = units.by_ref(tx, OLD_STATION)
        assert site
        turn = turn_of(world, tx, "made")
        turn.talk = talks.get(tx, number)
        fault = Fault(MISSING.axis, MISSING.kind, MISSING.changes, site=site.id)
        about = {"name": "Lò Thị Hoa", "phone": PHONE, "permanent": "2025:04585"}
        return opening.open_report(
            turn, about=about, resident_id=resident, proven=resident is not None, faults=[fault]
        )


def says_the_same(world: World, report: reports.Report, *people_: Person) -> list[bool]:
    """The three questions agree: what is listed, what may be opened, whom news may reach."""
    answers = []
    for person in people_:
        number = talk_of(world, person)
        with world.tx() as tx:
            listed = report.id in [one.id for one in reports.watched(tx, number)]
            assert listed is reports.may_see(tx, report.id, number)
            assert listed is (number in reports.watching(tx, report.id))
        answers.append(listed)
    return answers


def test_a_report_filed_in_one_is_seen_and_answered_in_the_other(world: World, hoa: int) -> None:
    telegram, zalo = on(world, "telegram"), on(world, "zalo")
    proves(world, telegram)
    report = files(world, telegram, hoa)
    assert says_the_same(world, report, telegram, zalo) == [True, False]
    assert report.code not in zalo.says("/theodoi")
    proves(world, zalo)
    assert says_the_same(world, report, telegram, zalo) == [True, True]
    assert "Phản ánh đã gửi" in zalo.buttons, "the record tells that there is one already"
    assert report.code in zalo.says("/theodoi")
    zalo.presses(report.code)
    zalo.presses("Rút")
    zalo.presses("Đúng, tôi rút")
    assert parts(world, report)[0].state == "closed"
    assert "Đã rút" in telegram.says("/theodoi")


def test_by_its_code_it_opens_at_once(world: World, hoa: int) -> None:
    telegram, zalo = on(world, "telegram"), on(world, "zalo")
    proves(world, telegram)
    report = files(world, telegram, hoa)
    proves(world, zalo)
    sent = len(world.sms)
    zalo.says("/theodoi")
    zalo.presses("Mở phản ánh bằng mã")
    assert report.code in zalo.says(report.code) and len(world.sms) == sent


def test_words_that_answer_no_question_find_the_report_in_both(world: World, hoa: int) -> None:
    telegram, zalo = on(world, "telegram"), on(world, "zalo")
    proves(world, telegram)
    report = files(world, telegram, hoa)
    proves(world, zalo)
    zalo.says("/menu")
    zalo.says("Tôi tiêm ở xã, có cô y tá tên Mai")
    zalo.presses(report.code)
    assert "có cô y tá tên Mai" in telegram.token(f"r:{report.id}")


def test_what_somebody_sent_without_proof_is_not_shown_to_the_records_holder(world: World, hoa: int) -> None:
    """It carries the same number and phone, but anybody can type those: their words are theirs."""
    neighbour, zalo = on(world, "web", "neighbour"), on(world, "zalo")
    report = files(world, neighbour, None)
    proves(world, zalo)
    assert says_the_same(world, report, neighbour, zalo) == [True, False]
    assert report.code not in zalo.says("/theodoi")
    assert report.code not in zalo.token(f"r:{report.id}")


def test_ones_own_unproven_report_comes_along_by_its_code(world: World, hoa: int) -> None:
    """The code and a code to the phone given in it: the same deliberate step as before."""
    page, zalo = on(world, "web"), on(world, "zalo")
    report = files(world, page, None)
    proves(world, zalo)
    zalo.says("/theodoi")
    zalo.presses("Mở phản ánh bằng mã")
    zalo.says(report.code)
    zalo.says(code_of(world))
    assert says_the_same(world, report, zalo) == [True]


def test_proof_of_another_record_opens_nothing(world: World, hoa: int) -> None:
    telegram, eve = on(world, "telegram"), on(world, "zalo", "eve")
    proves(world, telegram)
    report = files(world, telegram, hoa)
    number = talk_of(world, eve)
    with world.tx() as tx:
        (lan,) = people.with_number(tx, "015168001234")
        people.link(tx, number, lan.id, world.time)
    assert says_the_same(world, report, telegram, eve) == [True, False]


def test_withdrawing_consent_takes_sight_away_there_only(world: World, hoa: int) -> None:
    telegram, zalo = on(world, "telegram"), on(world, "zalo")
    proves(world, telegram)
    report = files(world, telegram, hoa)
    proves(world, zalo)
    said = zalo.says("/rut_dong_y")
    assert "không còn hiện hồ sơ" in said and "vẫn được xử lý" not in said
    assert says_the_same(world, report, telegram, zalo) == [True, False]
    telegram.says("/rut_dong_y")
    assert says_the_same(world, report, telegram) == [True], "what was filed here can still be withdrawn here"


def test_what_is_erased_is_gone_in_both(world: World, hoa: int) -> None:
    telegram, zalo = on(world, "telegram"), on(world, "zalo")
    proves(world, telegram)
    report = files(world, telegram, hoa)
    proves(world, zalo)
    (ticket,) = parts(world, report)
    with world.tx() as tx:
        desk.approve(clerk_turn(world, tx), tickets.get(tx, ticket.id), "Đã nhập.")
    world.work()
    world.time += timedelta(days=800)
    assert erase(world) == 1
    assert says_the_same(world, report, telegram, zalo) == [False, False]
    assert report.code not in zalo.says("/theodoi")


def test_one_chat_withdraws_and_is_forgotten_the_other_loses_what_was_filed_there(
    world: World, hoa: int
) -> None:
    """What was given under that consent is deleted in time; the other chat keeps its own record and reports."""
    telegram, zalo = on(world, "telegram"), on(world, "zalo")
    proves(world, telegram)
    proves(world, zalo)
    of_telegram, of_zalo = files(world, telegram, hoa), files(world, zalo, hoa)
    with world.tx() as tx:
        for report in (of_telegram, of_zalo):
            desk.withdraw(clerk_turn(world, tx), tickets.of_report(tx, report.id)[0])
    telegram.says("/rut_dong_y")
    world.time += timedelta(days=21)
    with world.tx() as tx:
        facts.keep(tx, "erased", "")
    erase(world)
    assert says_the_same(world, of_telegram, telegram, zalo) == [False, False]
    assert says_the_same(world, of_zalo, telegram, zalo) == [False, True]


def test_a_person_of_one_chat_only_notices_nothing(world: World) -> None:
    lan = someone(world, "lan")
    assert "Anh/Chị chưa gửi phản ánh nào từ đây" in lan.says("/theodoi")
