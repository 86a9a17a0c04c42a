"""Periods of days, in words; as far as they are known."""

from django.utils.translation import gettext as _

from bookings.periods import day_words, days_in_words


class PeriodInWords:
    """A period that is said in whatever language it is asked in."""

    def __init__(self, starts_on, ends_on):
        self.starts_on, self.ends_on = starts_on, ends_on

    def __str__(self):
        return in_words(self.starts_on, self.ends_on)


def in_words(starts_on, ends_on):
    if starts_on and ends_on:
        return days_in_words(starts_on, ends_on)
    if starts_on:
        return _("from %(start)s") % {"start": day_words(starts_on)}
    return _("until %(end)s") % {"end": day_words(ends_on)} if ends_on else ""
