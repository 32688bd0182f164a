"""An answer on a page that nobody opens: after an hour the SMS, once; without one the call, until the page is opened."""

from __future__ import annotations

import pytest

from bot.channels import Blocked
from handlers import desk
from storage import reports, talks, tickets, unreached
from tests.staff.making import STATION, complaint
from tests.staff.undelivered import (
    PageRoad,
    Road,
    acts,
    answers,
    asked_to_call,
    follows,
    happened,
    without_sms,
)
from tests.world import Person, World


@pytest.fixture
def page(world: World) -> PageRoad:
    return PageRoad(world)


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def on_the_list(world: World, ticket_id: int) -> bool:
    with world.tx() as tx:
        return unreached.get(tx, ticket_id) is not None


def test_an_hour_later_an_sms_goes_once(world: World, page: PageRoad, mai: Person) -> None:
    code, ticket_id = complaint(world)
    answers(world, ticket_id)
    world.jump(minutes=59)
    assert world.sms == []
    world.jump(minutes=2)
    assert [code in sms["text"] for sms in world.sms] == [True] and "brief" in happened(world, ticket_id)
    world.jump(days=1)
    assert len(world.sms) == 1 and not on_the_list(world, ticket_id)


def test_whoever_has_the_page_open_gets_none(world: World, page: PageRoad, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    answers(world, ticket_id)
    page.opens("lan")
    world.jump(days=1)
    assert world.sms == [] and "brief" not in happened(world, ticket_id)


def test_what_is_no_result_waits_on_the_page(world: World, page: PageRoad, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    acts(world, ticket_id, desk.take)
    world.jump(hours=2)
    assert world.sms == [] and asked_to_call(mai) == []


def test_without_sms_the_staff_call_until_the_page_is_opened(
    world: World, page: PageRoad, mai: Person
) -> None:
    without_sms(world)
    _code, ticket_id = complaint(world)
    answers(world, ticket_id)
    assert not on_the_list(world, ticket_id)
    world.jump(hours=2)
    page.opens("mai")
    assert on_the_list(world, ticket_id) and len(asked_to_call(mai)) == 1
    mai.says("/cangoi")
    assert "chat trên web: chưa ai mở trang · SMS: chưa cài đặt" in mai.last
    page.opens("lan")
    assert not on_the_list(world, ticket_id)


def test_blocked_elsewhere_and_a_page_that_stays_closed(world: World, page: PageRoad, mai: Person) -> None:
    _code, ticket_id = complaint(world, by="an")
    follows(world, ticket_id, "lan", "telegram2")
    page.closed["an"] = Blocked("gone")
    Road(world, "telegram2").closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    assert len(world.sms) == 1  # at once: there is no page
    con = follows(world, ticket_id, "con")
    world.jump(hours=13)
    answers(world, ticket_id, "Lần nữa.")
    assert "Lần nữa." in con.last and len(world.sms) == 1
    world.jump(hours=1)
    assert len(world.sms) == 2


def test_another_chat_comes_before_an_sms(world: World, page: PageRoad, mai: Person) -> None:
    _code, ticket_id = complaint(world)
    zalo = follows(world, ticket_id, "lan", "telegram2")
    answers(world, ticket_id, "Mũi 2 đã nhập.")
    world.jump(minutes=59)
    assert zalo.heard == []
    world.jump(minutes=2)
    assert "Mũi 2 đã nhập." in zalo.last and len(zalo.heard) == 1
    world.jump(days=1)
    assert world.sms == [] and len(zalo.heard) == 1 and not on_the_list(world, ticket_id)


def test_opening_the_page_that_it_was_passed_on_to_ends_the_call(
    world: World, page: PageRoad, mai: Person
) -> None:
    """Filed in another chat: it is what the page was told that counts."""
    without_sms(world)
    _code, ticket_id = complaint(world)
    with world.tx() as tx:
        lan = talks.open_talk(tx, "telegram2", "lan")
        report_id = tickets.get(tx, ticket_id).report_id
        tx.execute(reports.reports.update().where(reports.reports.c.id == report_id).values(talk_id=lan.id))
        reports.watch(tx, report_id, lan.id)
    Road(world, "telegram2").closed["lan"] = Blocked("gone")
    answers(world, ticket_id)
    world.jump(hours=2)
    assert on_the_list(world, ticket_id)
    page.opens("lan")
    assert not on_the_list(world, ticket_id)
