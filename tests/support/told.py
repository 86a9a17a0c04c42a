"""What the outbox holds after a verb, and whom its telling reaches."""

from django.utils import timezone

from notifications.fanout import tell
from notifications.models import Notification, OutboxEntry


def fan_out():
    """Tell everything that waits in the outbox."""
    for entry in OutboxEntry.objects.filter(fanned_out_at=None):
        tell(entry.pk, now=timezone.now())


def told(kind=""):
    """[(kind, name, reason)] of everybody who was told, in alphabetical order."""
    fan_out()
    rows = Notification.objects.filter(**({"entry__kind": kind} if kind else {}))
    return sorted(rows.values_list("entry__kind", "user__name", "reason"))
