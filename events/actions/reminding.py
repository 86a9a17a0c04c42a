"""A reminder a day before, once for each who comes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events.models import Registration
from events.telling import tell_reminder

BEFORE = timedelta(hours=24)
A_CHUNK = 500


def remind(*, now=None):
    """Remind those registered for events that begin within a day; returns how many. May run twice, and at once with itself.

    Whoever registered on that last day has just been told and is not reminded.
    """
    now = now or timezone.now()
    reminded = 0
    while True:
        with transaction.atomic():
            due = Registration.objects.to_remind(now, now + BEFORE).select_for_update(skip_locked=True, of=("self",))
            rows = list(due.select_related("event").order_by("event", "pk")[:A_CHUNK])
            if not rows:
                return reminded
            Registration.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
            by_event = {}
            for row in rows:
                by_event.setdefault(row.event, []).append(row)
            for event, registrations in by_event.items():
                tell_reminder(event, registrations)
            reminded += len(rows)
