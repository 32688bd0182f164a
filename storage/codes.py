"""One-time codes, and the counters that throttle them, for records that exist and for those that do not."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from storage import vault
from storage.columns import Encrypted, Id, UtcTime, metadata

LIFE = timedelta(minutes=5)
TRIES = 5

codes = Table(
    "codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("talk_id", Id, ForeignKey("talks.id"), nullable=False, index=True),
    Column("subject", Encrypted, nullable=False),  # what the right code opens; {} where there is no record
    Column("code_hash", LargeBinary(16), nullable=False),
    Column("made_at", UtcTime, nullable=False),  # machine time, as all here
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("used_at", UtcTime),
)

throttles = Table(
    "throttles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", LargeBinary(16), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("what", String(12), nullable=False),
)


@dataclass(frozen=True)
class Code:
    id: int
    subject: dict[str, Any]
    made_at: datetime
    tries: int


def issue(tx: Connection, talk_id: int, code: str, subject: dict[str, Any], machine_now: datetime) -> None:
    """Makes this the chat's only living code."""
    tx.execute(delete(codes).where(codes.c.talk_id == talk_id))
    tx.execute(
        insert(codes).values(
            talk_id=talk_id, subject=subject, code_hash=_hash(tx, talk_id, code), made_at=machine_now
        )
    )


def open_code(tx: Connection, talk_id: int) -> Code | None:
    """The chat's code, live or not; the newest only."""
    row = tx.execute(
        select(codes.c.id, codes.c.subject, codes.c.made_at, codes.c.tries)
        .where(codes.c.talk_id == talk_id, codes.c.used_at.is_(None))
        .order_by(codes.c.id.desc())
        .limit(1)
    ).first()
    return Code(*row) if row else None


def try_code(tx: Connection, talk_id: int, said: str, machine_now: datetime) -> tuple[str, dict[str, Any]]:
    """("right", subject) · ("wrong", {"left": n}) · ("dead", {}) where it is too old, used up or was never made.

    The try is counted before the answer is known, and a code without a record behind it is never right.
    """
    code = open_code(tx, talk_id)
    if code is None or machine_now - code.made_at > LIFE or code.tries >= TRIES:
        return "dead", {}
    tx.execute(update(codes).where(codes.c.id == code.id).values(tries=codes.c.tries + 1))
    stored = tx.execute(select(codes.c.code_hash).where(codes.c.id == code.id)).scalar_one()
    if code.subject and hmac.compare_digest(stored, _hash(tx, talk_id, said)):
        tx.execute(update(codes).where(codes.c.id == code.id).values(used_at=machine_now))
        return "right", code.subject
    left = TRIES - code.tries - 1
    return ("wrong", {"left": left}) if left else ("dead", {})


def count(
    tx: Connection, what: str, name: str, machine_now: datetime, window: timedelta
) -> tuple[int, datetime]:
    """Counts one more use of this name and says how many fell into the window, and when the oldest of them was."""
    key = vault.of(tx).index("throttle", f"{what}:{name}")
    tx.execute(delete(throttles).where(throttles.c.key == key, throttles.c.at <= machine_now - window))
    tx.execute(insert(throttles).values(key=key, at=machine_now, what=what))
    row = tx.execute(
        select(func.count(), func.min(throttles.c.at, type_=UtcTime)).where(throttles.c.key == key)
    ).one()
    return int(row[0]), row[1]


def uses(tx: Connection, what: str, name: str, machine_now: datetime, window: timedelta) -> list[datetime]:
    """When this name was counted within the window, oldest first; counts nothing."""
    key = vault.of(tx).index("throttle", f"{what}:{name}")
    found = select(throttles.c.at).where(throttles.c.key == key, throttles.c.at > machine_now - window)
    return list(tx.execute(found.order_by(throttles.c.at)).scalars())


def _hash(tx: Connection, talk_id: int, code: str) -> bytes:
    """Keyed: six digits alone would be guessed from a stolen database in no time."""
    return vault.of(tx).index("code", f"{talk_id}:{code}")
