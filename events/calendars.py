"""Which events stand in which calendar, and the secret address of a member's own."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.calendars import own_visits
from bookings.ics import visit_entries
from common.mail import absolute
from events.ics import calendar
from events.lists import ready
from events.models import CalendarKey, Event

#: Feeds reach so far back: whoever looks up last spring's meeting finds it, and the file stays small.
BACK = timedelta(days=400)
MOST = 1_000

_signer = signing.Signer(sep="~", salt="events.calendar")


def portal_calendar(found):
    """The calendar of an `EventFilter`, cancelled events too, without any link to take part online."""
    events = ready(found.found.filter(ends_at__gt=found.now - BACK).order_by("starts_at", "pk")[:MOST])
    return calendar(events, name=f"{settings.PORTAL['name']}: {_('Events')}")


def own_events(user, now):
    """What a member comes to or waits for, and what the member's working groups hold."""
    mine = user.registrations.standing().values("event")
    wanted = Q(pk__in=mine) | Q(group__in=user.group_memberships.values("group"))
    return Event.objects.visible_to(user).listed().filter(wanted, ends_at__gt=now - BACK).order_by("starts_at", "pk")


def own_calendar(user, now=None):
    """A member's calendar, with the links of what he or she is registered for, and the visits to living labs."""
    now = now or timezone.now()
    links = set(user.registrations.registered().values_list("event", flat=True))
    visits = visit_entries(own_visits(user, now)[:MOST])
    name = f"{settings.PORTAL['name']}: {_('My calendar')}"
    return calendar(ready(own_events(user, now)[:MOST]), name=name, links=links, more=visits)


def own_address(user):
    """The whole secret address, or "" for a member without one."""
    key = CalendarKey.objects.filter(user=user).first()
    if key is None:
        return ""
    return absolute(reverse("events:own_file", args=[_signer.sign_object([user.pk, key.nonce])]))


def owner_of(token):
    """The member whose calendar the address is for; None for an address that leads nowhere (any more)."""
    try:
        pk, nonce = _signer.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    key = CalendarKey.objects.filter(user=pk).select_related("user").first()
    if key is None or not secrets.compare_digest(str(nonce), key.nonce):
        return None
    return key.user if key.user.may_act else None
