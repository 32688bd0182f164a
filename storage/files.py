"""Files that were rendered or sent: who may fetch them; the bytes lie encrypted under random names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    String,
    Table,
    and_,
    delete,
    insert,
    not_,
    or_,
    select,
)

from storage.columns import UtcTime, metadata

# How the names of typing sheets and of lists begin: full numbers stand in them, so they are not kept.
SHEET, LIST = "nhap-lieu", "DS"
SHEET_LASTS = timedelta(hours=24)

files = Table(
    "files",
    metadata,
    Column("name", String(64), primary_key=True),  # random; also the file's name in FILES_DIR
    Column("channel", String(16), nullable=False),
    Column("chat", String(120), nullable=False),
    Column("filename", String(120), nullable=False),
    Column("mime", String(80), nullable=False),
    Column("made_at", UtcTime, nullable=False),
)


def add(
    tx: Connection, *, name: str, channel: str, chat: str, filename: str, mime: str, made_at: datetime
) -> None:
    tx.execute(
        insert(files).values(
            name=name, channel=channel, chat=chat, filename=filename, mime=mime, made_at=made_at
        )
    )


def for_chat(tx: Connection, name: str, channel: str, chat: str, now: datetime) -> Row[Any] | None:
    """The file, where it was made for this chat and still may be had."""
    mine = (files.c.name == name, files.c.channel == channel, files.c.chat == chat)
    return tx.execute(select(files).where(*mine, not_(_expired(now)))).first()


def _expired(now: datetime) -> ColumnElement[bool]:
    short = or_(*(files.c.filename.startswith(f"{name}-", autoescape=True) for name in (SHEET, LIST)))
    return and_(short, files.c.made_at <= now - SHEET_LASTS)


def forget_sheets(tx: Connection, now: datetime) -> None:
    """Those past their day; the bytes go with the sweep."""
    tx.execute(delete(files).where(_expired(now)))
