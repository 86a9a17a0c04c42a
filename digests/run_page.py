"""What the administration shows of runs: of each in the list, and all there is to tell of one."""

from datetime import timedelta
from functools import cached_property
from math import ceil
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import TruncMinute
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from digests import counting, running, watching
from notifications.enums import DeliveryState
from notifications.models import Delivery
from notifications.reading import ERRORS, DeliveryRow
from records.trail import full_name, step, trail_of

MOST_ERRORS, MOST_FAILED, MOST_STEPS = 20, 10, 20
#: The timeline has at most so many rows, each of so many minutes.
ROWS, BINS = 24, (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440)
LATELY = timedelta(seconds=60)
#: Those who watch a run share its timeline and errors for so many seconds; its numbers change sooner.
SHARED = 10
#: States whose error says something; of those that wait, only those that were tried.
WITH_ERRORS = Q(state__in=(DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.SUPPRESSED)) | Q(
    state=DeliveryState.PENDING, attempts__gt=0
)


def rows_of(runs, now, *, shared=False):
    """A `RunRow` for each of these runs, with one query for the numbers of all that are not complete."""
    counts = counting.counts_of(runs, shared=shared)
    return [RunRow(run, counts[run.pk], now) for run in runs]


class RunRow:
    """One run as a row of the list."""

    def __init__(self, run, counts, now):
        self.run, self.counts, self.now = run, counts, now

    @property
    def url(self):
        return reverse("digests_cms:run", args=[self.run.pk])

    @property
    def states(self):
        """[(label, number, address of its deliveries)] of the states there are any in."""
        found = ((state, self.counts.get(state, 0)) for state in DeliveryState)
        return [(state.label, number, deliveries_url(self.run, state)) for state, number in found if number]

    @property
    def planned(self):
        return counting.planned(self.counts)

    @property
    def done(self):
        return self.planned - self.under_way

    @property
    def percent(self):
        return 100 * self.done // self.planned if self.planned else 100

    @property
    def under_way(self):
        return counting.under_way(self.counts)

    @property
    def is_live(self):
        """Whether its numbers change by themselves."""
        return bool(self.under_way) and not self.run.halted_at

    @property
    def failed(self):
        return self.counts.get(DeliveryState.FAILED, 0)

    @property
    def stands(self):
        """Where it stands, in a word."""
        if self.run.cancelled_at:
            return pgettext("run", "Cancelled")
        if not self.under_way:
            return pgettext("run", "Complete")
        return pgettext("run", "Halted") if self.run.halted_at else pgettext("run", "Under way")

    @property
    def trouble(self):
        return str(watching.TROUBLE.get(watching.trouble(self.run, self.counts, self.now), ""))

    @property
    def verbs(self):
        """[(address, label, what to know before)] of what can be done with it now."""
        found = []
        if self.under_way and not self.run.cancelled_at:
            found.append(("go-on", _("Go on"), "") if self.run.halted_at else ("halt", _("Halt"), ""))
            about = _("What waits is not sent any more. What it held stands in each reader's next digest. This cannot be taken back.")
            found.append(("cancel", _("Cancel the rest"), about))
        if self.failed and not self.run.cancelled_at:
            found.append(("again", _("Send the failed ones again"), ""))
        return [(reverse(f"digests_cms:{verb}", args=[self.run.pk]), label, about) for verb, label, about in found]


