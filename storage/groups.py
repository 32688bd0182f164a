"""Groups: chats of a unit's people, the topics in them, and the card of each ticket there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Id, UtcTime, metadata

groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(120), nullable=False),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False, index=True),
    Column("forum", Boolean, nullable=False, server_default="0"),
    Column("bound_at", UtcTime, nullable=False),  # policy time
    Column("removed_at", UtcTime),  # policy time; the bot was removed, or the group was released
    Column("summary_id", Id),  # the outbox row of the pinned summary
    Column("summary", String(80)),  # what the summary says, so that it is edited only where that changed
    UniqueConstraint("channel", "chat"),
)

group_topics = Table(
    "group_topics",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), primary_key=True),
    Column("queue", String(12), primary_key=True),
    Column("thread", String(20), nullable=False),
)

group_cards = Table(
    "group_cards",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True, index=True),
    Column("outbox_id", Id, nullable=False, index=True),  # the row that first showed it
    Column("shown", String(80), nullable=False),  # the state that it shows
)

group_codes = Table(
    "group_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("expires_at", UtcTime, nullable=False),  # machine time
    Column("used_at", UtcTime),
)


@dataclass(frozen=True)
class Group:
    id: int
    channel: str
    chat: str
    unit_id: int
    forum: bool
    bound_at: datetime
    summary_id: int | None
    summary: str | None


_COLUMNS = [groups.c[name] for name in Group.__dataclass_fields__]


def bind(tx: Connection, channel: str, chat: str, unit_id: int, forum: bool, now: datetime) -> Group:
    """The group belongs to the unit from now on, whatever it belonged to before."""
    add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    values = {"unit_id": unit_id, "forum": forum, "bound_at": now, "removed_at": None, "summary_id": None,
              "summary": None}  # fmt: skip
    row = tx.execute(
        add(groups)
        .values(channel=channel, chat=chat, **values)
        .on_conflict_do_update(index_elements=["channel", "chat"], set_=values)
        .returning(*_COLUMNS)
    ).one()
    group = Group(*row)
    tx.execute(delete(group_cards).where(group_cards.c.group_id == group.id))
    tx.execute(delete(group_topics).where(group_topics.c.group_id == group.id))
    return group


def of_chat(tx: Connection, channel: str, chat: str) -> Group | None:
    row = tx.execute(
        select(*_COLUMNS).where(
            groups.c.channel == channel, groups.c.chat == chat, groups.c.removed_at.is_(None)
        )
    ).first()
    return Group(*row) if row else None


def of_unit(tx: Connection, unit_id: int) -> list[Group]:
    found = select(*_COLUMNS).where(groups.c.unit_id == unit_id, groups.c.removed_at.is_(None))
    return [Group(*row) for row in tx.execute(found.order_by(groups.c.id))]


def every(tx: Connection) -> list[Group]:
    found = select(*_COLUMNS).where(groups.c.removed_at.is_(None))
    return [Group(*row) for row in tx.execute(found.order_by(groups.c.id))]


def release(tx: Connection, group_id: int, now: datetime) -> None:
    tx.execute(update(groups).where(groups.c.id == group_id).values(removed_at=now))


def change(tx: Connection, group_id: int, **values: Any) -> None:
    tx.execute(update(groups).where(groups.c.id == group_id).values(**values))


def set_topic(tx: Connection, group_id: int, queue: str, thread: str) -> None:
    forget_topic(tx, group_id, queue)
    tx.execute(insert(group_topics).values(group_id=group_id, queue=queue, thread=thread))


def forget_topic(tx: Connection, group_id: int, queue: str) -> None:
    tx.execute(delete(group_topics).where(group_topics.c.group_id == group_id, group_topics.c.queue == queue))


def topics_of(tx: Connection, group_id: int) -> dict[str, str]:
    """queue -> thread"""
    rows = tx.execute(
        select(group_topics.c.queue, group_topics.c.thread).where(group_topics.c.group_id == group_id)
    )
    return {row.queue: row.thread for row in rows}


def forget_thread(tx: Connection, channel: str, chat: str, thread: str) -> None:
    """The topic was deleted: what stood there goes to the group's general topic."""
    group = select(groups.c.id).where(groups.c.channel == channel, groups.c.chat == chat)
    tx.execute(
        delete(group_topics).where(group_topics.c.group_id.in_(group), group_topics.c.thread == thread)
    )


def keep_card(tx: Connection, group_id: int, ticket_id: int, outbox_id: int, shown: str) -> None:
    add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    values = {"outbox_id": outbox_id, "shown": shown}
    tx.execute(
        add(group_cards)
        .values(group_id=group_id, ticket_id=ticket_id, **values)
        .on_conflict_do_update(index_elements=["group_id", "ticket_id"], set_=values)
    )


def drop_card(tx: Connection, group_id: int, ticket_id: int) -> None:
    tx.execute(
        delete(group_cards).where(group_cards.c.group_id == group_id, group_cards.c.ticket_id == ticket_id)
    )


def ticket_of_card(tx: Connection, group_id: int, outbox_id: int) -> int | None:
    found = select(group_cards.c.ticket_id).where(
        group_cards.c.group_id == group_id, group_cards.c.outbox_id == outbox_id
    )
    return tx.execute(found).scalar()


def cards_of(tx: Connection, group_id: int) -> dict[int, tuple[int, str]]:
    """ticket -> (outbox row, what it shows)"""
    rows = tx.execute(select(group_cards).where(group_cards.c.group_id == group_id))
    return {row.ticket_id: (row.outbox_id, row.shown) for row in rows}


def make_code(tx: Connection, code: str, unit_id: int, staff_id: int, expires_at: datetime) -> None:
    tx.execute(
        insert(group_codes).values(
            code_hash=_hash(code), unit_id=unit_id, staff_id=staff_id, expires_at=expires_at
        )
    )


def use_code(tx: Connection, code: str, machine_now: datetime) -> int | None:
    """The unit, and the code is spent; None where it is unknown, used or too old."""
    unit_id: int | None = tx.execute(
        update(group_codes)
        .where(
            group_codes.c.code_hash == _hash(code),
            group_codes.c.used_at.is_(None),
            group_codes.c.expires_at > machine_now,
        )
        .values(used_at=machine_now)
        .returning(group_codes.c.unit_id)
    ).scalar()
    return unit_id


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.strip().upper().encode()).digest()
