"""Policies per province: the ladder of a deadline and the campaigns, each with the letter it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import JSON, Boolean, Column, Connection, SmallInteger, String, Table, insert, select

from storage.columns import Id, UtcTime, metadata

OWN = "own_"  # rungs of tickets that no letter gives a time begin so

ladder = Table(
    "ladder",
    metadata,
    Column(
        "province", String(2), primary_key=True
    ),  # on the 2025 list; "*" for every province without its own
    Column("rung", String(20), primary_key=True),
    Column("hours", SmallInteger, nullable=False),
    Column("recipients", JSON, nullable=False),  # site · head · or kinds of units above
    Column("waits_for_morning", Boolean, nullable=False),
    Column("letter", String(80), nullable=False),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("province", String(2), nullable=False),
    Column("received_until", UtcTime, nullable=False),
    Column("finish_by", UtcTime, nullable=False),
    Column("letter", String(80), nullable=False),
)

cleaning_campaigns = Table(
    "cleaning_campaigns",
    metadata,
    Column("province", String(2), primary_key=True),
    Column("finish_by", UtcTime, primary_key=True),
    Column("letter", String(80), nullable=False),
)


@dataclass(frozen=True)
class Step:
    rung: str
    after: timedelta
    recipients: tuple[str, ...]
    waits_for_morning: bool
    letter: str


def ladder_of(tx: Connection, province: str | None, clock: str = "letter") -> list[Step]:
    """The province's own steps of this clock, or those for every province; by hour."""
    own = ladder.c.rung.startswith(OWN, autoescape=True)
    of_clock = own if clock == "own" else ~own
    for key in (province or "*", "*"):
        here = (ladder.c.province == key, of_clock)
        rows = tx.execute(select(ladder).where(*here).order_by(ladder.c.hours)).all()
        if rows:
            return [
                Step(r.rung, timedelta(hours=r.hours), tuple(r.recipients), r.waits_for_morning, r.letter)
                for r in rows
            ]
    return []


def set_step(tx: Connection, province: str, step: Step) -> None:
    """Adds the step where the province has none of this name; what an operator changed stays."""
    if tx.execute(select(ladder.c.rung).filter_by(province=province, rung=step.rung)).first() is None:
        tx.execute(
            insert(ladder).values(
                province=province,
                rung=step.rung,
                hours=int(step.after.total_seconds() // 3600),
                recipients=list(step.recipients),
                waits_for_morning=step.waits_for_morning,
                letter=step.letter,
            )
        )


def set_campaign(
    tx: Connection, province: str, received_until: datetime, finish_by: datetime, letter: str
) -> None:
    same = select(campaigns.c.id).filter_by(province=province, letter=letter)
    if tx.execute(same).first() is None:
        tx.execute(
            insert(campaigns).values(
                province=province, received_until=received_until, finish_by=finish_by, letter=letter
            )
        )


def campaigns_of(tx: Connection, province: str | None) -> list[tuple[datetime, datetime]]:
    """(received_until, finish_by) of each campaign of the province."""
    rows = tx.execute(
        select(campaigns.c.received_until, campaigns.c.finish_by).where(
            campaigns.c.province == (province or "")
        )
    )
    return [(row[0], row[1]) for row in rows]


def set_cleaning(tx: Connection, province: str, finish_by: datetime, letter: str) -> None:
    same = select(cleaning_campaigns.c.letter).filter_by(province=province, finish_by=finish_by)
    if tx.execute(same).first() is None:
        tx.execute(insert(cleaning_campaigns).values(province=province, finish_by=finish_by, letter=letter))


def cleaning_end(tx: Connection, province: str | None, now: datetime) -> datetime | None:
    """When the cleaning campaign that runs in the province is to be finished."""
    c = cleaning_campaigns.c
    ends = select(c.finish_by).where(c.province == (province or ""), c.finish_by > now).order_by(c.finish_by)
    found: datetime | None = tx.execute(ends.limit(1)).scalar()
    return found
