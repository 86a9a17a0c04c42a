"""What those who lead do with a discussion: pinned, closed, answered, taken away. Nothing changes where the noun is closed."""

from django.db import transaction

from conversations import actions as conversations
from discussions import telling
from discussions.hosts import host_of
from records.actions import audit


def held(target):
    """The row of the noun, held until the transaction ends. Raises `WrongState` where nobody writes in it any more."""
    return host_of(target).lock(target)


def _led(thread, verb, word, *, by):
    """One verb of which nobody is told."""
    with transaction.atomic():
        held(thread.target)
        row = verb(thread, by=by)
        audit(word, row, by=by)
    return row


def pin(thread, *, by, now=None):
    return _led(thread, conversations.pin, "pin", by=by)


def unpin(thread, *, by, now=None):
    return _led(thread, conversations.unpin, "unpin", by=by)


def close(thread, *, by, now=None):
    """Nobody writes in it any more. Whoever began it is told."""
    with transaction.atomic():
        held(thread.target)
        row = conversations.close(thread, by=by, now=now)
        audit("close", row, by=by)
        telling.tell_closed(row, by=by, now=now)
    return row


def reopen(thread, *, by, now=None):
    return _led(thread, conversations.reopen, "reopen_discussion", by=by)


def mark_answer(post, *, by, now=None):
    """This post answers the discussion. Its author is told, and who began or follows it."""
    with transaction.atomic():
        held(post.thread.target)
        row = conversations.mark_answer(post, by=by)
        audit("mark_answer", row, by=by, changes={"post": row.answer.number})
        telling.tell_answer(row, row.answer, by=by, now=now)
    return row


def unmark_answer(thread, *, by, now=None):
    return _led(thread, conversations.unmark_answer, "unmark_answer", by=by)


def remove_thread(thread, *, by, reason="", now=None):
    """Taken away with all its posts, also where the noun is closed. Whoever began it reads why."""
    with transaction.atomic():
        row = conversations.remove_thread(thread, by=by, reason=reason, now=now)
        audit("remove", row, by=by, note=row.reason)
        telling.tell_removed(row, by=by, reason=row.reason, now=now)
    return row
