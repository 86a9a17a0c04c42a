"""When, in words: on the clock of a place, in the reader's language. Shared by what takes place and what is booked."""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

#: Zones that people here choose from, beside the portal's own and an event's own.
OFFERED = (
    "Europe/Copenhagen", "Europe/Stockholm", "Europe/Oslo", "Europe/Helsinki", "Europe/Berlin", "Europe/London", "Europe/Lisbon",
    "Europe/Athens", "Atlantic/Reykjavik", "America/New_York", "America/Los_Angeles", "Asia/Singapore", "Asia/Tokyo", "UTC",
)  # fmt: skip

#: Cities of zones that are called otherwise in Danish or Swedish.
CITIES = {
    "Copenhagen": pgettext_lazy("city", "Copenhagen"),
    "Helsinki": pgettext_lazy("city", "Helsinki"),
    "Lisbon": pgettext_lazy("city", "Lisbon"),
    "Athens": pgettext_lazy("city", "Athens"),
    "Warsaw": pgettext_lazy("city", "Warsaw"),
    "Rome": pgettext_lazy("city", "Rome"),
    "Brussels": pgettext_lazy("city", "Brussels"),
}


@cache
def known_zones():
    return frozenset(available_timezones())


def is_zone(name):
    return name in known_zones()


def place_of_zone(name):
    """“Copenhagen”: the city a zone is named after, as people say it."""
    city = name.rpartition("/")[2].replace("_", " ")
    return str(CITIES.get(city, city))


def day_in_words(moment):
    """“Thursday 3 December 2026”."""
    return f"{date_format(moment, 'l')} {date_format(moment, 'DATE_FORMAT')}"


def clock(moment):
    """“13:00”, as the reader's language writes it."""
    return date_format(moment, "TIME_FORMAT")


def period_in_words(starts, ends):
    """“Thursday 3 December 2026, 13.00–15.30”, both on the clock they are given in; over several days both days."""
    if starts.date() == ends.date():
        return f"{day_in_words(starts)}, {clock(starts)}–{clock(ends)}"
    return f"{day_in_words(starts)}, {clock(starts)} – {day_in_words(ends)}, {clock(ends)}"


def on_the_clock_of(zone, words):
    """“… (Copenhagen time)”."""
    return _("%(when)s (%(place)s time)") % {"when": words, "place": place_of_zone(zone)}


def shows_our_clock(moment, zone):
    """Whether the clocks of `zone` show the same time as those of the portal's region just then."""
    return moment.astimezone(zone).utcoffset() == moment.astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()


def in_every_language(say):
    """`{language: words}` of what `say()` says in each of them."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words[code] = str(say())
    return words


def exists_on_the_clock(moment, zone):
    """Whether a clock in `zone` ever shows this: in the hour that is skipped in spring none does."""
    aware = moment.replace(tzinfo=zone)
    return aware.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None, fold=0) == moment.replace(fold=0)


def moved(moment, zone, days):
    """The same time on the clock, so many days later, whatever summer time does in between."""
    return (moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
