"""Events as lists show them: a page of cards, a month, and the next few on other pages. A constant number of queries each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.moments import clock
from common.months import DAY, Month
from common.navigation import address
from events.badges import badges
from events.models import Event, EventText
from events.moments import when, where
from taxonomy.models import Theme

A_PAGE = 24
MOST_IN_CELL = 4


def ready(events):
    """Everything that a card or a calendar shows comes along; the long texts stay behind for cards."""
    texts = EventText.objects.defer("description", "keywords", "vector")
    themes = Theme.objects.order_by("position", "slug")
    found = events.select_related("organisation", "municipality", "group")
    return found.prefetch_related(Prefetch("texts", texts), Prefetch("themes", themes), "group__texts")


@dataclass(frozen=True)
class Card:
    """One event in a list."""

    event: Event
    now: datetime

    def __str__(self):
        return str(self.event)

    def get_absolute_url(self):
        return self.event.get_absolute_url()

    @property
    def text(self):
        return self.event.text

    @property
    def is_past(self):
        return self.event.ends_at <= self.now

    @property
    def badges(self):
        return badges(self.event, taken=getattr(self.event, "taken", 0), past=self.is_past)

    @property
    def kicker(self):
        host = str(self.event.host or settings.PORTAL["name"])
        return f"{self.event.get_kind_display()} · {host}"

    @property
    def when(self):
        return when(self.event)

    @property
    def where(self):
        return where(self.event)

    @property
    def month(self):
        return date_format(self.event.starts, "M" if get_language() == "en" else "b")

    @property
    def day(self):
        return self.event.starts.day

    @property
    def weekday(self):
        return date_format(self.event.starts, "l")

    @property
    def seats(self):
        """“7 of 30 seats free”, or how many wait; "" where there is no limit."""
        event = self.event
        if self.is_past or event.is_cancelled or event.capacity is None or not event.takes_registrations:
            return ""
        free = max(0, event.capacity - event.taken)
        if free:
            return _("%(free)d of %(all)d seats free") % {"free": free, "all": event.capacity}
        return _("%(number)d on the waiting list") % {"number": event.waiting} if event.waiting else _("No seat free")


def cards(events, now=None):
    """[Card] of a queryset, in its order."""
    now = now or timezone.now()
    return [Card(event, now) for event in ready(events.with_seats())]


def next_cards(events, most, now=None):
    """The next few that are to come and take place."""
    now = now or timezone.now()
    return cards(events.taking_place().upcoming(now)[:most], now)


class ListPage:
    """One page of what is asked for."""

    def __init__(self, found, number):
        self.found, self.number = found, number
        self.url = address("events:list", get_language())

    @cached_property
    def page_obj(self):
        return Paginator(self.found.queryset, A_PAGE).page(self.number)

    @cached_property
    def cards(self):
        return cards(self.page_obj.object_list, self.found.now)

    @property
    def count(self):
        return self.page_obj.paginator.count

    @property
    def views(self):
        here = self.found.address
        return [
            {"label": _("To come"), "url": self.url + here(when=None), "icon": "calendar", "current": not self.found.is_past},
            {"label": _("Past"), "url": self.url + here(when="past"), "icon": "clock", "current": self.found.is_past},
            {"label": _("Month"), "url": address("events:month", get_language()) + here(when=None, **{"from": None, "to": None}),
             "icon": "grid", "current": False},
        ]  # fmt: skip

    @property
    def calendar_url(self):
        return address("events:calendar", get_language()) + self.found.address(when=None)

    @property
    def feed_url(self):
        return address("events:feed", get_language()) + self.found.address(when=None)


@dataclass(frozen=True)
class Shown:
    """One event in a cell of the month."""

    card: Card
    time: str


@dataclass(frozen=True)
class Day:
    date: date
    is_outside: bool
    is_today: bool
    shown: list
    more: int = 0

    @property
    def name(self):
        """What the number is called when it is read aloud."""
        return f"{date_format(self.date, 'l')} {date_format(self.date, 'MONTH_DAY_FORMAT')}"


class MonthPage(Month):
    """A month as a table of weeks, and the same as a list for phones. Days are those of the portal's clock."""

    def __init__(self, found, asked):
        super().__init__(ZoneInfo(settings.TIME_ZONE), asked, found.now)
        self.found = found

    @cached_property
    def cards(self):
        start = datetime.combine(self.days[0], time(), tzinfo=self.zone)
        end = datetime.combine(self.days[-1] + DAY, time(), tzinfo=self.zone)
        return cards(self.found.found.between(start, end), self.found.now)

    @cached_property
    def by_day(self):
        days = {}
        for card in self.cards:
            starts, ends = (moment.astimezone(self.zone) for moment in (card.event.starts_at, card.event.ends_at))
            day, last = starts.date(), (ends - timedelta(seconds=1)).date()
            while day <= min(last, self.days[-1]):
                days.setdefault(day, []).append(Shown(card, clock(starts) if day == starts.date() else ""))
                day += DAY
        return days

    def _day(self, day):
        here = self.by_day.get(day, [])
        return Day(day, day.month != self.first.month, day == self.today, here[:MOST_IN_CELL], max(0, len(here) - MOST_IN_CELL))

    @property
    def in_month(self):
        """The month's own events for phones, once each."""
        return [
            card for card in self.cards
            if card.event.starts_at.astimezone(self.zone).date() <= self.last
            and card.event.ends_at.astimezone(self.zone).date() >= self.first
        ]  # fmt: skip

    def _url(self, first):
        query = self.found.address(when=None, month=f"{first:%Y-%m}", **{"from": None, "to": None})
        return address("events:month", get_language()) + query

    @property
    def list_url(self):
        return address("events:list", get_language()) + self.found.address(when=None)
