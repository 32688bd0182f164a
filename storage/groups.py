"""Groups: chats of a unit's people, and the topics in them; see also group_codes.py and group_cards.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    literal_column,
    or_,
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
    Column("summary", String(80)),  # when it was written and what it says; LOST: nobody was told yet
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
    Column("outbox_id", Id, nullable=False, index=True),  # the row that first showed it; 0: only counted
    Column("shown", String(80), nullable=False),  # the state that it shows; see group_cards.py
)
# Of cards that end without buttons there are ever more; only the others are looked at again and again.
LIVE = group_cards.c.shown != literal_column("'done'")
Index("ix_group_cards_live", group_cards.c.group_id, sqlite_where=LIVE, postgresql_where=LIVE)

LOST = "lost"


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
    removed_at: datetime | None


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


def watched(tx: Connection) -> list[Group]:
    """All that are bound, and those that were lost and nobody was told of yet."""
    found = select(*_COLUMNS).where(or_(groups.c.removed_at.is_(None), groups.c.summary == LOST))
    return [Group(*row) for row in tx.execute(found.order_by(groups.c.id))]


def hold(tx: Connection, group_id: int) -> Group:
    """Nobody else puts cards into it until the transaction ends (SQLite has one writer anyway)."""
    return Group(*tx.execute(select(*_COLUMNS).where(groups.c.id == group_id).with_for_update()).one())


def release(tx: Connection, group_id: int, now: datetime) -> None:
    tx.execute(update(groups).where(groups.c.id == group_id).values(removed_at=now))


def lose(tx: Connection, channel: str, chat: str, now: datetime) -> None:
    """The bot was removed from the group: it is released, and whoever must know is told by the next look."""
    tx.execute(
        update(groups)
        .where(groups.c.channel == channel, groups.c.chat == chat, groups.c.removed_at.is_(None))
        .values(removed_at=now, summary=LOST)
    )


def change(tx: Connection, group_id: int, **values: object) -> None:
    tx.execute(update(groups).where(groups.c.id == group_id).values(**values))


def set_topic(tx: Connection, group_id: int, queue: str, thread: str) -> None:
    tx.execute(delete(group_topics).where(group_topics.c.group_id == group_id, group_topics.c.queue == queue))
    tx.execute(insert(group_topics).values(group_id=group_id, queue=queue, thread=thread))


def topics_of(tx: Connection, group_id: int) -> dict[str, str]:
    """queue -> thread"""
    rows = tx.execute(
        select(group_topics.c.queue, group_topics.c.thread).where(group_topics.c.group_id == group_id)
    )
    return {row.queue: row.thread for row in rows}


def forget_thread(tx: Connection, channel: str, chat: str, thread: str, queue: str | None = None) -> None:
    """The topic was deleted, known by its thread or its queue: what stood there goes to the general topic."""
    group = select(groups.c.id).where(groups.c.channel == channel, groups.c.chat == chat)
    gone = or_(group_topics.c.thread == thread, group_topics.c.queue == queue)
    tx.execute(delete(group_topics).where(group_topics.c.group_id.in_(group), gone))
