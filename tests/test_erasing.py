"""What the consent promises: personal data goes when its time is over, the record of duty stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot import turns
from handlers import desk
from storage import (
    approvals,
    chat_codes,
    evidence,
    facts,
    files,
    history,
    inbox,
    outbox,
    reports,
    talks,
    tickets,
    unreached,
)
from tests.residents.people_and_reports import clerk_turn, filed, parts, someone
from tests.world import Person, World

DAY = timedelta(days=1)


def erase(world: World) -> int:
    with world.tx() as tx:
        facts.keep(tx, "erased", "")
        return turns.erase_once(tx, world.now, world.desk)


def a_closed_report(world: World) -> tuple[Person, reports.Report, tickets.Ticket]:
    lan = someone(world, "lan")
    report = filed(world, lan)
    (ticket,) = parts(world, report)
    with world.tx() as tx:
        desk.approve(clerk_turn(world, tx), ticket, "Đã nhập.")
    world.work()
    return lan, report, ticket


def stored(world: World, report: reports.Report, ticket: tickets.Ticket) -> tuple[Any, Any, Any]:
    with world.tx() as tx:
        found = reports.get(tx, report.id)
        return (
            found.about,
            tickets.get(tx, ticket.id).changes,
            history.of_ticket(tx, ticket.id, internal=True),
        )


def test_a_report_is_emptied_after_its_months_and_keeps_code_times_and_outcome(world: World) -> None:
    _lan, report, ticket = a_closed_report(world)
    world.time += 23 * 31 * DAY
    assert erase(world) == 0
    assert stored(world, report, ticket)[0]["name"] == "Nguyễn Thị Lan"
    world.time += 40 * DAY
    assert erase(world) == 1
    about, changes, events = stored(world, report, ticket)
    assert about == {} and changes == []
    with world.tx() as tx:
        approval = approvals.of_round(tx, ticket.round_id)
        assert approval and approval.changes == [] and approval.resident_id is None
    assert all(event.details == {"erased": True} for event in events)
    with world.tx() as tx:
        kept = reports.get(tx, report.id)
        assert kept.code == report.code and tickets.round_of(tx, ticket).outcome == "approved"
    assert erase(world) == 0


def test_an_open_report_is_never_emptied(world: World) -> None:
    report = filed(world, someone(world, "lan"))
    (ticket,) = parts(world, report)
    world.time += 3000 * DAY
    erase(world)
    assert stored(world, report, ticket)[0]["name"] == "Nguyễn Thị Lan"


def test_twenty_days_after_a_withdrawal_the_chat_is_empty_unless_a_report_is_open(world: World) -> None:
    lan, report, ticket = a_closed_report(world)
    lan.says("/rut_dong_y")
    binh = someone(world, "binh")
    open_report = filed(world, binh)
    binh.says("/rut_dong_y")
    world.time += 19 * DAY
    erase(world)
    assert stored(world, report, ticket)[0]["name"] == "Nguyễn Thị Lan"
    others = filed(world, someone(world, "an"))
    with world.tx() as tx:  # Lan also follows what An filed, which is closed by now
        lans = talks.open_talk(tx, "web", "lan").id
        reports.watch(tx, others.id, lans)
        desk.withdraw(clerk_turn(world, tx), tickets.of_report(tx, others.id)[0])
    world.time += 2 * DAY
    erase(world)
    with world.tx() as tx:
        assert reports.watched(tx, lans) == []
    assert stored(world, report, ticket)[0] == {}
    assert stored(world, open_report, parts(world, open_report)[0])[0]["name"] == "Nguyễn Thị Lan"
    with world.tx() as tx:
        assert talks.open_talk(tx, "web", "lan").state == {}
        mine = select(func.count()).select_from(outbox.outbox).where(outbox.outbox.c.chat == "lan")
        assert tx.execute(mine).scalar_one() == 0


def test_handled_messages_leave_the_queues_after_thirty_days(world: World) -> None:
    world.person("lan").says("/trogiup")
    world.time += 31 * DAY
    erase(world)
    with world.tx() as tx:
        assert tx.execute(select(func.count()).select_from(inbox.inbox)).scalar_one() == 0


def test_it_runs_once_a_day(world: World) -> None:
    with world.tx() as tx:
        turns.erase_once(tx, world.now, world.desk)
        assert facts.get(tx, "erased") == world.time.date().isoformat()
    world.person("lan").says("/trogiup")
    world.time += 31 * DAY
    with world.tx() as tx:
        facts.keep(tx, "erased", world.time.date().isoformat())
        turns.erase_once(tx, world.now, world.desk)
        assert tx.execute(select(func.count()).select_from(inbox.inbox)).scalar_one() == 1


def test_old_codes_go_and_who_could_not_be_reached_goes_with_the_report(world: World) -> None:
    _lan, _report, ticket = a_closed_report(world)
    with world.tx() as tx:
        unreached.keep(tx, ticket.id, world.time, "approved", (("zalo", "outside"),))
        member = clerk_turn(world, tx).member
        assert member
        chat_codes.make(tx, "ABCDEFGH", member.id, world.time)
    for passed, codes_left, still_called in ((2 * DAY, 0, True), (25 * 31 * DAY, 0, False)):
        world.time += passed
        erase(world)
        with world.tx() as tx:
            count = select(func.count()).select_from(chat_codes.chat_codes)
            assert tx.execute(count).scalar_one() == codes_left
            assert (unreached.get(tx, ticket.id) is not None) is still_called


def sent(world: World, name: str, of: str, ticket: tickets.Ticket | None = None) -> None:
    """A photo that somebody sent, and that a clerk was shown."""
    with world.tx() as tx:
        talk = talks.open_talk(tx, "web", of).id
        evidence.add(
            tx, name=name, talk_id=talk, kind="photo", mime="image/jpeg", size=7, blurred=False, at=world.time
        )
        if ticket:
            evidence.attach(tx, [name], talk, ticket.id)
        evidence.share(tx, name, "web", "clerk")


def left(world: World, *names: str) -> set[str]:
    """Which of the photos a row still needs, and the clerk can still fetch."""
    with world.tx() as tx:
        shared = {name for name in names if evidence.shared_with(tx, name, "web", "clerk")}
        assert shared == evidence.known(tx, names)
        return shared


def test_photos_go_with_their_report_and_pictures_of_the_board_with_the_transcript(world: World) -> None:
    _lan, _report, ticket = a_closed_report(world)
    binh = filed(world, someone(world, "binh"))
    sent(world, "of-lan", "lan", ticket)
    sent(world, "of-binh", "binh", parts(world, binh)[0])
    with world.tx() as tx:
        files.add(
            tx, name="board", channel="web", chat="xa", filename="a.png", mime="image/png", made_at=world.time
        )
    world.time += 25 * 31 * DAY
    assert erase(world) == 1
    assert left(world, "of-lan", "of-binh") == {"of-binh"}  # Bình's report is still open
    with world.tx() as tx:
        assert evidence.known(tx, ["board"]) == set()


def test_photos_go_with_a_withdrawn_consent(world: World) -> None:
    lan, _report, ticket = a_closed_report(world)
    sent(world, "filed", "lan", ticket)
    sent(world, "unfiled", "lan")
    sent(world, "another", "binh")
    lan.says("/rut_dong_y")
    world.time += 21 * DAY
    erase(world)
    assert left(world, "filed", "unfiled", "another") == {"another"}
