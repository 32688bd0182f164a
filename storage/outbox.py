"""The outbox: what is to be said, in its reader's words, until the provider has taken it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Encrypted, Id, UtcTime, metadata
from storage.queue import queue_columns, queue_indexes

Entry = Row[Any]  # a row of the outbox, whole

RANKS = {"code": 1, "reply": 3, "alert": 5, "card": 7}

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(120), nullable=False),
    Column("body", Encrypted),  # None while it waits to be composed
    Column("compose", String(20)),  # "alerts", "lists": the text is made when the row is claimed for sending
    Column("recipient_id", Id, index=True),  # the member of staff whom a composed row is for
    Column("replaces", Id),  # an earlier outbox row that this one edits in place
    Column("ticket_id", Id, ForeignKey("tickets.id"), index=True),
    Column("dedupe", String(80)),
    Column("not_after", UtcTime),
    Column("provider_id", String(80)),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    # What of it is still to be said in full when this chat is next heard: waits (nothing of it arrived) · template
    # (only that there is news)
    Column("how", String(12)),
    Column("parts", Integer),  # the SMS that it was counted as
    Column("created_at", UtcTime, nullable=False),  # policy time, as the reader sees it
    *queue_columns(),
    UniqueConstraint("dedupe"),
)
queue_indexes(outbox)
Index("ix_outbox_provider", outbox.c.channel, outbox.c.chat, outbox.c.provider_id)
Index("ix_outbox_replaces", outbox.c.replaces)
_to_say = outbox.c.how.isnot(None)
Index("ix_outbox_how", outbox.c.channel, outbox.c.chat, sqlite_where=_to_say, postgresql_where=_to_say)


def put(
    tx: Connection,
    *,
    channel: str,
    chat: str,
    lane: str,
    body: dict[str, Any] | None,
    created_at: datetime,
    run_at: datetime,
    rank: str = "reply",
    compose: str | None = None,
    recipient_id: int | None = None,
    replaces: int | None = None,
    ticket_id: int | None = None,
    dedupe: str | None = None,
    not_after: datetime | None = None,
) -> int | None:
    """The new row's id, or None where the same `dedupe` was put before. Edits of one message that nobody has begun to
    send fall away: the newest says it all."""
    if replaces is not None:
        older = (outbox.c.replaces == replaces, outbox.c.done_at.is_(None), outbox.c.attempts == 0)
        tx.execute(update(outbox).where(*older).values(done_at=run_at, outcome="superseded"))
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    return tx.execute(
        insert(outbox)
        .values(
            channel=channel,
            chat=chat,
            lane=lane,
            body=body,
            compose=compose,
            recipient_id=recipient_id,
            replaces=replaces,
            ticket_id=ticket_id,
            dedupe=dedupe,
            not_after=not_after,
            created_at=created_at,
            run_at=run_at,
            rank=RANKS[rank],
        )
        .on_conflict_do_nothing(index_elements=["dedupe"])
        .returning(outbox.c.id)
    ).scalar()


def was_put(tx: Connection, dedupe: str) -> bool:
    return tx.execute(select(outbox.c.id).where(outbox.c.dedupe == dedupe)).first() is not None


def fix_body(tx: Connection, row_id: int, body: dict[str, Any]) -> None:
    """Keeps composed words, so that a second try says the same."""
    tx.execute(update(outbox).where(outbox.c.id == row_id).values(body=body))


def one_more_unknown() -> ColumnElement[int]:
    """For claim(): whoever died between sending and noting it leaves a delivery of which nobody knows."""
    return outbox.c.unknowns + case((outbox.c.outcome == "claimed", 1), else_=0)


def note_unknown(tx: Connection, row_id: int) -> None:
    tx.execute(update(outbox).where(outbox.c.id == row_id).values(unknowns=outbox.c.unknowns + 1))


def note_sent(
    tx: Connection, row_id: int, provider_id: str | None, how: str | None = None, parts: int | None = None
) -> None:
    values = {"provider_id": provider_id, "how": how, "parts": parts}
    tx.execute(update(outbox).where(outbox.c.id == row_id).values(**values))


def root_of(tx: Connection, channel: str, chat: str, provider_id: str) -> int | None:
    """The row that first showed this message of the provider's; edits of it are later rows with the same id."""
    there = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.provider_id == provider_id)
    return tx.execute(select(func.min(outbox.c.id)).where(*there)).scalar()


