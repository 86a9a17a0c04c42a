"""A thread begins, is pinned, closed, answered, taken away. Each verb locks its row, checks the state and writes."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from conversations.actions.drafts import discard_draft
from conversations.actions.locking import locked, locked_post, reason_of, write
from conversations.actions.posts import add_post, write_post
from conversations.enums import ThreadKind
from conversations.models import Thread


def start_thread(target, *, by, title, text, language, kind=ThreadKind.DISCUSSION, key=None, is_demo=False, now=None):
    """A thread with its first post. The same `key` again returns the thread that was made, with `is_repeat`.

    Messages of a noun have one thread: the post goes there, whoever began it.
    Raises `ValidationError` by field.
    """
    now = now or timezone.now()
    with transaction.atomic():
        if kind == ThreadKind.MESSAGES:
            thread = messages_of(target, by=by, language=language, now=now)
            write_post(thread, by=by, text=text, language=language, key=key, now=now)
            return thread
        known = Thread.objects.about(target).filter(key=key).first() if key else None
        if known is None:
            made = Thread(target=target, started_by=by, title=title, language=language, key=key, is_demo=is_demo, created_at=now,
                          last_post_at=now)  # fmt: skip
            known = _insert(clean_row(made, exclude=("reason",)))
        if known.post_count:
            known.is_repeat = True
            return known
        add_post(known, by=by, text=text, language=language, key=key, now=now)
        if by:
            discard_draft(by, target)
    return known


def messages_of(target, *, by, language, now=None):
    """The one thread of messages on a noun, begun by whoever opens it first; without a post as long as nobody writes."""
    found = Thread.objects.about(target).filter(kind=ThreadKind.MESSAGES).first()
    if found:
        return found
    now = now or timezone.now()
    made = Thread(target=target, kind=ThreadKind.MESSAGES, started_by=by, language=language, created_at=now, last_post_at=now)
    return _insert(made)


def _insert(made):
    """The new row; where the same came in between, the one that is there, held as any other."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        wanted = {"kind": made.kind} if made.kind == ThreadKind.MESSAGES else {"key": made.key}
        return Thread.objects.select_for_update(of=("self",)).about(made.target).get(**wanted)
    return made


def pin(thread, *, by):
    """It stands first in the list, for everybody."""
    with transaction.atomic():
        row = locked(thread)
        if row.is_pinned:
            raise WrongState(_("This discussion is pinned already."), code="wrong_state")
        return write(row, is_pinned=True)


def unpin(thread, *, by):
    with transaction.atomic():
        row = locked(thread)
        if not row.is_pinned:
            raise WrongState(_("This discussion is not pinned."), code="wrong_state")
        return write(row, is_pinned=False)


def close(thread, *, by, now=None):
    """Nobody writes in it any more; it is read as before."""
    with transaction.atomic():
        return write(locked(thread, open_only=True), closed_at=now or timezone.now(), closed_by=by)


def reopen(thread, *, by):
    with transaction.atomic():
        row = locked(thread)
        if not row.is_closed:
            raise WrongState(_("This discussion is open."), code="wrong_state")
        return write(row, closed_at=None, closed_by=None)


def mark_answer(post, *, by):
    """This post answers what the thread asks; another one did until now. Returns the thread; the first post is what is asked."""
    with transaction.atomic():
        row = locked(post.thread)
        found = locked_post(post, row)
        if found.number == 1:
            raise WrongState(_("The first post asks; mark the one that answers it."), code="first_post")
        if row.answer_id == found.pk:
            raise WrongState(_("This post is marked as the answer already."), code="wrong_state")
        return write(row, answer=found)


def unmark_answer(thread, *, by):
    with transaction.atomic():
        row = locked(thread)
        if row.answer_id is None:
            raise WrongState(_("No post is marked as the answer."), code="wrong_state")
        return write(row, answer=None)


def remove_thread(thread, *, by, reason="", now=None):
    """It is taken away with all its posts; moderators read it, with the reason."""
    words = reason_of(reason)
    with transaction.atomic():
        return write(locked(thread), removed_at=now or timezone.now(), removed_by=by, reason=words, is_pinned=False)
