"""Uploads: files that the page has sent and no message has named yet, or that its message still needs; soon gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, literal, select, update

from storage.files import files
from storage.inbox import inbox

WAITING, TAKEN = "upload", "taken"  # stand where other files have their channel: nobody can fetch these


def add(tx: Connection, *, name: str, chat: str, mime: str, size: int, at: datetime) -> None:
    """at: machine time."""
    tx.execute(
        insert(files).values(name=name, channel=WAITING, chat=chat, filename=str(size), mime=mime, made_at=at)
    )


def waiting(tx: Connection, chat: str) -> int:
    """How many the chat has sent and not used."""
    mine = (files.c.channel == WAITING, files.c.chat == chat)
    return int(tx.execute(select(func.count()).select_from(files).where(*mine)).scalar_one())


def take(tx: Connection, names: Sequence[str], chat: str) -> list[tuple[str, str, int]]:
    """(name, type, size) of those that are the chat's own, in the order of `names`; each is given out once."""
    mine = (files.c.name.in_(names), files.c.channel == WAITING, files.c.chat == chat)
    taken = update(files).where(*mine).values(channel=TAKEN)
    found = {
        row.name: row for row in tx.execute(taken.returning(files.c.name, files.c.mime, files.c.filename))
    }
    return [(name, found[name].mime, int(found[name].filename)) for name in names if name in found]


def drop(tx: Connection, name: str, chat: str) -> bool:
    """The person changed their mind before anything was said with it."""
    mine = (files.c.name == name, files.c.channel == WAITING, files.c.chat == chat)
    return tx.execute(delete(files).where(*mine)).rowcount == 1


def used(tx: Connection, name: str) -> None:
    """The message that needed it has been handled."""
    tx.execute(delete(files).where(files.c.name == name, files.c.channel == TAKEN))


def forget(tx: Connection, before: datetime) -> None:
    """Old ones that nobody used, and used ones whose message has long been handled; while a message of the chat
    still waits (the desk was down for days), its files wait with it."""
    still = select(inbox.c.id).where(
        inbox.c.lane == literal("web:").concat(files.c.chat), inbox.c.done_at.is_(None)
    )
    old = files.c.made_at < before
    tx.execute(delete(files).where(files.c.channel == WAITING, old))
    tx.execute(delete(files).where(files.c.channel == TAKEN, old, ~still.exists()))
