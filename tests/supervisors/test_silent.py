"""Somebody still waits at the site: where it stays silent, whoever is near hears before the person leaves."""

from __future__ import annotations

from datetime import timedelta

from handlers import desk, opening
from handlers.faults import Fault
from storage import units
from tests.supervisors.filing import ABOUT, STATION, crew, ticket_of, turn_of
from tests.supervisors.test_alarm import files_one
from tests.world import World


def test_after_half_an_hour_the_head_and_the_commune_hear(world: World) -> None:
    people = crew(world)
    code = files_one(world, "still_here")
    for one in people.values():
        one.news()
    world.jump(minutes=29)
    assert not any(one.news() for one in people.values())
    world.jump(minutes=1)
    for who in ("head", "commune"):
        assert "⚠ Cần xem ngay" in people[who].last and code in people[who].last, who
    assert "Trạm Y tế xã Hạnh Phúc chưa xử lý" in people["commune"].last
    assert not people["province"].news() and not people["admin"].news()


def test_a_word_from_the_site_is_enough(world: World) -> None:
    people = crew(world)
    code = files_one(world, "still_here")
    world.jump(minutes=10)
    with world.tx() as tx:
        turn = turn_of(world, tx, "hoa")
        desk.take(turn, ticket_of(tx, code))
    for one in people.values():
        one.news()
    world.jump(minutes=25)
    assert not any(one.news() for one in people.values())


def test_a_backlog_rings_for_nobody_who_has_left_long_since(world: World) -> None:
    people = crew(world)
    with world.tx() as tx:
        site = units.by_ref(tx, STATION)
        assert site
        opening.imported_report(
            world.moment(tx),
            code="PA-B0001",
            about=ABOUT,
            faults=[Fault("dose", "still_here", (), site=site.id)],
            received_at=world.time - timedelta(hours=3),
            import_ref=b"1" * 16,
        )
    world.work()
    assert people["commune"].news() == [] and "PA-B0001" in people["head"].last
