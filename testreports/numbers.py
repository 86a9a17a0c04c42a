"""A lab's own numbers over the last twelve months: what is asked, how soon it answers, what comes of it, what is in use.

Each figure is counted in the database: the number of queries does not grow with the requests.
"""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncMonth
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookings.enums import BookingKind, BookingState
from bookings.models import Booking
from common.charts import Bar, Chart, Columns
from livinglabs.models import MOST_UNITS
from testreports.enums import State
from testreports.models import TestReport
from testrequests.enums import State as RequestState
from testrequests.models import Application

MONTHS_SHOWN = 12
DAY = timedelta(days=1)
#: A lab said yes, whatever became of it afterwards.
ACCEPTED = (RequestState.ACCEPTED, RequestState.AGREED, RequestState.RUNNING, RequestState.REPORTING, RequestState.COMPLETED)
BY_AGREEMENT = Q(state=RequestState.CANCELLED, agreed_at__isnull=False)


class Median(Aggregate):
    """The value in the middle; PostgreSQL alone knows it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


class LabNumbers:
    """The numbers of one lab at one moment."""

    def __init__(self, lab, *, now):
        self.lab, self.now = lab, now
        here = now.astimezone(lab.zone)
        first = here.year * 12 + here.month - MONTHS_SHOWN
        #: (year, month) of the months shown, the oldest first; this one is the last.
        self.months = [divmod(first + number, 12) for number in range(MONTHS_SHOWN)]
        self.months = [(year, month + 1) for year, month in self.months]
        year, month = self.months[0]
        self.since = datetime(year, month, 1, tzinfo=lab.zone)

    # ---- counted

    @cached_property
    def _applications(self):
        return Application.objects.filter(lab=self.lab, sent_at__gte=self.since, sent_at__lte=self.now).order_by()

    def _by_month(self, rows, column):
        month = TruncMonth(column, tzinfo=self.lab.zone)
        found = rows.order_by().annotate(month=month).values_list("month").annotate(n=Count("pk"))
        return Counter({(at.year, at.month): n for at, n in found})

    @cached_property
    def requests(self):
        """`{(year, month): number}` of requests sent to the lab."""
        return self._by_month(self._applications, "sent_at")

    @cached_property
    def reports(self):
        rows = TestReport.objects.filter(lab=self.lab, state=State.PUBLISHED, published_at__gte=self.since)
        return self._by_month(rows, "published_at")

    @cached_property
    def answers(self):
        """Counts of first answers by how long they took, and the one in the middle."""
        took = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
        promised = timedelta(days=self.lab.answer_days)
        late = Q(answered_at=None, state__in=(RequestState.SENT, RequestState.CLARIFYING), sent_at__lt=self.now - promised)
        return self._applications.annotate(took=took).aggregate(
            day=Count("pk", filter=Q(took__lte=DAY)),
            week=Count("pk", filter=Q(took__gt=DAY, took__lte=7 * DAY)),
            fortnight=Count("pk", filter=Q(took__gt=7 * DAY, took__lte=14 * DAY)),
            longer=Count("pk", filter=Q(took__gt=14 * DAY)),
            kept=Count("pk", filter=Q(took__lte=promised)),
            all=Count("pk", filter=Q(answered_at__isnull=False)),
            late=Count("pk", filter=late),
            middle=Median("took", filter=Q(answered_at__isnull=False)),
        )

    @cached_property
    def outcomes(self):
        yes = Q(state__in=ACCEPTED) | BY_AGREEMENT
        return self._applications.aggregate(
            accepted=Count("pk", filter=yes),
            declined=Count("pk", filter=Q(state=RequestState.DECLINED)),
            withdrawn=Count("pk", filter=Q(state=RequestState.WITHDRAWN) | Q(state=RequestState.CANCELLED, agreed_at=None)),
            waiting=Count("pk", filter=Q(state__in=(RequestState.SENT, RequestState.CLARIFYING))),
        )

    @cached_property
    def utilisation(self):
        """[(offer, per cent of its places that were taken)] since the offer was published, at most the months shown."""
        offers = list(self.lab.offers.listed().prefetch_related("texts"))
        held = Counter()
        bookings = Booking.objects.filter(offer__in=offers, state=BookingState.HELD, period__overlap=(self.since, self.now))
        begun = {offer.pk: max(self.since, offer.published_at or self.since) for offer in offers}
        blocked = Counter()
        for booking in bookings.only("offer_id", "unit", "last_unit", "period", "kind").select_related(None):
            seconds = self._seconds_in(booking.period, begun[booking.offer_id])
            if booking.kind == BookingKind.BLOCKED:
                blocked[booking.offer_id, booking.last_unit - booking.unit + 1] += seconds
            else:
                held[booking.offer_id] += seconds
        return [(offer, _share(held[offer.pk], self._there(offer, begun[offer.pk], blocked))) for offer in offers]

    def _seconds_in(self, period, begun):
        start, end = max(period.lower, begun), min(period.upper, self.now)
        return max(0, (end - start).total_seconds())

    def _there(self, offer, begun, blocked):
        """Seconds its places were there, without those the lab had blocked itself."""
        whole = (self.now - begun).total_seconds() * offer.capacity
        away = sum(
            min(units, offer.capacity) * seconds for (pk, units), seconds in blocked.items() if pk == offer.pk and units <= MOST_UNITS
        )
        return max(0, whole - away)

    # ---- shown

    @property
    def facts(self):
        """[(term, words)] of the four numbers people ask for first."""
        decided = self.outcomes["accepted"] + self.outcomes["declined"]
        return [
            (_("Requests in twelve months"), str(self.requests.total())),
            (_("Half of the first answers within"), days_in_words(self.answers["middle"])),
            (_("Answered as promised"), _per_cent(self.answers["kept"], self.answers["all"])),
            (_("Accepted, of those decided"), _per_cent(self.outcomes["accepted"], decided)),
            (_("Reports published"), str(self.reports.total())),
        ]

    @property
    def charts(self):
        return [chart for chart in (self._requests(), self._answers(), self._outcomes(), self._utilisation(), self._reports()) if chart]

    def _columns(self, key, title, counted, unit):
        bars = tuple((str(MONTHS_3[month])[:3], f"{MONTHS[month]} {year}", counted[year, month]) for year, month in self.months)
        text = _("%(number)d altogether.") % {"number": counted.total()}
        return Columns(key, title, bars, text, unit, _("Month"))

    def _requests(self):
        return self._columns("requests", _("Requests by month"), self.requests, _("Requests"))

    def _reports(self):
        return self._columns("reports", _("Reports published by month"), self.reports, _("Reports"))

    def _answers(self):
        counted, days = self.answers, self.lab.answer_days
        bars = (
            Bar(_("Within a day"), Decimal(counted["day"])), Bar(_("2 to 7 days"), Decimal(counted["week"])),
            Bar(_("8 to 14 days"), Decimal(counted["fortnight"])), Bar(_("Longer"), Decimal(counted["longer"])),
        )  # fmt: skip
        promise = ngettext("Promised: within %(days)d day.", "Promised: within %(days)d days.", days) % {"days": days}
        late = ngettext("%(number)d request waits longer than that.", "%(number)d requests wait longer than that.", counted["late"])
        text = f"{promise} {late % {'number': counted['late']}}" if counted["late"] else promise
        return Chart("answers", _("Time to the first answer"), bars, None, text, _("Requests"), _("Time"))

    def _outcomes(self):
        counted = self.outcomes
        bars = (
            Bar(pgettext("outcome of requests", "Accepted"), Decimal(counted["accepted"])),
            Bar(pgettext("outcome of requests", "Declined"), Decimal(counted["declined"])),
            Bar(pgettext("outcome of requests", "Withdrawn"), Decimal(counted["withdrawn"])),
            Bar(pgettext("outcome of requests", "Not decided yet"), Decimal(counted["waiting"]), is_before=True),
        )
        return Chart("outcomes", _("What came of them"), bars, None, "", _("Requests"), _("Outcome"))

    def _utilisation(self):
        if not self.utilisation:
            return None
        bars = tuple(Bar(str(offer), share) for offer, share in self.utilisation)
        text = _("How much of the time its places were taken, since it was published. What the lab blocked itself does not count.")
        return Chart("utilisation", _("Use of the offers, %"), bars, None, text, _("% of the time"), _("Offer"), whole=Decimal(100))

    @property
    def table(self):
        """Rows of the file: what, which, how much, in which unit."""
        rows = [(_("Figure"), _("Which"), _("Value"), _("Unit"))]
        for chart in self.charts:
            values = [(words, value) for _short, words, value in chart.bars] if isinstance(chart, Columns) else [
                (bar.label, bar.value) for bar in chart.bars
            ]  # fmt: skip
            rows += [(chart.title, words, value, chart.unit) for words, value in values]
        middle = self.answers["middle"]
        days = round(middle / DAY, 1) if middle is not None else ""
        return [*rows, (_("Half of the first answers within"), "", days, _("days"))]


def _share(part, whole):
    return Decimal(round(part / whole * 100)) if whole else Decimal(0)


def _per_cent(part, whole):
    return f"{round(part / whole * 100)} %" if whole else ""


def days_in_words(took):
    """“3 days”, “less than a day”; "" for none."""
    if took is None:
        return ""
    days = round(took / DAY)
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days} if days else _("less than a day")
