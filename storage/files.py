"""Files that were rendered or sent: who may fetch them; the bytes lie encrypted under random names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, String, Table, insert, select

from storage.columns import UtcTime, metadata

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


def for_chat(tx: Connection, name: str, channel: str, chat: str) -> Row[Any] | None:
    """The file, where it was made for this chat."""
    return tx.execute(
        select(files).where(files.c.name == name, files.c.channel == channel, files.c.chat == chat)
    ).first()
