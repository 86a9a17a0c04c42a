"""What a member does with the digest: choose, stop, keep something out. Each may be done twice without harm."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from digests.enums import Frequency
from digests.models import Muted, Subscription
from notifications.actions import follow, unfollow
from notifications.models import Follow

#: What moves the moment at which a digest is due: a new choice counts from now on.
SCHEDULE = ("frequency", "weekday", "hour")


def choose(user, *, time_zone=None, now=None, **wanted):
    """Keep how `user` wants the digest; `wanted` are fields of `Subscription`. Returns the row.

    A new schedule counts from `now`, so that nothing becomes due in the past. The window of the first digest begins when it is
    switched on.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row, _is_new = Subscription.objects.select_for_update().get_or_create(
            user=user, defaults={"frequency": Frequency.OFF, "since": now, "started_at": now}
        )
        was_on, before = row.is_on, tuple(getattr(row, name) for name in SCHEDULE)
        for name, value in wanted.items():
            setattr(row, name, value)
        if time_zone and time_zone != user.time_zone:
            user.time_zone = time_zone
            user.save(update_fields=["time_zone"])
            row.since = now
        if before != tuple(getattr(row, name) for name in SCHEDULE):
            row.since = now
        if row.is_on and not was_on:
            row.started_at = max(row.started_at, now)
        row.full_clean(exclude=["user"])
        row.save()
    return row


def stop(user_id):
    """No digest any more. A mail that waits is suppressed when its turn comes. A member who is gone needs none."""
    return Subscription.objects.filter(user=user_id).update(frequency=Frequency.OFF)


def keep_out(user_id, noun, *, now=None):
    """Keep a noun, given as (content type, primary key), out of the digest of a member who is still there."""
    kind, pk = noun
    if get_user_model().objects.filter(pk=user_id).exists() and ContentType.objects.filter(pk=kind).exists():
        Muted.objects.get_or_create(user_id=user_id, target_type_id=kind, target_id=pk, defaults={"at": now or timezone.now()})


def let_in(user, noun):
    """Let a noun that was kept out stand in the digest again."""
    return Muted.objects.filter(user=user, target_type=noun[0], target_id=noun[1]).delete()[0]


def follow_only(user, model, wanted):
    """Of the nouns of `model`, follow `wanted` and no others."""
    kind = ContentType.objects.get_for_model(model)
    with transaction.atomic():
        mine = set(Follow.objects.filter(user=user, target_type=kind).values_list("target_id", flat=True))
        for noun in wanted:
            if noun.pk not in mine:
                follow(user, noun)
        for noun in model.objects.filter(pk__in=mine - {noun.pk for noun in wanted}):
            unfollow(user, noun)
