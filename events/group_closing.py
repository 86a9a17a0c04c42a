"""Meetings of a working group that is closed: those still to begin are cancelled, and everybody who comes or waits is told why."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from events.actions import cancel
from events.models import Event
from events.moments import when
from workinggroups.closing import Ending, register_ending


def coming(group, now):
    return Event.objects.filter(group=group, starts_at__gt=now).taking_place().order_by("starts_at", "pk")


def end(event, by, now):
    """The reason is written in the language of the event: it is kept as one text."""
    text = event.text
    with override(text.language if text else None):
        reason = _("The working group is closed, and holds no more meetings.")
    cancel(event, by=by, reason=reason, now=now)


register_ending(Ending(coming, when, end))
