"""What a member does with the digest: choose, stop, keep something out. Each may be done twice without harm."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from digests.enums import Frequency
from digests.models import Muted, Subscription
from notifications.actions import follow, take_back_stop, unfollow
from notifications.actions import stop as stop_mails
from notifications.choices import EVERYTHING
from notifications.enums import Channel
from notifications.models import Choice, Follow

#: What moves the moment at which a digest is due: a new choice counts from now on.
SCHEDULE = ("frequency", "weekday", "hour")
#: The choice that stands for no mail at once at all.
NO_MAIL = {"kind": EVERYTHING, "channel": Channel.MAIL, "is_on": False}


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
        row.frequency_before = ""
        row.full_clean(exclude=["user"])
        row.save()
    return row


def stop(user_id):
    """No digest any more. A mail that waits is suppressed when its turn comes. A member who is gone needs none."""
    return Subscription.objects.on().filter(user=user_id).update(frequency_before=F("frequency"), frequency=Frequency.OFF)


def stop_all(user_id):
    """No digest and no other mail that a member can do without. Returns whether those other mails had come until now."""
    with transaction.atomic():
        stop(user_id)
        had_come = not Choice.objects.filter(user=user_id, **NO_MAIL).exists()
        stop_mails(user_id, EVERYTHING)
    return had_come


def begin_again(user_id, *, with_mails=False):
    """What a link stopped by mistake comes again as often as before, the digest and, `with_mails`, all others.

    A digest that its reader switched off in the settings stays off. The window goes on where it was: nothing is lost.
    """
    with transaction.atomic():
        stopped = Subscription.objects.filter(user=user_id, frequency=Frequency.OFF).exclude(frequency_before="")
        number = stopped.update(frequency=F("frequency_before"), frequency_before="")
        if with_mails:
            number += take_back_stop(user_id, EVERYTHING)
    return number


def keep_out(user_id, noun, *, now=None):
    """Keep a noun, given as (content type, primary key), out of the digest of a member who is still there."""
    kind, pk = noun
    if get_user_model().objects.filter(pk=user_id).exists() and ContentType.objects.filter(pk=kind).exists():
        Muted.objects.get_or_create(user_id=user_id, target_type_id=kind, target_id=pk, defaults={"at": now or timezone.now()})


def let_in(user_id, noun):
    """Let a noun that was kept out stand in the digest again."""
    return Muted.objects.filter(user=user_id, target_type=noun[0], target_id=noun[1]).delete()[0]


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
