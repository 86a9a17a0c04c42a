"""Questions about notifications and deliveries."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Case, Count, F, Max, Q, Value, When
from django.db.models.functions import Cast, Concat, TruncDate

from notifications.enums import DeliveryState


class FollowQuerySet(models.QuerySet):
    def of_nouns(self, pairs):
        """Follows of any of these nouns, given as (content type id, primary key)."""
        wanted = Q(pk__in=())
        for type_id, pk in pairs:
            wanted |= Q(target_type=type_id, target_id=pk)
        return self.filter(wanted)


class OutboxQuerySet(models.QuerySet):
    def waiting(self, now):
        """Entries nobody was told of yet, whose next try is due."""
        return self.filter(fanned_out_at=None, next_attempt_at__lte=now).order_by("pk")


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A member's own notifications; nobody else's, and none that only waits for the digest."""
        return self.filter(user=user, is_shown=True) if getattr(user, "may_act", False) else self.none()

    def unread(self):
        return self.filter(read_at=None)

    def for_list(self):
        """With everything a row of the list shows, newest first."""
        return self.select_related("entry__by", "entry__target_type").order_by("-pk")

    def of_kinds(self, names):
        return self.filter(entry__kind__in=names)

    def bundles(self, zone):
        """What is read as one: (what is together, the day on that clock), with the keys of its notifications; the newest first."""
        alone = Concat(Value("entry:"), Cast("entry_id", models.TextField()))
        bundle = Case(When(entry__together="", then=alone), default=F("entry__together"), output_field=models.TextField())
        found = self.annotate(bundle=bundle, day=TruncDate("entry__at", tzinfo=zone)).order_by().values("bundle", "day")
        return found.annotate(newest=Max("pk"), keys=ArrayAgg("pk", default=Value([]))).order_by("-day", "-newest")

    def together_with(self, notification, zone):
        """What stands in one bundle with this notification and is not newer: nothing that came after the reader looked."""
        entry = notification.entry
        if not entry.together:
            return self.filter(pk=notification.pk)
        begins = datetime.combine(entry.at.astimezone(zone).date(), time(), tzinfo=zone)
        ends = datetime.combine(begins.date() + timedelta(days=1), time(), tzinfo=zone)
        return self.filter(entry__together=entry.together, entry__at__gte=begins, entry__at__lt=ends, pk__lte=notification.pk)


#: What differs from mail to mail in the answers of mail servers: addresses and long numbers.
PERSONAL = r"[^\s<>]+@[^\s<>]+|[0-9A-Za-z-]*[0-9]{5,}[0-9A-Za-z-]*"


class Said(models.Func):
    """What went wrong, without what names one person or one mail."""

    function, template = "regexp_replace", "%(function)s(%(expressions)s, 'g')"

    def __init__(self, error):
        super().__init__(error, models.Value(PERSONAL), models.Value("…"), output_field=models.CharField())


class DeliveryQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting deliveries whose time has come, the most pressing first; none of a run that is halted."""
        due = self.filter(Q(run=None) | Q(run__halted_at=None), state=DeliveryState.PENDING, next_attempt_at__lte=now)
        return due.order_by("priority", "next_attempt_at", "pk")

    def for_list(self):
        """With everything a row of the administration shows, newest first."""
        return self.select_related("user", "entry").order_by("-pk")

    def with_said(self):
        """Each with `said`: its error, the same for all that failed for the same cause."""
        return self.annotate(said=Said("error"))

    def count_by_state(self):
        """`{state: number}` for every state, in their order."""
        found = dict(self.order_by().values_list("state").annotate(Count("pk")))
        return {state: found.get(state, 0) for state in DeliveryState}
