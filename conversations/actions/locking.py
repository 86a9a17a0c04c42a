"""Every verb about a thread waits for the thread's row, so that two at once come one after the other."""

from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from conversations.models import REASON_LIMIT, Post, Thread


def locked(thread, *, open_only=False):
    """The thread's row, held until the transaction ends. Raises `WrongState` where it is gone, taken away, or closed to writing."""
    row = Thread.objects.select_for_update(of=("self",)).filter(pk=thread.pk).first()
    if row is None or row.is_removed:
        raise WrongState(_("This discussion is not here any more."), code="gone")
    if open_only:
        require_open(row)
    return row


def require_open(thread):
    if thread.is_closed:
        raise WrongState(_("This discussion is closed. It can be read, and nobody writes in it any more."), code="closed")


def locked_post(post, thread):
    """A post of a thread that is locked already. Raises `WrongState` where it is gone or was taken away."""
    row = Post.objects.select_for_update(of=("self",)).filter(pk=post.pk, thread=thread).first()
    if row is None or row.is_removed:
        raise WrongState(_("This post is not here any more."), code="gone")
    row.thread = thread
    return row


def reason_of(words):
    return clean_text(words)[:REASON_LIMIT]


def write(row, **changed):
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    return row
