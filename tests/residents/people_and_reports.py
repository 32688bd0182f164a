"""Invented people with records and reports, for conversations that begin in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from handlers import opening
from handlers.faults import Fault
from handlers.incoming import Incoming
from handlers.residents import consent
from handlers.turn import Turn
from storage import doses, people, reports, staff, talks, tickets, units, vault
from tests.world import Person, World

STATION = "station:2025:04585"  # Trạm Y tế xã Hạnh Phúc
OLD_STATION = "station:2024:04612"  # Trạm Y tế xã Bản Công, merged into it
ASKED_THE_SAME = "mã 6 số đã được gửi"


def known(world: World, **details: Any) -> int:
    """A resident on record; returns the id."""
    with world.tx() as tx:
        v = vault.of(tx)
        resident: int = tx.execute(
            insert(people.residents)
            .values(
                ref=v.index("person", str(details)), details=details, as_of=world.time - timedelta(days=1)
            )
            .returning(people.residents.c.id)
        ).scalar_one()
        for key in people.keys_of(v, details):
            tx.execute(insert(people.resident_keys).values(key=key, resident_id=resident))
    return resident


def injected(world: World, resident: int, number: int, site: str, **said: Any) -> None:
    with world.tx() as tx:
        unit = units.by_ref(tx, site)
        assert unit
        row = {"dose_class": "primary", "ordinal": number, "vaccine": "Comirnaty", "day": date(2021, 8, 12),
               "lot": "FF1", "site_name": unit.name, "site_id": unit.id, "signed": True, **said}  # fmt: skip
        tx.execute(insert(doses.doses).values(resident_id=resident, dose_no=number, as_of=world.time, **row))


def someone(world: World, name: str) -> Person:
    """Somebody who has already agreed that the desk keeps what is said."""
    person = world.person(name)
    with world.tx() as tx:
        talk = talks.open_talk(tx, "web", name)
        talks.give_consent(tx, talk.id, consent.VERSION, world.time)
    return person


def looks_up(person: Person, number: str, birth: str, way: str = "Số CCCD") -> str:
    """By number, up to the moment where the code is asked for."""
    person.says("/tracuu")
    if "Tra cứu người khác" in person.buttons:
        person.presses("Tra cứu người khác")
    person.presses(way)
    person.says(number)
    return person.says(birth)


def code_of(world: World) -> str:
    """The six digits in the newest SMS."""
    return "".join(c for c in str(world.sms[-1]["text"]).split("mã ")[1] if c.isdigit())[:6]


def linked(world: World, person: Person, resident: int) -> None:
    with world.tx() as tx:
        people.link(tx, talks.open_talk(tx, "web", person.name).id, resident, world.time)


MISSING = Fault(
    "dose",
    "dose_missing",
    ({"kind": "dose_missing", "field": "dose", "old": None,
      "new": {"day": "2021-08-12", "dose_class": "primary", "ordinal": 2, "vaccine": "Comirnaty", "lot": None,
              "site_name": "Trạm Y tế xã Bản Công"}},),
)  # fmt: skip
WRONG_NUMBER = Fault(
    "identity",
    "personal",
    ({"kind": "personal", "field": "number", "old": "015168009999", "new": "015168001234"},),
)


def turn_of(world: World, tx: Any, chat: str) -> Turn:
    incoming = Incoming("web", "made", chat, chat, "text")
    return Turn(tx, incoming, world.time, world.time, world.time, world.desk, world.new_code)


def filed(world: World, person: Person, faults: Sequence[Fault] = (MISSING,), **about: Any) -> reports.Report:
    """A report that this person sent just now; dose faults are about Bản Công's station."""
    with world.tx() as tx:
        site = units.by_ref(tx, OLD_STATION)
        assert site
        here = [Fault(f.axis, f.kind, f.changes, site=site.id if f.axis == "dose" else None) for f in faults]
        turn = turn_of(world, tx, person.name)
        known_of = {"name": "Nguyễn Thị Lan", "phone": "0912345678", "permanent": "2025:04585", **about}
        return opening.open_report(turn, about=known_of, resident_id=None, proven=False, faults=here)


def parts(world: World, report: reports.Report) -> list[tickets.Ticket]:
    with world.tx() as tx:
        return tickets.of_report(tx, report.id)


def clerk_turn(world: World, tx: Any, name: str = "tram") -> Turn:
    """A turn in which the station's clerk acts, for tests that are not about the clerk's own page."""
    turn = turn_of(world, tx, name)
    if turn.member is None:
        unit = units.by_ref(tx, STATION)
        assert unit
        staff.join(tx, turn.talk.id, "Anh Páo", unit.id, "clerk", world.time)
        turn.forget_member()
    return turn