def ref_of(tx: Connection, root: int) -> str | None:
    """The provider's id of the message that this row and its edits stand in; None where it never arrived."""
    same = or_(outbox.c.id == root, outbox.c.replaces == root)
    found = select(outbox.c.provider_id).where(same, outbox.c.provider_id.isnot(None))
    ref: str | None = tx.execute(found.order_by(outbox.c.id.desc()).limit(1)).scalar()
    return ref


def shown(tx: Connection, channel: str, chat: str, most: int) -> list[Row[Any]]:
    """The last messages that were delivered to the chat, the newest first."""
    there = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.outcome == "sent")
    rows = select(outbox.c.id, outbox.c.replaces, outbox.c.body).where(*there)
    return list(tx.execute(rows.order_by(outbox.c.id.desc()).limit(most)))


def told_last(tx: Connection, channel: str, chat: str) -> list[dict[str, Any]]:
    """The buttons of the message that stands last in the chat, where it is no answer: news, an alert, a reminder."""
    there = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.outcome == "sent")
    last = select(func.max(outbox.c.id)).where(*there).scalar_subquery()
    body = tx.execute(select(outbox.c.body).where(outbox.c.id == last, outbox.c.dedupe.isnot(None))).scalar()
    return list(body.get("choices", ())) if body else []


def lose_ref(tx: Connection, root: int) -> None:
    """The message is gone at the provider; the next edit of it is sent anew."""
    same = or_(outbox.c.id == root, outbox.c.replaces == root)
    tx.execute(update(outbox).where(same).values(provider_id=None))


def is_of(tx: Connection, row_id: int, channel: str, chat: str) -> bool:
    """Whether the row was said in this chat: people can name any number."""
    there = (outbox.c.id == row_id, outbox.c.channel == channel, outbox.c.chat == chat)
    return tx.execute(select(outbox.c.id).where(*there)).first() is not None


def find(tx: Connection, row_id: int) -> Row[Any] | None:
    return tx.execute(select(outbox).where(outbox.c.id == row_id)).first()


def of_ticket(tx: Connection, ticket_ids: Iterable[int]) -> list[Row[Any]]:
    """Everything that was to be told of these tickets, oldest first."""
    found = select(outbox).where(outbox.c.ticket_id.in_(list(ticket_ids)))
    return list(tx.execute(found.order_by(outbox.c.id)))


def keep_for_later(tx: Connection, row_id: int) -> None:
    """It did not arrive; whoever writes from this chat next is told it then."""
    tx.execute(update(outbox).where(outbox.c.id == row_id).values(how="waits"))


def kept_for_later(tx: Connection, channel: str, chat: str) -> list[Row[Any]]:
    """What this chat still has to be told in full, oldest first."""
    found = select(outbox).where(
        outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.how.in_(("waits", "template"))
    )
    return list(tx.execute(found.order_by(outbox.c.id)))


def told_in_full(tx: Connection, row_ids: Iterable[int]) -> None:
    tx.execute(update(outbox).where(outbox.c.id.in_(list(row_ids))).values(how=None))


def waiting_composed(tx: Connection, recipient_id: int, compose: str) -> Row[Any] | None:
    """A composed row for this person that nobody has begun to send: a further alert joins it."""
    return tx.execute(
        select(outbox)
        .where(
            outbox.c.recipient_id == recipient_id,
            outbox.c.compose == compose,
            outbox.c.done_at.is_(None),
            outbox.c.body.is_(None),
        )
        .limit(1)
        .with_for_update()  # against hold(): what joins the row now must still get into its words
    ).first()


def last_composed(tx: Connection, recipient_id: int, compose: str) -> int:
    """The id of the newest such row for this person, sent or not; 0 where there was none."""
    mine = (outbox.c.recipient_id == recipient_id, outbox.c.compose == compose)
    return int(tx.execute(select(func.max(outbox.c.id)).where(*mine)).scalar() or 0)


def hold(tx: Connection, row_id: int) -> Row[Any] | None:
    """The row as it is now; nobody else joins or ends it until the transaction ends (SQLite has one writer anyway)."""
    return tx.execute(select(outbox).where(outbox.c.id == row_id).with_for_update()).first()
