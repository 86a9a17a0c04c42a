"""What somebody has not read yet, over several nouns: for the desk. One query."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import timezone

from conversations.models import Thread
from discussions.hosts import host_of
from discussions.models import Mute


@dataclass(frozen=True)
class Unread:
    """A discussion with posts that are new to somebody; `url` leads to the first of them."""

    thread: Any
    place: Any
    number: int
    url: str


def unread_on(targets, user, *, most, now=None):
    """Discussions on `targets`, nouns of one kind that `user` belongs to, in which something is new, the newest first; none muted."""
    places = {target.pk: target for target in targets}
    if not places:
        return []
    kind = ContentType.objects.get_for_model(type(next(iter(places.values()))))
    rows = Thread.objects.filter(target_type=kind, target_id__in=places).listed().unread_by(user, now or timezone.now())
    rows = rows.exclude(Exists(Mute.objects.filter(thread=OuterRef("pk"), user=user))).defer("vector").order_by("-last_post_at", "-pk")
    return [_row(thread, places[thread.target_id]) for thread in rows[:most]]


def _row(thread, place):
    thread.target = place
    return Unread(thread, place, thread.post_count - thread.read_to, f"{host_of(place).thread_url(thread)}#unread")
