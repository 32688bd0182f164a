"""What a member of staff was to hear goes to their other chat where one is closed; where all are, alerts climb."""

from __future__ import annotations

import pytest

from bot.channels import Blocked, Outside
from handlers import desk
from storage import deadlines, outbox, staff, staff_chats, talks
from tests.staff.making import COMMITTEE, STATION, complaint
from tests.staff.undelivered import Road, acts
from tests.world import Person, World


@pytest.fixture
def roads(world: World) -> tuple[Road, Road]:
    return Road(world, "web"), Road(world, "oa")


@pytest.fixture
def mai(world: World) -> Person:
    """Works on the web and, last heard there, in another channel."""
    person = world.joins("mai", STATION, "clerk")
    with world.tx() as tx:
        found = staff.by_talk(tx, talks.open_talk(tx, "web", "mai").id)
        assert found
        further = talks.open_talk(tx, "oa", "mai2").id
        staff_chats.connect(tx, found.id, further, world.time)
        talks.note_heard(tx, further, world.time)
    return person


def test_an_alert_goes_to_the_other_chat_and_is_acknowledged_there(
    world: World, roads: tuple[Road, Road], mai: Person
) -> None:
    web, oa = roads
    minh = world.joins("minh", COMMITTEE, "supervisor")
    oa.closed["mai2"] = Outside("window")
    code, _ticket_id = complaint(world)
    assert code in mai.last and "Phiếu mới" in mai.last
    mai.presses("Mở phiếu")
    assert code in mai.last
    assert minh.heard == []
    web.closed["mai"] = oa.closed["mai2"] = Blocked("gone")
    complaint(world)
    assert len(minh.heard) == 1  # nobody at the station can be reached any more


def test_the_words_come_once_and_the_alert_counts_as_read(
    world: World, roads: tuple[Road, Road], mai: Person
) -> None:
    _web, oa = roads
    oa.closed["mai2"] = Outside("window")
    _code, ticket_id = complaint(world)
    acts(world, ticket_id, desk.take)
    mai.news()
    world.jump(hours=24)
    assert len(mai.news()) == 1
    with world.tx() as tx:
        rows = [
            row for row in tx.execute(outbox.outbox.select()) if (row.dedupe or "").startswith("elsewhere")
        ]
        carried = [deadlines.carried_by(tx, int(row.dedupe.split(":")[1])) for row in rows]
    assert len(rows) == 2 and all(carried)


def test_an_answer_to_what_they_wrote_stays_where_they_wrote_it(
    world: World, roads: tuple[Road, Road], mai: Person
) -> None:
    _web, oa = roads
    oa.closed["mai2"] = Outside("window")
    before = len(mai.heard)
    world.person("mai2", "oa").says("/menu")
    assert len(mai.heard) == before


def test_words_of_the_resident_too(world: World, roads: tuple[Road, Road], mai: Person) -> None:
    _web, oa = roads
    code, ticket_id = complaint(world)
    oa.closed["mai2"] = Blocked("gone")
    acts(world, ticket_id, desk.add_words, "Tôi còn giữ phiếu", by="lan")
    assert mai.last.startswith(f"{code}: người dân")
