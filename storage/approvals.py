"""Approvals: the values the desk says it entered on the Platform, until an import confirms or contradicts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, String, Table, insert, select, update

from storage.columns import Encrypted, Id, UtcTime, metadata

approvals = Table(
    "approvals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("round_id", Id, ForeignKey("rounds.id"), nullable=False),
    Column("resident_id", Id, ForeignKey("residents.id"), index=True),
    Column(
        "person_key", LargeBinary(16), index=True
    ),  # keyed index of the number, where no record was linked
    Column("changes", Encrypted, nullable=False),
    Column("approved_at", UtcTime, nullable=False),
    Column("state", String(12), nullable=False),  # waiting · confirmed · contradicted · ended
    Column("settled_at", UtcTime),
)


@dataclass(frozen=True)
class Approval:
    id: int
    ticket_id: int
    round_id: int
    resident_id: int | None
    changes: list[dict[str, Any]]
    approved_at: datetime
    state: str


_COLUMNS = [approvals.c[name] for name in Approval.__dataclass_fields__]


def add(
    tx: Connection,
    *,
    ticket_id: int,
    round_id: int,
    resident_id: int | None,
    person_key: bytes | None,
    changes: list[dict[str, Any]],
    approved_at: datetime,
) -> None:
    tx.execute(
        insert(approvals).values(
            ticket_id=ticket_id,
            round_id=round_id,
            resident_id=resident_id,
            person_key=person_key,
            changes=changes,
            approved_at=approved_at,
            state="waiting",
        )
    )


def waiting_for(tx: Connection, resident_id: int, keys: set[bytes]) -> list[Approval]:
    """What was approved for this person and is not seen on the Platform yet."""
    mine = approvals.c.resident_id == resident_id
    if keys:
        mine = mine | approvals.c.person_key.in_(keys)
    return [
        Approval(*row)
        for row in tx.execute(
            select(*_COLUMNS).where(mine, approvals.c.state == "waiting").order_by(approvals.c.id)
        )
    ]


def any_waiting(tx: Connection) -> bool:
    return (
        tx.execute(select(approvals.c.id).where(approvals.c.state == "waiting").limit(1)).first() is not None
    )


def of_round(tx: Connection, round_id: int) -> Approval | None:
    row = tx.execute(
        select(*_COLUMNS).where(approvals.c.round_id == round_id).order_by(approvals.c.id.desc()).limit(1)
    ).first()
    return Approval(*row) if row else None


def settle(tx: Connection, approval_id: int, state: str, now: datetime) -> None:
    tx.execute(update(approvals).where(approvals.c.id == approval_id).values(state=state, settled_at=now))


def end_of_round(tx: Connection, round_id: int, now: datetime) -> None:
    """The resident or the staff went on: what was approved in this round no longer waits for an import."""
    tx.execute(
        update(approvals)
        .where(approvals.c.round_id == round_id, approvals.c.state == "waiting")
        .values(state="ended", settled_at=now)
    )
