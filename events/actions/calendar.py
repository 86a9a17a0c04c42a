"""The secret address of a member's own calendar."""

import secrets

from django.utils import timezone

from events.models import CalendarKey


def new_key(user, *, now=None):
    """A new address; the one before leads nowhere from now on. Returns the key."""
    fresh = {"nonce": secrets.token_urlsafe(18), "created_at": now or timezone.now()}
    return CalendarKey.objects.update_or_create(user=user, defaults=fresh)[0]


def give_up_key(user):
    """No address any more. Returns whether there was one."""
    return bool(CalendarKey.objects.filter(user=user).delete()[0])
