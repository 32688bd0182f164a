"""Tokens that a provider gives for a while and then renews: both halves are kept before either is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Column, Connection, LargeBinary, String, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Encrypted, UtcTime, metadata

tokens = Table(
    "tokens",
    metadata,
    Column("name", String(60), primary_key=True),  # «zalo:<app id>»
    Column("secret", Encrypted, nullable=False),  # {"access": …, "refresh": …}
    Column("expires_at", UtcTime, nullable=False),  # machine time, of the access token
    Column("made_at", UtcTime, nullable=False),
    Column("first", LargeBinary(32), nullable=False),  # hash of the refresh token that the operator gave
    Column("failed", String(120)),  # why it cannot be renewed; the operator must give a new one
)


@dataclass(frozen=True)
class Token:
    """access: "" where none was given yet."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    made_at: datetime
    first: bytes
    failed: str | None


def get(tx: Connection, name: str) -> Token | None:
    row = tx.execute(select(tokens).where(tokens.c.name == name)).first()
    if row is None:
        return None
    return Token(
        row.secret["access"], row.secret["refresh"], row.expires_at, row.made_at, row.first, row.failed
    )


def keep(tx: Connection, name: str, token: Token) -> None:
    values = {
        "secret": {"access": token.access, "refresh": token.refresh},
        "expires_at": token.expires_at,
        "made_at": token.made_at,
        "first": token.first,
        "failed": token.failed,
    }
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    tx.execute(
        insert(tokens).values(name=name, **values).on_conflict_do_update(index_elements=["name"], set_=values)
    )


def fail(tx: Connection, name: str, why: str) -> None:
    tx.execute(update(tokens).where(tokens.c.name == name).values(failed=why[:120]))
