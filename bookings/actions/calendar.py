"""The secret address of a lab's calendar, each of the lab's people having one of his or her own."""

import secrets

from django.utils import timezone

from bookings.models import LabCalendarKey


def new_key(lab, *, by, now=None):
    """A new address; the one before leads nowhere from now on. Returns the key."""
    fresh = {"nonce": secrets.token_urlsafe(18), "created_at": now or timezone.now()}
    return LabCalendarKey.objects.update_or_create(lab=lab, user=by, defaults=fresh)[0]


def give_up_key(lab, *, by):
    """No address any more. Returns whether there was one."""
    return bool(LabCalendarKey.objects.filter(lab=lab, user=by).delete()[0])
