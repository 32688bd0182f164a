"""Photos and papers: shown to who may see the ticket, in private, and written into the audit log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage import history, staff, talks, tickets
from tests.residents.people_and_reports import MISSING, STATION, WRONG_NUMBER, filed, parts, someone
from tests.residents.sendings import sends
from tests.world import Person, World


def with_papers(world: World, *kinds: str) -> tuple[Person, str, tickets.Ticket]:
    """A clerk, a report's code and its ticket, to which the resident has sent something."""
    tram = world.joins("tram", STATION, "clerk")
    an = someone(world, "an")
    report = filed(world, an)
    ticket = parts(world, report)[0]
    an.token(f"r:{report.id}:words:{ticket.id}")
    sends(an, *(kinds or ("photo", "voice")))
    return tram, report.code, parts(world, report)[0]


def test_the_clerk_sees_them_and_it_is_noted(world: World) -> None:
    tram, code, ticket = with_papers(world)
    assert "Giấy tờ đã gửi: 1 ảnh, 1 ghi âm" in tram.says(code)
    before = len(tram.heard)
    said = tram.presses("Xem ảnh, giấy tờ")
    photo, voice, words = tram.heard[before:]
    assert [one["media"][0]["kind"] for one in (photo, voice)] == ["photo", "voice"]
    assert photo["media"][0]["mime"] == "image/jpeg" and photo["media"][0]["file"].startswith("piece")
    assert photo["sensitive"] and voice["sensitive"] and words["sensitive"]
    assert "1. 1 ảnh, gửi 16:00 20/11/2026" in said and "Việc Anh/Chị xem đã được ghi lại" in said
    with world.tx() as tx:
        talk = talks.open_talk(tx, "web", "tram")
        member = staff.by_talk(tx, talk.id)
        (row,) = tx.execute(select(history.audit).where(history.audit.c.what == "evidence_seen")).all()
    assert member and (row.staff_id, row.talk_id, row.ticket_id) == (member.id, talk.id, ticket.id)
    assert len(row.details["files"]) == 2


def test_an_old_button_still_shows_them(world: World) -> None:
    tram, code, ticket = with_papers(world)
    tram.says(code)
    tram.presses("Nhận phiếu")
    assert "1. 1 ảnh" in tram.token(f"t:{ticket.id}:{ticket.version}:evidence")
    tram.says(code)
    tram.presses("Phê duyệt")
    tram.presses("Tôi đã sửa trên Nền tảng")
    assert "1. 1 ảnh" in tram.token(f"t:{ticket.id}:{ticket.version}:evidence")


@pytest.mark.parametrize("who", ["khac", "an"])
def test_nobody_else_does(world: World, who: str) -> None:
    _tram, _code, ticket = with_papers(world)
    if who == "khac":
        world.joins("khac", "station:2025:04606", "clerk")
    person = world.person(who)
    before = len(person.heard)
    person.token(f"t:{ticket.id}:{ticket.version}:evidence")
    assert not any(body["media"] for body in person.heard[before:])
    with world.tx() as tx:
        assert not tx.execute(select(history.audit).where(history.audit.c.what == "evidence_seen")).all()


def test_without_papers_there_is_no_button(world: World) -> None:
    tram = world.joins("tram", STATION, "clerk")
    report = filed(world, someone(world, "an"))
    ticket = parts(world, report)[0]
    tram.says(report.code)
    assert "Xem ảnh, giấy tờ" not in tram.buttons and "Giấy tờ" not in tram.last
    assert "không kèm giấy tờ" in tram.token(f"t:{ticket.id}:{ticket.version}:evidence")


def test_in_a_group_nothing_is_shown(world: World) -> None:
    tram, _code, ticket = with_papers(world)
    before = len(tram.heard)
    tram._send(kind="choice", choice=f"t:{ticket.id}:{ticket.version}:evidence", private=False, press="9")
    assert not any(body.get("media") for body in tram.heard[before:])


def test_a_slip_is_shown_with_every_mistake_of_its_report(world: World) -> None:
    tram = world.joins("tram", STATION, "clerk")
    an = someone(world, "an")
    report = filed(world, an, [MISSING, WRONG_NUMBER])
    first, second = parts(world, report)
    an.token(f"r:{report.id}:words:{first.id}")
    sends(an)
    assert "1. 1 ảnh" in tram.token(f"t:{second.id}:{second.version}:evidence")
    assert an.presses("Xem phản ánh").count("Giấy tờ đã gửi: 1 ảnh") == 1
