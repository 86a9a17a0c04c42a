"""How far somebody has read; the notices about what was read are read with it."""

from django.contrib.contenttypes.models import ContentType

from conversations import actions as conversations
from conversations.models import Post, Thread
from notifications.actions import mark_read as mark_notices_read
from notifications.models import Notification


def mark_read(thread, user, upto, *, now=None):
    """The posts up to `upto` are read, under the bell, too. Returns where the marker stands."""
    number = conversations.mark_read(thread, user, upto, now=now)
    _read_notices(user, thread.posts.filter(number__lte=number), now)
    return number


def mark_all_read(target, user, *, now=None):
    """Every discussion on a noun is read. Returns how many were unread."""
    number = conversations.mark_all_read(target, user, now=now)
    _read_notices(user, Post.objects.filter(thread__in=Thread.objects.about(target).discussions().order_by().values("pk")), now)
    return number


def _read_notices(user, posts, now):
    kind = ContentType.objects.get_for_model(Post)
    about = Notification.objects.filter(entry__target_type=kind, entry__target_id__in=posts.order_by().values("pk"))
    mark_notices_read(user, about, now=now)