class RunPage(RunRow):
    """All there is to tell of one run."""

    def __init__(self, run, now, *, shared=False):
        super().__init__(run, counting.counts_of([run], shared=shared)[run.pk], now)
        self.shared = shared

    @cached_property
    def minutes(self):
        """[(minute, state, number, number in the last minute)] of what is over: one query, shared by those who watch."""
        return self._shared("minutes", self._minutes)

    def _minutes(self):
        over = Delivery.objects.filter(run=self.run, finished_at__isnull=False).order_by()
        by_minute = over.annotate(minute=TruncMinute("finished_at")).values_list("minute", "state")
        return list(by_minute.annotate(number=Count("pk"), lately=Count("pk", filter=Q(finished_at__gt=self.now - LATELY))))

    @property
    def said(self):
        """What a screen reader says as it goes on: no more often than at each tenth."""
        return f"{self.stands}, {self.percent // 10 * 10} %"

    @property
    def began_at(self):
        return min((row[0] for row in self.minutes), default=None)

    @property
    def ended_at(self):
        """When it was complete; None while something is under way."""
        return None if self.under_way else self.run.completed_at or max((row[0] for row in self.minutes), default=None)

    @property
    def rate(self):
        """Mails a second: of the last minute while it is under way, else of the whole run."""
        if self.is_live:
            seconds = min(LATELY.total_seconds(), max(1, (self.now - self.run.planned_at).total_seconds()))
            return round(sum(row[3] for row in self.minutes) / seconds, 1)
        seconds = (self.ended_at - self.run.planned_at).total_seconds() if self.ended_at else 0
        return round(self.done / max(1, seconds), 1) if self.done else 0

    @property
    def ends_at(self):
        """When it will be complete if it goes on as in the last minute; None where nobody can say."""
        return self.now + timedelta(seconds=self.under_way / self.rate) if self.is_live and self.rate else None

    @cached_property
    def timeline(self):
        """[(moment, mails sent, others, part of the liveliest row in percent)], in equal steps."""
        if not self.minutes:
            return []
        first = self.began_at
        span = ceil((max(row[0] for row in self.minutes) - first).total_seconds() / 60) + 1
        step_of = next((size for size in BINS if span <= size * ROWS), ceil(span / ROWS))
        found = [[first + timedelta(minutes=step_of * place), 0, 0] for place in range(ceil(span / step_of))]
        for minute, state, number, _lately in self.minutes:
            row = found[int((minute - first).total_seconds() // (60 * step_of))]
            row[1 if state == DeliveryState.SENT else 2] += number
        most = max(sent + other for _at, sent, other in found)
        return [(timezone.localtime(at), sent, other, 100 * (sent + other) // most) for at, sent, other in found]

    @cached_property
    def errors(self):
        """[(state, what was said, number, address of these deliveries)], the most frequent first."""
        rows = self._shared("errors", self._errors)
        return [
            (DeliveryState(state).label, str(ERRORS.get(said, said)), number, deliveries_url(self.run, state, said))
            for state, said, number in rows
        ]

    def _errors(self):
        rows = Delivery.objects.filter(WITH_ERRORS, run=self.run).exclude(error="").with_said().order_by().values_list("state", "said")
        return list(rows.annotate(number=Count("pk")).order_by("-number", "state", "said")[:MOST_ERRORS])

    @cached_property
    def first_failed(self):
        rows = Delivery.objects.filter(run=self.run, state=DeliveryState.FAILED).select_related("user", "entry")
        return [DeliveryRow(delivery) for delivery in rows.order_by("finished_at", "pk")[:MOST_FAILED]]

    @property
    def can_be_sent_again(self):
        """How many of the failed ones the button sends again: those whose readers have had no later digest."""
        return running.failed_to_send(self.run).count() if self.failed and not self.run.cancelled_at else 0

    @cached_property
    def trail(self):
        return [step(entry, full_name(entry)) for entry in trail_of(self.run)[:MOST_STEPS]]

    def _shared(self, name, read):
        return cache.get_or_set(f"run-{name}-{self.run.pk}", read, SHARED) if self.shared and self.is_live else read()


def deliveries_url(run, state, said=None):
    """The deliveries of a run in one state, and with one error."""
    wanted = {"run": run.pk, "state": str(state)} | ({} if said is None else {"said": said})
    return f"{reverse('deliveries_cms:list')}?{urlencode(wanted)}"


def words_for(verb, number):
    """What a moderator reads after a button of a run."""
    if verb == "again":
        words = ngettext("%(number)d mail waits for the sender again.", "%(number)d mails wait for the sender again.", number)
        return words % {"number": number}
    return {
        "halt": _("The run is halted: what senders have in their hands goes out, the rest waits."),
        "go-on": _("The run goes on."),
        "cancel": _("The rest is cancelled. What it held stands in each reader's next digest."),
    }[verb]
