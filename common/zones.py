"""A time zone as calendars carry it: the VTIMEZONE of RFC 5545, 3.6.5, read from the zone data of the machine.

icalendar can make one, too, but writes the hour of the change to summer time on the clock after the change (7.3.0); the standard wants
the clock before it, and a program that believes the file would be an hour off that morning.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

UTC = ZoneInfo("UTC")
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def changes(name, first_year, last_year):
    """[(moment in UTC, offset before, offset after, name after, is summer time)] of a zone within whole years."""
    zone, found = ZoneInfo(name), []
    moment, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        if _offset(moment, zone) != _offset(moment + DAY, zone):
            change = _change_between(moment, moment + DAY, zone)
            after = change.astimezone(zone)
            found.append((change, _offset(change - timedelta(seconds=1), zone), after.utcoffset(), after.tzname(), bool(after.dst())))
        moment += DAY
    return tuple(found)


def _offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


def _change_between(before, after, zone):
    """The first second with the later offset."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        before, after = (middle, after) if _offset(middle, zone) == _offset(before, zone) else (before, middle)
    return after


@lru_cache(maxsize=64)
def vtimezone(name, first_year, last_year):
    """The component for a zone, right for these years and open at both ends."""
    component = Timezone()
    component.add("tzid", name)
    start = datetime(first_year, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(name))
    component.add_component(_part(bool(start.dst()), start.utcoffset(), start.utcoffset(), start.tzname(), [start.replace(tzinfo=None)]))
    kinds = {}
    for moment, before, after, name_after, is_summer in changes(name, first_year, last_year):
        kinds.setdefault((is_summer, before, after, name_after), []).append((moment + before).replace(tzinfo=None))
    for (is_summer, before, after, name_after), onsets in kinds.items():
        component.add_component(_part(is_summer, before, after, name_after, onsets))
    return component


def _part(is_summer, before, after, name, onsets):
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    part.add("dtstart", onsets[0])
    for onset in onsets[1:]:
        part.add("rdate", onset)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name)
    return part
