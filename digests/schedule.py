"""When a digest is due. The clock is an argument, and moments are compared in UTC, so that no change of the clocks matters.

A period is the reader's local date (daily), the ISO week (weekly), a block of 14 days counted from Monday, 1 January 2024 (every two
weeks; not odd and even weeks, because 2026 has 53) or the month. Within it the digest is due at the chosen hour of the chosen weekday:
in a block that of its first week, in a month the first such day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from digests.enums import Frequency

FIRST_BLOCK = date(2024, 1, 1)
BLOCK = 14
#: A digest whose moment passed in the period before is still sent when that is not longer ago: the scheduler may have been away.
LATE = timedelta(hours=36)


@dataclass(frozen=True)
class Due:
    """The period whose moment has passed, and that moment in UTC."""

    period: str
    at: datetime


def zone_of(name):
    """The time zone of this name; the portal's for a name that no machine knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def due(frequency, weekday, hour, zone_name, now):
    """The last `Due` before or at `now`; None where this period's moment has not come and the last one's is long past."""
    zone = zone_of(zone_name)
    today = now.astimezone(zone).date()
    current = _period(frequency, weekday, today)
    if (at := _moment(current[1], hour, zone)) <= now:
        return Due(current[0], at)
    name, day = _period(frequency, weekday, current[2] - timedelta(days=1))[:2]
    at = _moment(day, hour, zone)
    return Due(name, at) if now - at <= LATE else None


def next_due(frequency, weekday, hour, zone_name, now):
    """The next moment after `now`, in the reader's zone; None for a digest that is off."""
    if frequency == Frequency.OFF:
        return None
    zone = zone_of(zone_name)
    day = now.astimezone(zone).date()
    while True:
        _name, day_due, _first, following = _period(frequency, weekday, day)
        if (at := _moment(day_due, hour, zone)) > now:
            return at.astimezone(zone)
        day = following


def _period(frequency, weekday, day):
    """(name, the day on which it is due, its first day, the first day of the next) of the period that holds `day`."""
    if frequency == Frequency.DAILY:
        return day.isoformat(), day, day, day + timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        year, week, number = day.isocalendar()
        first = day - timedelta(days=number - 1)
        return f"{year}-W{week:02}", first + timedelta(days=weekday), first, first + timedelta(days=7)
    if frequency == Frequency.FORTNIGHTLY:
        block = (day - FIRST_BLOCK).days // BLOCK
        first = FIRST_BLOCK + timedelta(days=block * BLOCK)
        return f"block-{block}", first + timedelta(days=weekday), first, first + timedelta(days=BLOCK)
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return f"{first:%Y-%m}", first + timedelta(days=(weekday - first.weekday()) % 7), first, following


def _moment(day, hour, zone):
    """The hour on the reader's clock, in UTC. An hour that is skipped is the one after it; of one that comes twice it is the first."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)
