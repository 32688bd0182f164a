"""Members of staff and their chats: several channels, one person; and in which of them they are reached best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Row,
    Table,
    delete,
    insert,
    or_,
    select,
    update,
)

from storage import chat_codes
from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.talks import open_talk, talks

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("talk_id", Id, ForeignKey("talks.id"), nullable=False, unique=True),  # in which they joined
    Column("name", Encrypted, nullable=False),
)

# Further chats of the same person. A chat is only ever one person's, be it here or there.
staff_chats = Table(
    "staff_chats",
    metadata,
    Column("talk_id", Id, ForeignKey("talks.id"), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("since", UtcTime, nullable=False),  # machine time
)

NEVER = datetime.min.replace(tzinfo=UTC)
PAGE = "web"  # what comes there is heard only while somebody has the page open

_first, _further = talks.alias("first"), talks.alias("further")
# A row for each further chat of a person, or one without; where they joined stands in every row.
_PEOPLE = (
    select(
        staff.c.id, staff.c.name,
        *(talk.c[name].label(f"{which}_{name}") for which, talk in (("first", _first), ("further", _further))
          for name in ("id", "channel", "reachable", "heard_at")),
    )
    .join(_first, _first.c.id == staff.c.talk_id)
    .outerjoin(staff_chats, staff_chats.c.staff_id == staff.c.id)
    .outerjoin(_further, _further.c.id == staff_chats.c.talk_id)
    .order_by(staff.c.id, staff_chats.c.since, staff_chats.c.talk_id)
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """talk_id: where they are reached best."""

    id: int
    name: str
    talk_id: int


def find(tx: Connection, *where: ColumnElement[bool]) -> list[Person]:
    """These members of staff, and those who were."""
    rows: dict[int, list[Row[Any]]] = {}
    for row in tx.execute(_PEOPLE.where(*where)):
        rows.setdefault(row.id, []).append(row)
    return [Person(staff_id, of[0].name, _best(of)) for staff_id, of in rows.items()]


def _best(rows: list[Row[Any]]) -> int:
    """One that can be reached, before one that cannot; a messenger, which rings, before a page; the last one used."""
    one = rows[0]
    every = [(one.first_id, one.first_channel, one.first_reachable, one.first_heard_at)]
    every += [(r.further_id, r.further_channel, r.further_reachable, r.further_heard_at)
              for r in rows if r.further_id is not None]  # fmt: skip
    best = max(every, key=lambda chat: (chat[2], chat[1] != PAGE, chat[3] or NEVER))
    return int(best[0])


def is_theirs(talk_id: int) -> ColumnElement[bool]:
    """Of the one whose chat this is."""
    further = select(staff_chats.c.staff_id).where(staff_chats.c.talk_id == talk_id).scalar_subquery()
    return or_(staff.c.talk_id == talk_id, staff.c.id == further)


def id_of(tx: Connection, talk_id: int) -> int | None:
    """Whose chat this is, also of somebody who has left."""
    return tx.execute(select(staff.c.id).where(is_theirs(talk_id))).scalar()


def chats_of(tx: Connection, staff_id: int) -> list[int]:
    """Every chat of this person: the one in which they joined, then the further ones."""
    first = select(staff.c.talk_id).where(staff.c.id == staff_id)
    more = select(staff_chats.c.talk_id).where(staff_chats.c.staff_id == staff_id)
    more = more.order_by(staff_chats.c.since, staff_chats.c.talk_id)
    return [*tx.execute(first).scalars(), *tx.execute(more).scalars()]


def since(tx: Connection, talk_id: int) -> datetime | None:
    """When the chat was connected; None for the one in which its person joined."""
    return tx.execute(select(staff_chats.c.since).where(staff_chats.c.talk_id == talk_id)).scalar()


def connect(tx: Connection, staff_id: int, talk_id: int, machine_now: datetime) -> None:
    """Makes the chat this person's too. Where it was of somebody who has left, that one has none any more."""
    before = id_of(tx, talk_id)
    if before is not None:
        nobodys = open_talk(tx, "none", f"staff-{before}").id
        tx.execute(update(staff).where(staff.c.id == before).values(talk_id=nobodys))
    tx.execute(insert(staff_chats).values(talk_id=talk_id, staff_id=staff_id, since=machine_now))


def disconnect(tx: Connection, staff_id: int, talk_id: int) -> bool:
    """Takes the chat from its person; False where it is not theirs, or the only one."""
    tx.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
    here = chats_of(tx, staff_id)
    if talk_id not in here or len(here) == 1:
        return False
    if talk_id == here[0]:
        tx.execute(delete(staff_chats).where(staff_chats.c.talk_id == here[1]))
        tx.execute(update(staff).where(staff.c.id == staff_id).values(talk_id=here[1]))
    else:
        tx.execute(delete(staff_chats).where(staff_chats.c.talk_id == talk_id))
    chat_codes.drop(tx, staff_id)  # perhaps made there
    return True


def let_go(tx: Connection, staff_id: int) -> None:
    """Who has left and comes again brings the other chats along anew."""
    tx.execute(delete(staff_chats).where(staff_chats.c.staff_id == staff_id))
    chat_codes.drop(tx, staff_id)
