"""The calendar of a lab for the lab's people: everything that is held and every visit that is to come, as a month and as a list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.calendars import lab_address, with_offers
from bookings.enums import ENDED, BookingKind, VisitState
from bookings.models import Booking, Visit
from bookings.months import BookingMonth
from bookings.periods import capital, in_words, is_whole_days, midnight
from common.moments import clock
from common.months import DAY

MOST_IN_CELL = 4
MOST_LISTED = 300
LOOKS = {BookingKind.AGREEMENT: ("success", "check"), BookingKind.VISIT: ("info", "users"), BookingKind.BLOCKED: ("neutral", "lock")}


@dataclass(frozen=True)
class Line:
    """A booking or a visit in the calendar."""

    starts: datetime
    ends: datetime
    title: str
    what: str
    look: tuple
    offer: Any
    units: str
    when: str
    url: str = ""
    booking: Any = None
    waits: bool = False

    @property
    def time(self):
        return "" if is_whole_days(self.starts, self.ends) else clock(self.starts)

    @property
    def releases(self):
        """Whether it can be given back here: visits are cancelled on their own page, agreements where they were made."""
        return self.booking is not None and self.booking.kind == BookingKind.BLOCKED and self.booking.period.upper > timezone.now()


@dataclass(frozen=True)
class Day:
    date: date
    lines: list
    more: int
    is_outside: bool
    is_today: bool

    @property
    def name(self):
        return f"{date_format(self.date, 'l')} {date_format(self.date, 'MONTH_DAY_FORMAT')}"


def of_booking(booking):
    zone = booking.zone
    return Line(
        booking.starts, booking.ends, str(booking), booking.get_kind_display(), LOOKS[booking.kind], booking.offer,
        _("Unit %(unit)s") % {"unit": booking.units} if booking.units else _("All units"),
        capital(in_words(booking.period.lower, booking.period.upper, zone)), booking=booking,
    )  # fmt: skip


def of_visit(visit):
    waits = visit.state == VisitState.ASKED
    look = ("success", "check") if visit.state == VisitState.CONFIRMED else ("warning", "clock")
    return Line(
        visit.starts, visit.ends, visit.delegation, visit.get_state_display(), look, visit.offer, "",
        capital(in_words(visit.starts_at, visit.ends_at, visit.offer.lab.zone)), url=visit.get_absolute_url(), waits=waits,
    )  # fmt: skip


class LabMonth(BookingMonth):
    """A month of a lab on its own clock. The number of questions does not grow with the rows."""

    def __init__(self, lab, user, asked="", now=None, as_list=False, form=None):
        super().__init__(lab.zone, asked, now, as_list)
        self.lab, self.user, self.form = lab, user, form

    @cached_property
    def lines(self):
        """What touches the weeks of the month, in the order of its start."""
        start, end = midnight(self.days[0], self.zone), midnight(self.days[-1] + DAY, self.zone)
        bookings = Booking.objects.filter(offer__lab=self.lab).exclude(kind=BookingKind.VISIT).held().within(start, end)
        visits = Visit.objects.filter(offer__lab=self.lab, starts_at__lt=end, ends_at__gt=start).exclude(state__in=ENDED)
        found = [of_booking(one) for one in with_offers(bookings)[:MOST_LISTED]] + [
            of_visit(one) for one in with_offers(visits)[:MOST_LISTED]
        ]
        return sorted(found, key=lambda line: (line.starts, line.title))

    @cached_property
    def by_day(self):
        days = {}
        for line in self.lines:
            day, last = max(line.starts.date(), self.days[0]), min((line.ends - timedelta(seconds=1)).date(), self.days[-1])
            while day <= last:
                days.setdefault(day, []).append(line)
                day += DAY
        return days

    def _day(self, day):
        here = self.by_day.get(day, [])
        return Day(day, here[:MOST_IN_CELL], max(0, len(here) - MOST_IN_CELL), day.month != self.first.month, day == self.today)

    @property
    def in_month(self):
        """Those that touch the month itself, once each."""
        return [one for one in self.lines if one.starts.date() <= self.last and (one.ends - timedelta(seconds=1)).date() >= self.first]

    @property
    def address(self):
        """The member's secret address of the calendar."""
        return lab_address(self.lab, self.user)

    @property
    def url(self):
        return reverse("bookings:calendar", args=[self.lab.slug])
