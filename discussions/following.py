"""Who hears of a thread: those who follow it; nobody who has muted it."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, OuterRef, Value, When

from conversations.models import Thread
from discussions.models import Mute
from notifications.actions import follow, unfollow
from notifications.models import Follow


class Choice(models.TextChoices):
    """What a member hears of a thread."""

    FOLLOW = "follow"
    MUTE = "mute"


def follows_of(thread):
    return Follow.objects.filter(target_type=ContentType.objects.get_for_model(Thread), target_id=thread.pk)


def mutes_of(thread):
    return Mute.objects.filter(thread=thread)


def with_choice_of(threads, user):
    """Threads with `choice`, what `user` hears of each."""
    kind = ContentType.objects.get_for_model(Thread)
    muted = Mute.objects.filter(thread=OuterRef("pk"), user=user)
    followed = Follow.objects.filter(target_type=kind, target_id=OuterRef("pk"), user=user)
    said = Case(
        When(Exists(muted), then=Value(Choice.MUTE.value)),
        When(Exists(followed), then=Value(Choice.FOLLOW.value)),
        default=Value(""),
        output_field=models.CharField(),
    )
    return threads.annotate(choice=said)


def follow_thread(thread, user):
    """`user` hears of every post from now on."""
    Mute.objects.filter(thread=thread, user=user).delete()
    follow(user, thread)


def unfollow_thread(thread, user):
    """Neither followed nor muted: `user` hears when somebody calls her by name, and follows again by writing."""
    Mute.objects.filter(thread=thread, user=user).delete()
    unfollow(user, thread)


def mute_thread(thread, user):
    """`user` hears nothing of it, also after writing in it; being called by name stands under the bell only."""
    unfollow(user, thread)
    Mute.objects.get_or_create(thread=thread, user=user)


def follow_by_writing(thread, user):
    """Whoever writes wants to hear the answers, unless she has muted the thread."""
    if user and not Mute.objects.filter(thread=thread, user=user).exists():
        follow(user, thread)
