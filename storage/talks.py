"""Talks: one chat on one channel, the form that is open in it, its language and its consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from storage.columns import Encrypted, Id, UtcTime, metadata

talks = Table(
    "talks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(120), nullable=False),
    Column("lang", String(8), nullable=False, server_default="vi"),
    Column("state", Encrypted, nullable=False),
    Column("reachable", Boolean, nullable=False, server_default="1"),
    Column("heard_at", UtcTime),  # machine time of the last word, press or follow
    UniqueConstraint("channel", "chat"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("talk_id", Id, ForeignKey("talks.id"), nullable=False, index=True),
    Column("text_version", String(16), nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
)


@dataclass(frozen=True)
class Talk:
    """state: {"form", "answers", "note", "parts", "offered"}; see handlers/forms.py."""

    id: int
    channel: str
    chat: str
    lang: str
    state: dict[str, Any]
    reachable: bool
    heard_at: datetime | None = None


_COLUMNS = [talks.c[name] for name in Talk.__dataclass_fields__]


def open_talk(tx: Connection, channel: str, chat: str, lang: str = "vi") -> Talk:
    """The chat's talk; a new one where nobody wrote from there before."""
    row = tx.execute(select(*_COLUMNS).where(talks.c.channel == channel, talks.c.chat == chat)).first()
    if row is None:
        row = tx.execute(
            insert(talks).values(channel=channel, chat=chat, lang=lang, state={}).returning(*_COLUMNS)
        ).one()
    return Talk(*row)


def find(tx: Connection, channel: str, chat: str) -> Talk | None:
    row = tx.execute(select(*_COLUMNS).where(talks.c.channel == channel, talks.c.chat == chat)).first()
    return Talk(*row) if row else None


def get(tx: Connection, talk_id: int) -> Talk:
    return Talk(*tx.execute(select(*_COLUMNS).where(talks.c.id == talk_id)).one())


def several(tx: Connection, talk_ids: Iterable[int]) -> list[Talk]:
    return [Talk(*row) for row in tx.execute(select(*_COLUMNS).where(talks.c.id.in_(list(talk_ids))))]


def keep(tx: Connection, talk_id: int, state: dict[str, Any]) -> None:
    tx.execute(update(talks).where(talks.c.id == talk_id).values(state=state))


def set_lang(tx: Connection, talk_id: int, lang: str) -> None:
    tx.execute(update(talks).where(talks.c.id == talk_id).values(lang=lang))


def set_reachable(tx: Connection, channel: str, chat: str, reachable: bool) -> None:
    tx.execute(
        update(talks).where(talks.c.channel == channel, talks.c.chat == chat).values(reachable=reachable)
    )


def note_heard(tx: Connection, talk_id: int, at: datetime) -> None:
    tx.execute(update(talks).where(talks.c.id == talk_id).values(heard_at=at))


def heard_at(tx: Connection, channel: str, chat: str) -> datetime | None:
    found = select(talks.c.heard_at).where(talks.c.channel == channel, talks.c.chat == chat)
    return tx.execute(found).scalar()


def has_consent(tx: Connection, talk_id: int, text_version: str) -> bool:
    return (
        tx.execute(
            select(consents.c.id).where(
                consents.c.talk_id == talk_id,
                consents.c.text_version == text_version,
                consents.c.withdrawn_at.is_(None),
            )
        ).first()
        is not None
    )


def agreed_since(tx: Connection, talk_id: int) -> datetime | None:
    """Since when a consent, to whichever text, has stood without being withdrawn."""
    found = select(func.min(consents.c.given_at, type_=UtcTime)).where(
        consents.c.talk_id == talk_id, consents.c.withdrawn_at.is_(None)
    )
    return tx.execute(found).scalar()


def give_consent(tx: Connection, talk_id: int, text_version: str, now: datetime) -> None:
    tx.execute(insert(consents).values(talk_id=talk_id, text_version=text_version, given_at=now))


def withdraw_consent(tx: Connection, talk_id: int, now: datetime) -> bool:
    """True where there was a consent to withdraw."""
    return (
        tx.execute(
            update(consents)
            .where(consents.c.talk_id == talk_id, consents.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
        ).rowcount
        > 0
    )
