"""Deadlines: the letter's 48 hours to the second, quiet nights for reminders only."""

import datetime as dt
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.deadlines import (
    HANDLING,
    LADDER,
    OWN_LADDER,
    Campaign,
    clock_of,
    due_at,
    hard_stop,
    next_digest,
    plan,
)

VN = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)
# S1: what came in up to 25/11/2021 is done by 30/11/2021.
BACKLOG = Campaign.by_days("Ninh Thuận", dt.date(2021, 11, 25), dt.date(2021, 11, 30))
INSTANTS = st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def vn(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of November 2021 on a Vietnamese wall clock."""
    return datetime(2021, 11, day, hour, minute, second, tzinfo=VN)


def test_friday_afternoon() -> None:
    assert plan(vn(19, 16)) == [
        ("remind_site", vn(20, 16)),
        ("remind_head", vn(21, 6)),
        ("supervisors", vn(21, 10)),
        ("overdue", vn(21, 16)),
    ]
    assert all(at.tzinfo is UTC for _, at in plan(vn(19, 16)))


@pytest.mark.parametrize(
    ("received", "reminded"),
    [
        (vn(19, 21, 59, 59), vn(20, 21, 59, 59)),
        (vn(19, 22), vn(21, 6)),
        (vn(19, 0), vn(20, 6)),
        (vn(19, 5, 59), vn(20, 6)),
        (vn(19, 6), vn(20, 6)),
    ],
)
def test_a_reminder_waits_for_the_morning(received: datetime, reminded: datetime) -> None:
    assert dict(plan(received))["remind_site"] == reminded


def test_no_alarm_of_the_supervisors_waits() -> None:
    assert dict(plan(vn(18, 8)))["supervisors"] == vn(20, 2)
    assert dict(plan(vn(18, 2)))["overdue"] == vn(20, 2)


@given(INSTANTS)
def test_every_rung_stands_between_receipt_and_due(received: datetime) -> None:
    due = due_at(received)
    assert due - received == HANDLING == timedelta(hours=48)
    instants = dict(plan(received))
    assert set(instants) == {step.rung for step in LADDER}
    assert all(received < at <= due for at in instants.values())
    assert instants["overdue"] == due
    for rung in ("remind_site", "remind_head"):
        assert 6 <= instants[rung].astimezone(VN).hour < 22


def test_only_the_overdue_rung_is_the_letters() -> None:
    assert [step.rung for step in LADDER if step.letter] == ["overdue"]


def test_the_desks_own_clock_is_no_letters() -> None:
    assert not any(step.letter for step in OWN_LADDER)
    assert plan(vn(1, 16), OWN_LADDER) == [("own_remind", vn(6, 16)), ("own_passed", vn(8, 16))]
    # Nobody is woken for what is no duty of S1.
    assert dict(plan(vn(1, 23), OWN_LADDER))["own_passed"] == vn(9, 6)
    assert {axis: clock_of(axis) for axis in ("dose", "identity", "service")} == {
        "dose": "letter", "identity": "letter", "service": "own"}  # fmt: skip


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        due_at(datetime(2021, 11, 19, 16))


@pytest.mark.parametrize(
    ("after", "digest"),
    [
        (vn(20, 7, 59), vn(20, 8)),
        (vn(20, 8), vn(21, 8)),
        (vn(20, 23, 30), vn(21, 8)),
        (vn(20, 0, 30), vn(20, 8)),
    ],
)
def test_next_digest(after: datetime, digest: datetime) -> None:
    assert next_digest(after) == digest
    assert next_digest(after.astimezone(UTC)).tzinfo is UTC


@pytest.mark.parametrize(
    ("received", "stop"),
    [
        (vn(1, 9), vn(30, 23, 59, 59)),
        (vn(25, 23, 59, 59), vn(30, 23, 59, 59)),
        (vn(25, 23, 59, 59) + timedelta(milliseconds=500), vn(30, 23, 59, 59)),
        (vn(26, 0), None),
        (datetime(2021, 11, 25, 17, tzinfo=UTC), None),
    ],
)
def test_the_backlog_campaign(received: datetime, stop: datetime | None) -> None:
    assert hard_stop(received, [BACKLOG]) == stop


def test_the_earliest_campaign_counts() -> None:
    sooner = Campaign.by_days("Ninh Thuận", dt.date(2021, 11, 10), dt.date(2021, 11, 12))
    assert hard_stop(vn(9, 9), [BACKLOG, sooner]) == vn(12, 23, 59, 59)
    assert hard_stop(vn(9, 9), []) is None
