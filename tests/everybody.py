"""Everybody who may stand near a person's data, a desk with tickets and lists, and somebody who presses every button."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from handlers.lists import desk
from storage import history, list_people, lists, reports, staff, talks, tickets
from tests.lists.making import GIVEN, HOSPITAL, POLICE, draft, turn_of
from tests.staff.making import COMMITTEE, NUMBER, PROVINCE, STATION, complaint, dose_of, identity
from tests.world import Person, World

OLD, RIGHT, FOUND = "015095009999", "015195004321", "015088007777"
NUMBERS = (NUMBER, OLD, RIGHT, FOUND)

A_SECOND = timedelta(seconds=1)
_SKIPS = ("join", "chat", "away", "language", "consent", "for", "f:", "lookup", "report")
_VERSION = re.compile(r"^([tl]:\d+):\d+")


@dataclass
class Everybody:
    """people: by their place; lists: at the police, back, and of a hospital's own round; code: of the ticket."""

    world: World
    people: dict[str, Person]
    code: str = ""
    lists: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


def gathered(world: World) -> Everybody:
    there = {"mai": STATION, "dung": POLICE, "minh": COMMITTEE, "tinh": PROVINCE, "nga": HOSPITAL,
             "xa": "station:2025:04606", "quan": "desk"}  # fmt: skip
    roles = {"dung": "police", "minh": "supervisor", "tinh": "supervisor", "quan": "admin"}
    people = {name: world.joins(name, ref, roles.get(name, "clerk")) for name, ref in there.items()}
    made = Everybody(world, {**people, "lan": world.person("lan")})
    change = {"kind": "id_format", "field": "number", "old": OLD, "new": NUMBER}
    fault = identity()
    wrong = type(fault)("identity", "id_format", (change,))
    made.code, ticket_id = complaint(world, faults=[wrong])
    complaint(world, by="binh", faults=[dose_of(world)])
    with turn_of(world, made["mai"]) as turn:
        police = draft(turn, STATION, n=0)
        desk.add_ticket(turn, police, tickets.get(turn.tx, ticket_id))
        desk.add(
            turn,
            police,
            {**GIVEN, "number": RIGHT, "shown": {"number": OLD}},
            foreign=False,
            fault="personal",
        )
        desk.add(turn, police, {"name": "Lò Thị Không"}, foreign=False, fault="missing")
        made.lists["police"] = desk.send(turn, police).id
        again = draft(turn, STATION, "cleaning", n=0)
        desk.add(turn, again, {**GIVEN, "number": None}, foreign=False, fault="missing")
        desk.add(
            turn, again, {**GIVEN, "number": RIGHT, "shown": {"number": OLD}}, foreign=False, fault="personal"
        )
        made.lists["back"] = desk.passed(turn, desk.send(turn, again)).id
    with turn_of(world, made["dung"]) as turn:
        for line, right in zip(
            list_people.of_list(turn.tx, made.lists["back"]), (FOUND, NUMBER), strict=True
        ):
            desk.verdict(turn, line, "differs", {"number": right})
        third = list_people.at_place(turn.tx, made.lists["police"], 3)
        assert third
        desk.verdict(turn, third, "differs", {"number": FOUND})
        desk.give_back(turn, lists.get(turn.tx, made.lists["back"]), "12/BB-CAX", "2026-11-20", "Đại úy Mẫu")
    with turn_of(world, made["nga"]) as turn:
        own = draft(turn, HOSPITAL, "round", n=0)
        desk.add(turn, own, {**GIVEN, "number": FOUND}, foreign=False)
        made.lists["round"] = desk.send(turn, own).id
    return made


def presses_everything(person: Person, *beginnings: str, most: int = 40) -> int:
    """Types or presses each, then presses whatever button it sees and has not pressed; how many."""
    seen: set[str] = set()
    waiting: list[str] = []

    def look(since: int) -> None:
        for body in person.heard[since:]:
            for choice in body.get("choices", ()):
                known = _VERSION.sub(r"\1", choice["token"])
                if known not in seen and not known.startswith(_SKIPS):
                    seen.add(known)
                    waiting.append(choice["token"])

    for words in beginnings:
        before = len(person.heard)
        person.world.time += A_SECOND
        person.token(words) if words.startswith("l:") else person.says(words)
        look(before)
    pressed = 0
    while waiting and pressed < most:
        before, pressed = len(person.heard), pressed + 1
        person.world.time += A_SECOND  # so that each look has a time of its own
        person.token(waiting.pop(0))
        look(before)
    return pressed


def read(body: dict[str, Any]) -> str:
    """All of it that anybody sees."""
    return "\n".join([str(body["text"]), *(str(choice["label"]) for choice in body.get("choices", ()))])


def audit(world: World) -> list[tuple[Any, ...]]:
    with world.tx() as tx:
        return [tuple(row) for row in tx.execute(select(history.audit).order_by(history.audit.c.id))]


def looked_at(world: World, person: Person) -> set[datetime]:
    """When it was recorded that this person had a number in full before their eyes."""
    c = history.audit.c
    with world.tx() as tx:
        talk = talks.open_talk(tx, person.channel, world.road(person.channel).chat_of(person.name))
        member = staff.by_talk(tx, talk.id)
        if member is None:
            return set()
        rows = tx.execute(select(c.at).where(c.what == "full_number", c.staff_id == member.id))
        return {row[0] for row in rows}


def report_id(world: World, code: str) -> int:
    with world.tx() as tx:
        found = reports.by_code(tx, code)
        assert found
        return found.id
