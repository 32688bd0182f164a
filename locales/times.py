"""Dates and times as people in Vietnam write them: 16:00 24/05/2026, «Chủ nhật 24/05»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_LOCALES = {lang: Locale.parse(lang) for lang in ("vi", "en")}


@dataclass(frozen=True)
class By:
    """A deadline, to be said as «16:00 Chủ nhật 24/05»; the year stands only where it is not this one."""

    at: datetime
    now: datetime


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    return f"{value.astimezone(ZONE):%H:%M %d/%m/%Y}"


def by(at: datetime, now: datetime, lang: str) -> str:
    local = at.astimezone(ZONE)
    weekday = format_date(local, "EEEE", locale=_LOCALES.get(lang, _LOCALES["vi"]))
    weekday = weekday[0].upper() + weekday[1:].lower() if lang == "vi" else weekday
    year = "" if local.year == now.astimezone(ZONE).year else f"/{local.year}"
    return f"{local:%H:%M} {weekday} {local:%d/%m}{year}"


def length(value: timedelta, lang: str) -> str:
    """«41 giờ», «35 phút»; whole hours are rounded down, so that nobody is promised more than there is (a begun
    minute counts as one, or a fresh ticket would read «còn 47 giờ»)."""
    minutes = ceil(abs(value).total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} phút" if lang == "vi" else f"{minutes} minute{'s' * (minutes != 1)}"
    hours = minutes // 60
    return f"{hours} giờ" if lang == "vi" else f"{hours} hour{'s' * (hours != 1)}"
