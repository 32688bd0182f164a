"""Whom nothing reached, what waits for a chat, how far a page was seen: the questions, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from storage import deadlines, history, outbox, reports, talks, tickets, unreached, web
from storage.db import Database
from tests.storage.test_board import NOW, file, settle


async def test_the_lists_of_a_unit_and_of_those_above(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        one, two = (file(tx, NOW, n, ids["station"]) for n in (1, 2))
        service = tickets.change(tx, file(tx, NOW, 3, ids["station"]), axis="service", kind="other")
        for n, ticket in enumerate((one, two, service)):
            ways = [("zalo", "outside"), ("sms", "refused")]
            unreached.keep(tx, ticket.id, NOW - timedelta(hours=n), "answered", ways)
        unreached.keep(tx, two.id, NOW - timedelta(hours=1), "asked", [("phone", "none")])
        unreached.move(tx, one.id, ids["committee"])
        here = unreached.at(tx, [ids["station"]], 8)
        clerk = unreached.at(tx, [ids["station"]], 8, only_clerk_at=[ids["station"]])
        below = unreached.below(tx, [ids["health_department"]], 2, 1)
        counted = unreached.below(tx, [ids["station"]], 0)
        cleared = unreached.clear(tx, two.id, one.id), unreached.clear(tx, two.id), unreached.clear(tx)
        return [one.id, two.id, service.id], here, clerk, below, counted, cleared, unreached.get(tx, two.id)

    (one, two, service), here, clerk, below, counted, cleared, left = await any_db.write(run)
    assert ([item.ticket_id for item in here[0]], here[1]) == ([service, two], 2)
    assert (here[0][1].what, here[0][1].ways, here[0][1].unit) == ("asked", (("phone", "none"),), "station")
    assert ([item.ticket_id for item in clerk[0]], clerk[1]) == ([two], 1)
    assert ([item.ticket_id for item in below[0]], below[1]) == ([two, one], 3)
    assert below[0][1].ways == (("zalo", "outside"), ("sms", "refused"))
    assert counted == ([], 2) and cleared == (True, False, False) and left is None


async def test_a_page_that_was_opened_is_enough(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        ticket = file(tx, NOW, 1, ids["station"])
        lan = talks.open_talk(tx, "web", "lan")
        tx.execute(update(reports.reports).values(talk_id=lan.id))
        unreached.keep(tx, ticket.id, NOW, "answered", [("web", "unseen")])
        web.show(tx, "lan", "m5", {"text": "một"}, NOW)
        web.show(tx, "lan", "m6", {"text": "hai"}, NOW)
        unseen = [
            web.unseen(tx, *which) for which in (("web", "lan", 5), ("web", "lan", 7), ("sms", "lan", 5))
        ]
        noted = [web.note_seen(tx, "lan", seq) for seq in (1, 1, 99)]
        half = [web.unseen(tx, "web", "lan", row) for row in (5, 6)]
        unreached.shown_in(tx, "oa", "lan")
        before = unreached.get(tx, ticket.id)
        unreached.shown_in(tx, "web", "lan")
        return unseen, noted, half, before, unreached.get(tx, ticket.id)

    unseen, noted, half, before, after = await any_db.write(run)
    assert unseen == [True, False, False] and noted == [True, False, False] and half == [False, True]
    assert before is not None and after is None


async def test_what_waits_for_a_chat(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        ticket = file(tx, NOW, 1, ids["station"])

        def put(chat: str) -> int:
            lane = f"zalo:{chat}"
            made = {"body": {}, "created_at": NOW, "run_at": NOW, "ticket_id": ticket.id}
            return int(outbox.put(tx, channel="zalo", chat=chat, lane=lane, **made) or 0)  # type: ignore[arg-type]

        first, second, other, arrived = put("lan"), put("lan"), put("con"), put("lan")
        outbox.keep_for_later(tx, first)
        outbox.keep_for_later(tx, other)
        outbox.note_sent(tx, second, "z1", "template")
        outbox.note_sent(tx, arrived, "z2")
        waits = [row.id for row in outbox.kept_for_later(tx, "zalo", "lan")]
        outbox.told_in_full(tx, waits)
        none = outbox.kept_for_later(tx, "zalo", "lan")
        return (first, second), waits, none, len(outbox.of_ticket(tx, [ticket.id])), ticket

    (first, second), waits, none, all_, _ticket = await any_db.write(run)
    assert waits == [first, second] and none == [] and all_ == 4


async def test_looks_at_messages_outlive_the_round(any_db: Database) -> None:
    def run(tx: Connection) -> Any:
        ids = settle(tx)
        ticket = file(tx, NOW, 1, ids["station"])
        moments = [(name, NOW) for name in ("undelivered:1", "unseen:2", "window:3", "unconfirmed:4")]
        deadlines.plan(tx, ticket.round_id, moments)
        deadlines.end(tx, ticket.round_id, NOW)
        left = tx.execute(deadlines.rungs.select().where(deadlines.rungs.c.done_at.is_(None)))
        history.add(tx, ticket.id, NOW, "settled")
        happened = [
            history.happened_since(tx, [ticket.id], NOW - timedelta(hours=n), ["settled"]) for n in (0, 1)
        ]
        return sorted(row.rung for row in left), happened

    left, happened = await any_db.write(run)
    assert left == ["undelivered:1", "unseen:2"] and happened == [False, True]
