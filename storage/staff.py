"""Staff: people who joined units by invitation, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    LargeBinary,
    Row,
    String,
    Table,
    insert,
    select,
    update,
)

from storage import staff_chats
from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.one_time import hash_of, spend
from storage.staff_chats import chats_of as chats_of
from storage.staff_chats import staff
from storage.talks import talks
from storage.units import units

ROLES = ("clerk", "head", "supervisor", "police", "admin")

memberships = Table(
    "memberships",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False, index=True),
    Column("role", String(12), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),
    Column("role", String(12), nullable=False),
    Column("name", Encrypted, nullable=False),
    Column("expires_at", UtcTime, nullable=False),  # machine time
    Column("used_at", UtcTime),
)


@dataclass(frozen=True)
class Role:
    unit_id: int
    unit: str
    unit_kind: str
    role: str


@dataclass(frozen=True)
class Staff:
    """talk_id: the chat where this person is reached best; see staff_chats.py."""

    id: int
    talk_id: int
    name: str
    roles: tuple[Role, ...]

    def at(self, unit_id: int, *roles: str) -> bool:
        return any(r.unit_id == unit_id and (not roles or r.role in roles) for r in self.roles)


def _found(tx: Connection, *where: ColumnElement[bool]) -> list[Staff]:
    people = [_with_roles(tx, person) for person in staff_chats.find(tx, *where)]
    return [person for person in people if person]


def by_talk(tx: Connection, talk_id: int) -> Staff | None:
    """The member of staff who writes from this chat, with today's roles; None where they have none."""
    found = _found(tx, staff_chats.is_theirs(talk_id))
    return found[0] if found else None


def get(tx: Connection, staff_id: int) -> Staff | None:
    found = _found(tx, staff.c.id == staff_id)
    return found[0] if found else None


def _with_roles(tx: Connection, person: staff_chats.Person) -> Staff | None:
    rows = tx.execute(
        select(memberships.c.unit_id, units.c.name, units.c.kind, memberships.c.role)
        .join(units, units.c.id == memberships.c.unit_id)
        .where(memberships.c.staff_id == person.id, memberships.c.until.is_(None))
        .order_by(memberships.c.id)
    )
    roles = tuple(Role(*found) for found in rows)
    return Staff(person.id, person.talk_id, person.name, roles) if roles else None


def name_of(tx: Connection, staff_id: int) -> str:
    return str(tx.execute(select(staff.c.name).where(staff.c.id == staff_id)).scalar_one())


def members(tx: Connection, unit_id: int, *roles: str) -> list[Staff]:
    """Everyone who has one of these roles (any role where none is named) at the unit itself."""
    here = select(memberships.c.staff_id).where(
        memberships.c.unit_id == unit_id, memberships.c.until.is_(None)
    )
    if roles:
        here = here.where(memberships.c.role.in_(roles))
    return _found(tx, staff.c.id.in_(here))


def reachable(tx: Connection, person: Staff) -> bool:
    """In any of their chats; the best is one that can be reached, where there is one."""
    return bool(tx.execute(select(talks.c.reachable).where(talks.c.id == person.talk_id)).scalar())


def join(tx: Connection, talk_id: int, name: str, unit_id: int, role: str, now: datetime) -> Staff:
    """Gives the person of this chat a role at the unit; the same role twice stays one."""
    staff_id = staff_chats.id_of(tx, talk_id)
    if staff_id is None:
        new = insert(staff).values(talk_id=talk_id, name=name).returning(staff.c.id)
        staff_id = int(tx.execute(new).scalar_one())
    same = select(memberships.c.id).where(
        memberships.c.staff_id == staff_id,
        memberships.c.unit_id == unit_id,
        memberships.c.role == role,
        memberships.c.until.is_(None),
    )
    if tx.execute(same).first() is None:
        tx.execute(insert(memberships).values(staff_id=staff_id, unit_id=unit_id, role=role, since=now))
    person = get(tx, staff_id)
    assert person is not None
    return person


def leave(tx: Connection, staff_id: int, unit_id: int, now: datetime) -> bool:
    """Takes every role at the unit away; True where there was one."""
    here = (memberships.c.staff_id == staff_id, memberships.c.until.is_(None))
    ended = tx.execute(update(memberships).where(*here, memberships.c.unit_id == unit_id).values(until=now))
    if tx.execute(select(memberships.c.id).where(*here)).first() is None:
        staff_chats.let_go(tx, staff_id)
    return ended.rowcount > 0


def invite(tx: Connection, code: str, unit_id: int, role: str, name: str, expires_at: datetime) -> None:
    tx.execute(
        insert(invites).values(
            code_hash=hash_of(code), unit_id=unit_id, role=role, name=name, expires_at=expires_at
        )
    )


def use_invite(tx: Connection, code: str, machine_now: datetime) -> Row[Any] | None:
    """The invite (unit_id, role, name), spent from now on; None where it is unknown, used or too old."""
    return spend(tx, invites, code, machine_now, invites.c.unit_id, invites.c.role, invites.c.name)
