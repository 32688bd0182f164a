"""The web chat's own transcript: what each browser was shown and said, numbered per chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Encrypted, Id, UtcTime, metadata

web_chats = Table(
    "web_chats",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("seen", Integer, nullable=False, server_default="0"),  # as far as an open page has heard
)

web_messages = Table(
    "web_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat", String(64), nullable=False),
    Column("message", String(48), nullable=False),  # "m12": outbox row 12; or the browser's own id
    Column(
        "seq", Integer, nullable=False
    ),  # grows with every change, so that "everything since" is one question
    Column("place", Integer, nullable=False),  # where it stands on the page
    Column("at", UtcTime, nullable=False),
    Column("body", Encrypted, nullable=False),
    UniqueConstraint("chat", "message"),
    UniqueConstraint("chat", "seq"),
)


def _next(tx: Connection, chat: str) -> int:
    insert_ = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    return int(
        tx.execute(
            insert_(web_chats)
            .values(chat=chat, seq=1)
            .on_conflict_do_update(index_elements=["chat"], set_={"seq": web_chats.c.seq + 1})
            .returning(web_chats.c.seq)
        ).scalar_one()
    )


def show(tx: Connection, chat: str, message: str, body: dict[str, Any], at: datetime) -> int:
    """Puts the message on the page, or in place of what stood under the same id; its seq."""
    where = (web_messages.c.chat == chat, web_messages.c.message == message)
    seq = _next(tx, chat)
    edited = tx.execute(update(web_messages).where(*where).values(body=body, seq=seq))
    if edited.rowcount == 0:
        tx.execute(
            insert(web_messages).values(chat=chat, message=message, seq=seq, place=seq, at=at, body=body)
        )
    return seq


def seq_of(tx: Connection, chat: str, message: str) -> int | None:
    return tx.execute(
        select(web_messages.c.seq).where(web_messages.c.chat == chat, web_messages.c.message == message)
    ).scalar()


def note_seen(tx: Connection, chat: str, seq: int) -> bool:
    """An open page has shown everything up to there; whether that is news."""
    grown = (web_chats.c.chat == chat, web_chats.c.seen < seq, web_chats.c.seq >= seq)
    return tx.execute(update(web_chats).where(*grown).values(seen=seq)).rowcount > 0


def unseen(tx: Connection, channel: str, chat: str, row_id: int) -> bool:
    """Whether this row of the outbox stands on a page that nobody has had open since."""
    if channel != "web":
        return False
    found = (
        select(web_messages.c.seq)
        .join(web_chats, web_chats.c.chat == web_messages.c.chat)
        .where(web_messages.c.chat == chat, web_messages.c.message == f"m{row_id}")
        .where(web_messages.c.seq > web_chats.c.seen)
    )
    return tx.execute(found).first() is not None


def newest(tx: Connection, chats: Sequence[str]) -> dict[str, int]:
    """The last seq of each of these chats."""
    found = select(web_chats.c.chat, web_chats.c.seq).where(web_chats.c.chat.in_(chats))
    return {row.chat: row.seq for row in tx.execute(found)}


def body_of(tx: Connection, chat: str, message: str) -> dict[str, Any] | None:
    return tx.execute(
        select(web_messages.c.body).where(web_messages.c.chat == chat, web_messages.c.message == message)
    ).scalar()


AT_ONCE = 300


def since(tx: Connection, chat: str, seq: int, limit: int = AT_ONCE) -> list[Row[Any]]:
    """Everything shown since `seq`; from the start of the page in page order, later in order of change."""
    found = select(web_messages).where(web_messages.c.chat == chat, web_messages.c.seq > seq)
    if seq:
        return list(tx.execute(found.order_by(web_messages.c.seq).limit(limit)))
    newest = tx.execute(found.order_by(web_messages.c.place.desc()).limit(limit)).all()
    return sorted(newest, key=lambda row: row.place)
