"""Channels that let the desk speak first only for some time after a person was last heard (zalo.md: 48 hours free)."""

import datetime as dt
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

OPEN = timedelta(hours=48)
LEAD = timedelta(hours=3)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT, MORNING, EVENING = dt.time(22), dt.time(7), dt.time(21)


def closes(heard: datetime) -> datetime:
    return heard + OPEN


def remind_at(heard: datetime, zone: ZoneInfo = VIETNAM) -> datetime:
    """Three hours before it closes; what would fall into the night comes the evening before."""
    at = closes(heard) - LEAD
    local = at.astimezone(zone)
    if MORNING <= local.time() < NIGHT:
        return at
    day = local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)
    return datetime.combine(day, EVENING, zone).astimezone(dt.UTC)
