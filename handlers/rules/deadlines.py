"""The 48 hours of the Ninh Thuận letter (S1), and the desk's own aim for what no letter gives a time."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HANDLING = timedelta(hours=48)  # S1: «chậm nhất sau 48 giờ kể từ khi nhận được phản ánh», calendar hours
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = dt.time(22)
MORNING = dt.time(6)


@dataclass(frozen=True)
class Step:
    """One rung of the ladder; `letter` is the source, empty where the rung is our own recommendation."""

    rung: str
    after: timedelta
    recipients: tuple[str, ...]
    waits_for_morning: bool
    letter: str


# corrections.md rule 5. Quiet hours may hold back a reminder, never a supervisor's alert or the overdue flag.
# S1 lays the duty on both lines, so both hear: the People's Committees and the Department of Health.
LADDER = (
    Step("remind_site", timedelta(hours=24), ("site",), True, ""),
    Step("remind_head", timedelta(hours=36), ("head",), True, ""),
    Step("supervisors", timedelta(hours=42), ("committee", "health_department"), False, ""),
    Step("overdue", HANDLING, ("committee", "health_department"), False, "S1"),
)

# «Việc khác»: manners, long waits (obligations.md §A.7). No letter gives it a time, so the hours are the desk's own aim
# (docs/decisions/0007); by corrections.md the head of the site answers, and after the head whoever supervises.
OWN_LADDER = (
    Step("own_remind", timedelta(days=5), ("head",), True, ""),
    Step("own_passed", timedelta(days=7), ("committee", "health_department"), True, ""),
)
# corrections.md, DOSE_NOT_MINE: high priority; supervisors hear when it is received, not first at hour 42.
AT_ONCE = ("dose_not_mine", "reaction")
# corrections.md, AEFI: «immediate»; S1: who is still at the site leaves soon. Above everything else in the site's queue.
FIRST = ("reaction", "still_here")
# Our own half hour: S1 has the site look again «trong thời gian chờ theo dõi phản ứng sau tiêm», so before the person leaves.
SILENT_AFTER = {"still_here": timedelta(minutes=30)}
# No letter gives these hours, and a week would be no aim for them: AEFI «immediate», S1 «trong thời gian sớm nhất».
SOONEST = ("reaction", "site_tech")

LADDERS = {"letter": LADDER, "own": OWN_LADDER}
PASSED = {"letter": "overdue", "own": "own_passed"}  # the rung at which a ticket of this clock is late


def clock_of(axis: str) -> str:
    """letter: the 48 hours of S1, for what is wrong on the Portal · own: everything else."""
    return "own" if axis == "service" else "letter"


def due_at(received_at: datetime, within: timedelta = HANDLING) -> datetime:
    """S1: 48 calendar hours from receipt; nights, Sundays and Tết count, a transfer changes nothing."""
    return _utc(received_at) + within


def plan(
    received_at: datetime, steps: Sequence[Step] = LADDER, zone: ZoneInfo = VIETNAM
) -> list[tuple[str, datetime]]:
    """Each rung and its instant, in the ladder's order: a reminder held overnight may fall after the next."""
    start = _utc(received_at)
    return [
        (
            step.rung,
            _after_the_night(start + step.after, zone) if step.waits_for_morning else start + step.after,
        )
        for step in steps
    ]


def _after_the_night(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    if local.time() >= EVENING:
        return _clock(local.date() + timedelta(days=1), MORNING, zone)
    if local.time() < MORNING:
        return _clock(local.date(), MORNING, zone)
    return at


def next_digest(after: datetime, hour: int = 8, zone: ZoneInfo = VIETNAM) -> datetime:
    """The first daily digest strictly after this instant."""
    day = _utc(after).astimezone(zone).date()
    today = _clock(day, dt.time(hour), zone)
    return today if today > after else _clock(day + timedelta(days=1), dt.time(hour), zone)


@dataclass(frozen=True)
class Campaign:
    """A backlog with an end of its own; it adds a hard stop and never lengthens the 48 hours (S1)."""

    province: str
    received_until: datetime
    finish_by: datetime

    @classmethod
    def by_days(
        cls, province: str, received_through: dt.date, finish_on: dt.date, zone: ZoneInfo = VIETNAM
    ) -> "Campaign":
        """Both days inclusive, as letters count: until their last moment in Vietnam."""
        last = dt.time(23, 59, 59)
        return cls(
            province,
            # a report of 23:59:59.5 is still of that day
            datetime.combine(received_through, dt.time.max, zone),
            datetime.combine(finish_on, last, zone),
        )


# S1: «Chậm nhất đến 30/11/2021, xử lý xong toàn bộ các phản ánh … từ trước đến ngày 25/11/2021»; Ninh Thuận is
# part of Khánh Hòa (56) since 1 July 2025.
CAMPAIGNS = (Campaign.by_days("56", dt.date(2021, 11, 25), dt.date(2021, 11, 30)),)


def hard_stop(received_at: datetime, campaigns: Iterable[Campaign]) -> datetime | None:
    """The earliest end among the campaigns of the report's province that take it in."""
    received = _utc(received_at)
    return min((c.finish_by for c in campaigns if received <= c.received_until), default=None)


def _clock(day: dt.date, time: dt.time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time, zone).astimezone(dt.UTC)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(dt.UTC)
