"""A month as pages show it: its weeks on the clock of a place, and the months before and after."""

import calendar
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format

FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY = timedelta(days=1)


def month_asked(text):
    """The first day of “2026-12”, or None for what is no month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def month_words(first):
    """“December 2026”."""
    words = date_format(first, "F Y")
    return words[:1].upper() + words[1:]


def next_month(first):
    return (first + timedelta(days=32)).replace(day=1)


class Month:
    """A noun's month says where a month is shown (`_url(first)`) and what a cell shows (`_day(day)`)."""

    def __init__(self, zone, asked, now):
        self.zone, self.now = zone, now
        self.today = now.astimezone(zone).date()
        self.first = month_asked(asked) or self.today.replace(day=1)

    @property
    def title(self):
        return month_words(self.first)

    @property
    def last(self):
        return next_month(self.first) - DAY

    @cached_property
    def days(self):
        """Every day of the table, from a Monday to a Sunday."""
        return [day for week in calendar.Calendar().monthdatescalendar(self.first.year, self.first.month) for day in week]

    @cached_property
    def weeks(self):
        cells = [self._day(day) for day in self.days]
        return [cells[place : place + 7] for place in range(0, len(cells), 7)]

    @property
    def weekdays(self):
        """[(short, whole)] from Monday."""
        return [(date_format(day, "D"), date_format(day, "l")) for day in self.days[:7]]

    @property
    def before(self):
        first = (self.first - DAY).replace(day=1)
        return (self._url(first), month_words(first)) if first.year >= FIRST_YEAR else None

    @property
    def after(self):
        first = next_month(self.first)
        return (self._url(first), month_words(first)) if first.year <= LAST_YEAR else None
