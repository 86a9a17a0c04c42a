"""What is free, as pages show it: a month of an offer as a table and as a list, eight weeks of a lab, a line on an offer's card."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.free import free_in, held, held_of_many
from bookings.months import BookingMonth
from bookings.periods import day_words, in_words, midnight
from common.moments import day_in_words, place_of_zone, shows_our_clock
from common.months import DAY, next_month
from common.publishing import State
from livinglabs.enums import OfferKind

WEEKS = 8
WEEK = timedelta(days=7)
#: A list of free periods reaches so far.
LISTED = timedelta(days=183)
MOST_LISTED = 12
FEW = 3  # a third of the units or fewer: few


@dataclass(frozen=True)
class FreeDay:
    """A cell: how many units are free on the whole of the day, and what is said of it."""

    date: date
    free: int
    capacity: int
    has_gaps: bool  # something is held, but not throughout the day
    is_outside: bool
    is_past: bool
    is_today: bool
    url: str = ""

    @property
    def look(self):
        if self.is_past:
            return ""
        if self.free == 0:
            return "few" if self.has_gaps else "full"
        return "few" if self.free < self.capacity and self.free * FEW <= self.capacity else "free"

    @property
    def words(self):
        if self.is_past:
            return ""
        if self.free == 0:
            return _("Partly free") if self.has_gaps else _("Full")
        if self.capacity == 1:
            return _("Free")
        return _("%(number)d free") % {"number": self.free}

    @property
    def name(self):
        """What the day is called when it is read aloud."""
        return day_in_words(self.date)


class OfferMonth(BookingMonth):
    """A month of one offer on the clock of the lab: a table of weeks, and the free periods as a list. Two questions."""

    def __init__(self, offer, asked="", now=None, as_list=False):
        super().__init__(offer.lab.zone, asked, now, as_list)
        self.offer = offer

    @property
    def clock_note(self):
        """Said where the lab's clock is not the reader's region's."""
        if shows_our_clock(self.now, self.zone):
            return ""
        return _("Days are those of %(place)s.") % {"place": place_of_zone(self.offer.lab.time_zone)}

    @cached_property
    def _held(self):
        return held(self.offer, midnight(self.days[0], self.zone), midnight(self.days[-1] + DAY, self.zone))

    def _day(self, day):
        start, end = midnight(day, self.zone), midnight(day + DAY, self.zone)
        capacity = self.offer.capacity
        touched, whole = set(), set()
        for row in self._held:
            if row.start < end and row.end > start:
                units = row.units(capacity)
                touched.update(units)
                if row.start <= start and row.end >= end:
                    whole.update(units)
        is_past, free = day < self.today, capacity - len(touched)
        ask = self.takes_visits and day >= self.first_day and (free or touched - whole)
        return FreeDay(
            day, free, capacity, bool(touched - whole), day.month != self.first.month, is_past, day == self.today,
            f"{self.visit_url}?day={day:%Y-%m-%d}" if ask else "",
        )  # fmt: skip

    @cached_property
    def free_list(self):
        """[(period, how many)] of what is free in this month, from today on; in the current one, half a year ahead."""
        start = midnight(max(self.first, self.first_day if self.takes_visits else self.today), self.zone)
        end = start + LISTED if self.first <= self.today else midnight(next_month(self.first), self.zone)
        if end <= start:
            return []
        rows = held(self.offer, start, end)
        found = free_in(rows, self.offer.capacity, start, end)
        return [(self._words(one, end), self._number(one.units)) for one in found[:MOST_LISTED]]

    def _words(self, free, end):
        if free.end == end and self.first <= self.today:
            return _("From %(day)s on") % {"day": in_words(free.start, free.start + DAY, self.zone)}
        return in_words(free.start, free.end, self.zone)

    def _number(self, units):
        if self.offer.capacity == 1:
            return _("Free")
        return ngettext("%(number)d unit free", "%(number)d units free", units) % {"number": units}

    # ---- visits

    @property
    def takes_visits(self):
        return self.offer.kind == OfferKind.VISIT and self.offer.state == State.PUBLISHED and self.offer.lab.state == State.PUBLISHED

    @property
    def first_day(self):
        """The first day that can still be asked for."""
        return self.today + timedelta(days=self.offer.lead_days)

    @property
    def lead_note(self):
        if not self.offer.lead_days:
            return ""
        return _("Ask at least %(days)d days before: the first day is %(day)s.") % {
            "days": self.offer.lead_days, "day": day_words(self.first_day),
        }  # fmt: skip

    @property
    def visit_url(self):
        return reverse("bookings:ask", args=[self.offer.lab.slug, self.offer.slug])

    @property
    def url(self):
        return reverse("bookings:free", args=[self.offer.lab.slug, self.offer.slug])


class FreeSection:
    """On the page of an offer: this month."""

    @staticmethod
    def read(page):
        offer = page.offer
        if offer.state != State.PUBLISHED or offer.lab.state != State.PUBLISHED:
            return None
        return OfferMonth(offer)


@dataclass(frozen=True)
class FreeWeek:
    """A cell: the least that is free on any day of a week."""

    free: int
    capacity: int

    @property
    def look(self):
        if self.free == 0:
            return "full"
        return "few" if self.free < self.capacity and self.free * FEW <= self.capacity else "free"

    @property
    def words(self):
        return str(self.free) if self.free else _("Full")


class LabCapacity:
    """Offers of a lab by weeks: how many units are free throughout each of the next eight. One question for all offers."""

    def __init__(self, lab, offers, now=None):
        self.lab, self.offers = lab, offers
        today = (now or timezone.now()).astimezone(lab.zone).date()
        monday = today - timedelta(days=today.weekday())
        self.weeks = [monday + number * WEEK for number in range(WEEKS)]

    @classmethod
    def read(cls, page):
        offers = [one["offer"] for one in page.offers if one["offer"].state == State.PUBLISHED]
        return cls(page.lab, offers) if offers and page.lab.state == State.PUBLISHED else None

    @property
    def numbers(self):
        """[(number of the week, its days in words)]."""
        return [(week.isocalendar().week, f"{day_words(week)} – {day_words(week + timedelta(days=6))}") for week in self.weeks]

    @cached_property
    def rows(self):
        """[(offer, [FreeWeek])]."""
        zone = self.lab.zone
        bounds = [(midnight(week, zone), midnight(week + WEEK, zone)) for week in self.weeks]
        by_offer = held_of_many(self.offers, bounds[0][0], bounds[-1][1])
        return [(offer, [_free_week(by_offer.get(offer.pk, []), offer.capacity, *bound) for bound in bounds]) for offer in self.offers]


def _free_week(rows, capacity, start, end):
    taken = {unit for row in rows if row.start < end and row.end > start for unit in row.units(capacity)}
    return FreeWeek(capacity - len(taken), capacity)


def free_notes(offers, user):
    """`{primary key: “Free now” or “Free from 12 January 2027”}` of published offers, in one question."""
    published = [one for one in offers if one.state == State.PUBLISHED and one.lab.state == State.PUBLISHED]
    if not published:
        return {}
    now = timezone.now()
    by_offer = held_of_many(published, now, now + 2 * LISTED)
    return {offer.pk: words for offer in published if (words := _free_from(offer, by_offer.get(offer.pk, []), now))}


def _free_from(offer, rows, now):
    found = free_in(rows, offer.capacity, now, now + 2 * LISTED)
    if not found:
        return _("Full for a year")
    if found[0].start <= now:
        return _("Free now")
    return _("Free from %(day)s") % {"day": day_words(found[0].start.astimezone(offer.lab.zone).date())}
