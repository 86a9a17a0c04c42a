"""Nobody writes faster than others can read: a script, or somebody in anger, fills no discussion and no mailbox."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from conversations.models import Post, PostVersion

MOST = 30
WITHIN = timedelta(minutes=5)


def check_pace(by, now=None):
    """Raises `WrongState` where `by` has written as much as one may in a few minutes; the form and its draft keep what is typed."""
    since = (now or timezone.now()) - WITHIN
    if Post.objects.filter(author=by, created_at__gt=since)[:MOST].count() >= MOST:
        message = _("You have written %(most)d posts within five minutes. Wait a little and send it again: your text is kept.")
        raise WrongState(message % {"most": MOST}, code="too_many")


def check_edits(by, now=None):
    """Raises `WrongState` where `by` has changed as many posts, or one as often: each change is kept, and may call somebody."""
    since = (now or timezone.now()) - WITHIN
    if PostVersion.objects.filter(post__author=by, post__edited_at__gt=since, written_at__gt=since)[:MOST].count() >= MOST:
        message = _("You have written %(most)d posts within five minutes. Wait a little and send it again: your text is kept.")
        raise WrongState(message % {"most": MOST}, code="too_many")
