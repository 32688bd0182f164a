"""Filing for tests: a report straight at a unit, and looks at what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import opening
from handlers.faults import Fault
from handlers.incoming import Incoming
from handlers.turn import Turn
from storage import reports, staff, talks, tickets, units
from storage.tickets import Ticket
from tests.world import Person, World

STATION = "station:2025:04585"  # Trạm Y tế xã Hạnh Phúc
COMMITTEE = "committee:2025:04585"
DEPARTMENT = "health_department:2025:15"
DESK = "desk"
ABOUT = {"name": "Lò Thị Mai", "birth": "1990-05-01", "number": {"kind": "cccd", "value": "010190000017"}}


def turn_of(world: World, tx: Connection, name: str) -> Turn:
    """A turn in which this person may do anything that handlers/desk.py can."""
    return Turn(
        tx=tx,
        incoming=Incoming("web", "test", name, name, "text"),
        now=world.time,
        machine_now=world.time,
        received_at=world.time,
        desk=world.desk,
        new_code=world.new_code,
    )


def files(world: World, ref: str = STATION, by: str = "lan") -> str:
    """A missing dose that this unit answers for; the report's code."""
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit, ref
        fault = Fault(
            "dose",
            "dose_missing",
            ({"kind": "dose_missing", "field": "dose", "old": None, "new": {"dose_no": 2}},),
            site=unit.id,
        )
        report = opening.open_report(
            turn_of(world, tx, by), about=ABOUT, resident_id=None, proven=True, faults=[fault]
        )
    world.work()
    return report.code


def backlog(world: World, received_at: datetime, number: int, ref: str = STATION) -> str:
    """An imported complaint with its own received time."""
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit, ref
        code = f"PA-B{number:04}"
        opening.imported_report(
            world.moment(tx),
            code=code,
            about=ABOUT,
            faults=[Fault("dose", "dose_missing", (), site=unit.id)],
            received_at=received_at,
            import_ref=number.to_bytes(16, "big"),
        )
    return code


def ticket_of(tx: Connection, code: str) -> Ticket:
    report = reports.by_code(tx, code)
    assert report, code
    return tickets.of_report(tx, report.id)[0]


def unreachable(world: World, person: Person) -> None:
    with world.tx() as tx:
        talks.set_reachable(tx, "web", person.name, False)


def crew(world: World) -> dict[str, Person]:
    """A clerk, a head, and one person at each level above."""
    return {
        "clerk": world.joins("hoa", STATION, "clerk"),
        "head": world.joins("binh", STATION, "head"),
        "commune": world.joins("minh", COMMITTEE, "supervisor"),
        "province": world.joins("thu", DEPARTMENT, "supervisor"),
        "admin": world.joins("quan", DESK, "admin"),
    }


def leaves(world: World, name: str, ref: str) -> None:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        found = staff.by_talk(tx, talks.open_talk(tx, "web", name).id)
        assert unit and found
        staff.leave(tx, found.id, unit.id, world.time)
