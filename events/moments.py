"""When and where, in words: on the clock of the event's place, in the reader's language."""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

#: Zones that people here choose from, beside the portal's own and an event's own.
OFFERED = (
    "Europe/Copenhagen", "Europe/Stockholm", "Europe/Oslo", "Europe/Helsinki", "Europe/Berlin", "Europe/London", "Europe/Lisbon",
    "Europe/Athens", "Atlantic/Reykjavik", "America/New_York", "America/Los_Angeles", "Asia/Singapore", "Asia/Tokyo", "UTC",
)  # fmt: skip


@cache
def known_zones():
    return frozenset(available_timezones())


def is_zone(name):
    return name in known_zones()


def place_of_zone(name):
    """“Copenhagen”: the city a zone is named after, as people say it."""
    return name.rpartition("/")[2].replace("_", " ")


def day_in_words(moment):
    """“Thursday 3 December 2026”."""
    return date_format(moment, "l j F Y")


def clock(moment):
    """“13:00”, as the reader's language writes it."""
    return date_format(moment, "TIME_FORMAT")


def when(event, *, with_zone=None):
    """“Thursday 3 December 2026, 13.00–15.30”; over several days both days, and the zone where it is not the portal's."""
    starts, ends = event.starts, event.ends
    if starts.date() == ends.date():
        words = f"{day_in_words(starts)}, {clock(starts)}–{clock(ends)}"
    else:
        words = f"{day_in_words(starts)}, {clock(starts)} – {day_in_words(ends)}, {clock(ends)}"
    if with_zone if with_zone is not None else not_on_our_clock(event):
        words = _("%(when)s (%(place)s time)") % {"when": words, "place": place_of_zone(event.time_zone)}
    return words


def not_on_our_clock(event):
    """Whether the clocks of the event's place show another time than those of the portal's region just then."""
    return event.starts.utcoffset() != event.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()


def in_every_language(say):
    """`{language: words}` of what `say()` says in each of them."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words[code] = str(say())
    return words


def where_on_site(event):
    """“Town hall, Albertslund”; the municipality is not said twice."""
    place, town = event.place, str(event.municipality or "")
    return place if town and town in place else ", ".join(part for part in (place, town) if part)


def where(event):
    """“Town hall, Albertslund”, “Online”, or both; "" where nothing is said yet."""
    here = where_on_site(event)
    if event.online_url and here:
        return _("%(place)s, and online") % {"place": here}
    return _("Online") if event.online_url else here


def exists_on_the_clock(moment, zone):
    """Whether a clock in `zone` ever shows this: in the hour that is skipped in spring none does."""
    aware = moment.replace(tzinfo=zone)
    return aware.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None, fold=0) == moment.replace(fold=0)


def moved(moment, zone, days):
    """The same time on the clock, so many days later, whatever summer time does in between."""
    return (moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
