"""Evidence: photos, papers and voice that residents sent; the bytes lie encrypted under random names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Id, UtcTime, metadata
from storage.tickets import tickets

evidence = Table(
    "evidence",
    metadata,
    Column("name", String(64), primary_key=True),  # random; also the file's name in FILES_DIR
    Column("talk_id", Id, ForeignKey("talks.id"), nullable=False, index=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), index=True),  # None while the form is being filled in
    Column("list_id", Id, ForeignKey("lists.id"), index=True),  # the signed paper of a verification list
    Column("kind", String(8), nullable=False),  # photo · pdf · voice
    Column("mime", String(40), nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("blurred", Boolean, nullable=False, server_default="0"),
    Column("at", UtcTime, nullable=False),  # policy time
)

shares = Table(
    "shares",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("chat", String(120), primary_key=True),
)


@dataclass(frozen=True)
class Piece:
    name: str
    talk_id: int
    ticket_id: int | None
    kind: str
    mime: str
    size: int
    blurred: bool
    at: datetime


_COLUMNS = [evidence.c[name] for name in Piece.__dataclass_fields__]
_UNFILED = (evidence.c.ticket_id.is_(None), evidence.c.list_id.is_(None))


def add(
    tx: Connection, *, name: str, talk_id: int, kind: str, mime: str, size: int, blurred: bool, at: datetime
) -> None:
    """Keeps what was sent, for a ticket that may not be there yet."""
    tx.execute(
        insert(evidence).values(
            name=name, talk_id=talk_id, kind=kind, mime=mime, size=size, blurred=blurred, at=at
        )
    )


def attach(tx: Connection, names: Iterable[str], talk_id: int, ticket_id: int) -> int:
    """Gives the chat's own pieces to the ticket; how many there were."""
    mine = (evidence.c.name.in_(list(names)), evidence.c.talk_id == talk_id, *_UNFILED)
    return tx.execute(update(evidence).where(*mine).values(ticket_id=ticket_id)).rowcount


def attach_to_list(tx: Connection, names: Iterable[str], talk_id: int, list_id: int) -> int:
    """The same for a verification list: the police's signed paper."""
    mine = (evidence.c.name.in_(list(names)), evidence.c.talk_id == talk_id, *_UNFILED)
    return tx.execute(update(evidence).where(*mine).values(list_id=list_id)).rowcount


def of_list(tx: Connection, list_id: int) -> list[Piece]:
    rows = tx.execute(select(*_COLUMNS).where(evidence.c.list_id == list_id).order_by(evidence.c.at))
    return [Piece(*row) for row in rows]


def of_ticket(tx: Connection, ticket_id: int) -> list[Piece]:
    rows = tx.execute(select(*_COLUMNS).where(evidence.c.ticket_id == ticket_id).order_by(evidence.c.at))
    return [Piece(*row) for row in rows]


def get(tx: Connection, names: Iterable[str]) -> list[Piece]:
    rows = tx.execute(select(*_COLUMNS).where(evidence.c.name.in_(list(names))).order_by(evidence.c.at))
    return [Piece(*row) for row in rows]


def drop(tx: Connection, names: Iterable[str], talk_id: int) -> None:
    """What the chat sent and took back before it was filed; the bytes go with the next sweep."""
    mine = (evidence.c.name.in_(list(names)), evidence.c.talk_id == talk_id, *_UNFILED)
    tx.execute(delete(evidence).where(*mine))


def forget_unfiled(tx: Connection, before: datetime) -> None:
    """What was sent for a form that nobody finished."""
    _forget(tx, *_UNFILED, evidence.c.at < before)


def forget_of_report(tx: Connection, report_id: int) -> None:
    """The bytes go with the next sweep."""
    _forget(tx, evidence.c.ticket_id.in_(select(tickets.c.id).where(tickets.c.report_id == report_id)))


def forget_unfiled_of_talk(tx: Connection, talk_id: int) -> None:
    _forget(tx, evidence.c.talk_id == talk_id, *_UNFILED)


def forget_of_lists(tx: Connection, list_ids: Iterable[int]) -> None:
    """The bytes go with the next sweep."""
    _forget(tx, evidence.c.list_id.in_(list(list_ids)))


def _forget(tx: Connection, *which: ColumnElement[bool]) -> None:
    """Rows, and who might fetch them."""
    tx.execute(delete(shares).where(shares.c.name.in_(select(evidence.c.name).where(*which))))
    tx.execute(delete(evidence).where(*which))


def share(tx: Connection, name: str, channel: str, chat: str) -> None:
    """Lets this chat fetch the file from now on."""
    add_one = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(add_one(shares).values(name=name, channel=channel, chat=chat).on_conflict_do_nothing())


def shared_with(tx: Connection, name: str, channel: str, chat: str) -> Piece | None:
    """The piece, where it was shown in this chat."""
    row = tx.execute(
        select(*_COLUMNS)
        .join(shares, shares.c.name == evidence.c.name)
        .where(shares.c.name == name, shares.c.channel == channel, shares.c.chat == chat)
    ).first()
    return Piece(*row) if row else None


def known(tx: Connection, names: Iterable[str]) -> set[str]:
    """Those of these names that some row still needs; the others are orphans."""
    from storage.files import files

    wanted = list(names)
    found = select(evidence.c.name).where(evidence.c.name.in_(wanted))
    return set(tx.execute(found.union(select(files.c.name).where(files.c.name.in_(wanted)))).scalars())
