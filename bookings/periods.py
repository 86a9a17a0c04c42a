"""Periods: from what people write to moments, and back to words, on the clock of the lab."""

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.moments import clock, on_the_clock_of, period_in_words, shows_our_clock

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
LONGEST = timedelta(days=3_660)  # ten years
DAY = timedelta(days=1)


def midnight(day, zone):
    """The moment at which a day begins on the clock of a place."""
    return datetime.combine(day, time(), tzinfo=zone)


def as_moments(start, end, zone):
    """(start, end) in UTC: days are whole ones, the last of them included. Moments without a zone are on the clock of the lab.

    Raises `ValidationError` for a year that is none.
    """
    if not (EARLIEST_YEAR <= start.year <= LATEST_YEAR and EARLIEST_YEAR <= end.year <= LATEST_YEAR):
        words = _("Choose days between the years %(first)d and %(last)d.") % {"first": EARLIEST_YEAR, "last": LATEST_YEAR}
        raise ValidationError({"start": ValidationError(words, code="year")})
    return _moment(start, zone), _moment(end + DAY if _is_day(end) else end, zone)


def _is_day(value):
    return isinstance(value, date) and not isinstance(value, datetime)


def _moment(value, zone):
    """In UTC: two moments of one zone are compared by its clock, and the hour that comes twice would be one."""
    if _is_day(value):
        value = midnight(value, zone)
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def check(start, end, *, now):
    """Refuse a period that nobody can hold: reversed, over, too long. Raises `ValidationError` by field."""
    if end <= start:
        raise _refusal(_("The end lies before the start."), "reversed")
    if end <= now:
        raise _refusal(_("This period is over."), "over")
    if end - start > LONGEST:
        raise _refusal(_("A booking lasts ten years at most."), "too_long")


def _refusal(words, code):
    return ValidationError({"end": ValidationError(words, code=code)})


def is_whole_days(start, end):
    """Whether both, on the clock they are given in, are midnight."""
    return start.time() == time() == end.time()


def in_words(start, end, zone, *, with_zone=False):
    """“1 December 2026 – 14 December 2026” for whole days, with the times for anything else; the clock's place where it is not ours."""
    start, end = start.astimezone(zone), end.astimezone(zone)
    if is_whole_days(start, end):
        return days_in_words(start.date(), (end - timedelta(seconds=1)).date())
    words = period_in_words(start, end) if start.date() == end.date() else f"{_edge(start)} – {_edge(end, is_end=True)}"
    return on_the_clock_of(str(zone), words) if with_zone or not shows_our_clock(start, zone) else words


def _edge(moment, *, is_end=False):
    """One end of a period over several days: the day, and the time where it is not midnight."""
    if moment.time() == time():
        return day_words((moment - timedelta(seconds=1) if is_end else moment).date())
    return f"{day_words(moment)}, {clock(moment)}"


def days_in_words(first, last):
    """“1 December 2026”, “1–14 December 2026”, “28 December 2026 – 3 January 2027”."""
    if first == last:
        return day_words(first)
    return f"{day_words(first)} – {day_words(last)}"


def day_words(day):
    return date_format(day, "DATE_FORMAT")


def capital(text):
    return text[:1].upper() + text[1:]
