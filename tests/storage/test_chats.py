"""Chats of one person, and reports of one record: the questions, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text

from storage import chat_codes, people, reports, staff, staff_chats, talks
from storage.db import Database
from tests.storage.test_board import NOW, settle

MINUTE = timedelta(minutes=1)


def chat(tx: Connection, channel: str, name: str, heard: int | None = None) -> int:
    """heard: minutes after now."""
    talk = talks.open_talk(tx, channel, name)
    if heard is not None:
        talks.note_heard(tx, talk.id, NOW + heard * MINUTE)
    return talk.id


def person(tx: Connection, name: str, talk_id: int, unit: int) -> int:
    return staff.join(tx, talk_id, name, unit, "clerk", NOW).id


async def test_where_somebody_is_reached_best(any_db: Database) -> None:
    def run(tx: Connection) -> list[int]:
        site = settle(tx)["station"]
        page = chat(tx, "web", "mai", 90)
        mai = person(tx, "Mai", page, site)
        old, new, never = chat(tx, "telegram", "1", 10), chat(tx, "zalo", "2", 20), chat(tx, "sms2", "3")
        found = [staff.get(tx, mai)]
        for number, one in enumerate((never, old, new)):
            staff_chats.connect(tx, mai, one, NOW + number * MINUTE)
            found.append(staff.get(tx, mai))
        assert staff.chats_of(tx, mai) == [page, never, old, new]
        for channel, name in (("zalo", "2"), ("telegram", "1"), ("sms2", "3")):
            talks.set_reachable(tx, channel, name, False)
            found.append(next(one for one in staff.members(tx, site, "clerk") if one.id == mai))
        talks.set_reachable(tx, "web", "mai", False)
        found.append(staff.by_talk(tx, old))
        last = found[-1]
        assert last and not staff.reachable(tx, last)
        return [(one.talk_id if one else 0) - page for one in found]

    # the page · a messenger never used · used · used later · one after another falls away · all unreachable
    assert await any_db.write(run) == [0, 3, 1, 2, 1, 3, 0, 2]


async def test_every_chat_is_one_persons(any_db: Database) -> None:
    def run(tx: Connection) -> None:
        site = settle(tx)["station"]
        page, phone, zalo = (chat(tx, channel, "mai") for channel in ("web", "telegram", "zalo"))
        left = person(tx, "Hoa", phone, site)
        staff.leave(tx, left, site, NOW)
        mai = person(tx, "Mai", page, site)
        staff_chats.connect(tx, mai, phone, NOW)
        assert staff_chats.id_of(tx, phone) == mai and phone not in staff.chats_of(tx, left)
        assert person(tx, "?", phone, site) == mai, "the same role twice stays one, and so does the person"
        assert not staff_chats.disconnect(tx, mai, zalo)
        assert staff_chats.disconnect(tx, mai, page) and staff.chats_of(tx, mai) == [phone]
        assert not staff_chats.disconnect(tx, mai, phone), "never the last one"
        staff_chats.connect(tx, mai, zalo, NOW)
        staff_chats.connect(tx, mai, page, NOW + MINUTE)
        assert staff.chats_of(tx, mai) == [phone, zalo, page] and staff_chats.since(tx, phone) is None
        chat_codes.make(tx, "ABCDEFGH", mai, NOW + MINUTE)
        staff.leave(tx, mai, site, NOW)
        assert staff.chats_of(tx, mai) == [phone] and staff.by_talk(tx, zalo) is None
        assert chat_codes.use(tx, "ABCDEFGH", NOW) is None

    await any_db.write(run)


async def test_a_code_works_once_and_only_the_newest(any_db: Database) -> None:
    def run(tx: Connection) -> list[Any]:
        mai = person(tx, "Mai", chat(tx, "web", "mai"), settle(tx)["station"])
        chat_codes.make(tx, "22222222", mai, NOW + MINUTE)
        chat_codes.make(tx, "ABCDEFGH", mai, NOW + MINUTE)
        asked = [chat_codes.maker_of(tx, code, NOW) == mai for code in ("22222222", " abcdefgh ")]
        late = chat_codes.use(tx, "ABCDEFGH", NOW + MINUTE)
        return [*asked, late, chat_codes.use(tx, "abcdefgh", NOW) == mai, chat_codes.use(tx, "abcdefgh", NOW)]

    assert await any_db.write(run) == [False, True, None, True, None]


def resident(tx: Connection, ref: bytes) -> int:
    new = insert(people.residents).values(ref=ref * 16, details={}, as_of=NOW)
    return int(tx.execute(new.returning(people.residents.c.id)).scalar_one())


def report(tx: Connection, code: str, talk_id: int, of: int | None) -> int:
    return reports.add(
        tx, code=code, talk_id=talk_id, resident_id=of, about={}, proven=of is not None, channel="web", received_at=NOW
    ).id  # fmt: skip


async def test_reports_of_a_record_that_two_chats_have_proven(any_db: Database) -> None:
    def run(tx: Connection) -> dict[str, list[str]]:
        here, there, other = (chat(tx, "web", name) for name in ("here", "there", "other"))
        hoa, lan = resident(tx, b"h"), resident(tx, b"l")
        for talk_id, of in ((here, hoa), (there, hoa), (other, lan)):
            people.link(tx, talk_id, of, NOW)
        proven, unproven = report(tx, "PA-1", here, hoa), report(tx, "PA-2", here, None)
        theirs = report(tx, "PA-3", other, lan)
        seen = {}
        for name, talk_id in (("here", here), ("there", there), ("other", other)):
            seen[name] = sorted(one.code for one in reports.watched(tx, talk_id))
            for one in (proven, unproven, theirs):
                listed = reports.get(tx, one).code in seen[name]
                assert reports.may_see(tx, one, talk_id) is listed
                assert (talk_id in reports.watching(tx, one)) is listed
        people.unlink(tx, there)
        seen["unlinked"] = [one.code for one in reports.watched(tx, there)]
        return seen

    assert await any_db.write(run) == {
        "here": ["PA-1", "PA-2"], "there": ["PA-1"], "other": ["PA-3"], "unlinked": [],
    }  # fmt: skip


@pytest.mark.parametrize("any_db", ["sqlite"], indirect=True)
async def test_no_question_reads_a_whole_table(any_db: Database) -> None:
    """A turn asks these each time; a desk has hundreds of thousands of chats."""

    def run(tx: Connection) -> list[str]:
        asked = (
            staff_chats._PEOPLE.where(staff_chats.is_theirs(5)),
            reports._seen_by(5),
            reports._who_sees(5),
        )
        plans = []
        for question in asked:
            sql = str(question.compile(tx.engine, compile_kwargs={"literal_binds": True}))
            plans += [row.detail for row in tx.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
        return plans

    scanned = [
        line for line in await any_db.read(run) if line.startswith("SCAN") and "subquery" not in line.lower()
    ]
    assert scanned == []
