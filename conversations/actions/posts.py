"""What is written in threads: a post, its edits, its end, and who found it useful."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from conversations.actions.drafts import discard_draft
from conversations.actions.locking import locked, locked_post, reason_of, require_open, write
from conversations.actions.reading import raise_marker
from conversations.models import Post, PostVersion, Useful


def write_post(thread, *, by, text, language, quoted=None, key=None, seen=None, now=None):
    """A post at the end of an open thread. The same `key` again returns the post that was made, with `is_repeat`.

    `seen` is the number of the last post that its writer had before her: what came in between stays unread. Without it all is read.
    Raises `ValidationError` by field, `WrongState`.
    """
    with transaction.atomic():
        row = locked(thread)
        known = row.posts.filter(key=key).first() if key else None
        if known:
            known.is_repeat = True
            return known
        require_open(row)
        post = add_post(row, by=by, text=text, language=language, quoted=quoted, key=key, seen=seen, now=now)
        discard_draft(by, row.target, thread=row)
    return post


def add_post(thread, *, by, text, language, quoted=None, key=None, seen=None, now=None):
    """The next post of a thread whose row this transaction holds."""
    now = now or timezone.now()
    if quoted is not None and (quoted.thread_id != thread.pk or quoted.is_removed):
        quoted = None
    post = Post(
        thread=thread, number=thread.post_count + 1, author=by, text=text, language=language, quoted=quoted, key=key, created_at=now
    )
    clean_row(post, exclude=("reason",)).save(force_insert=True)
    write(thread, post_count=post.number, last_post_at=now)
    if by:
        read_all = seen is None or seen >= post.number - 1
        raise_marker(thread, by, post.number if read_all else seen, now=now)
    return post


def edit_post(post, *, by, text, language, title=None, revision=None, now=None):
    """A post says something else; what it said is kept. `title` renames the thread with its first post.

    `revision` is the `edit_count` its writer saw. Returns the post, with `was_changed`. Raises `ValidationError` by field, `WrongState`.
    """
    with transaction.atomic():
        thread = locked(post.thread, open_only=True)
        row = locked_post(post, thread)
        if revision is not None and revision != row.edit_count:
            raise WrongState(_("This post has been changed meanwhile. Look at it before you change it again."), code="stale")
        was, was_titled = (row.text, row.language), thread.title
        row.text, row.language = text, language
        clean_row(row, exclude=("reason",))
        if title is not None and row.number == 1:
            thread.title, thread.language = title, language
            clean_row(thread, exclude=("reason",))
            write(thread, title=thread.title, language=language)
        row.was_changed, row.was_titled = (row.text, row.language) != was or thread.title != was_titled, was_titled
        if (row.text, row.language) != was:
            _keep_version(row, was)
            write(row, text=row.text, language=language, edited_at=now or timezone.now(), edit_count=row.edit_count + 1)
    return row


def _keep_version(post, was):
    text, language = was
    PostVersion.objects.create(
        post=post, number=post.edit_count + 1, text=text, language=language, written_at=post.edited_at or post.created_at
    )


def remove_post(post, *, by, reason="", now=None):
    """It is taken away: its place stays, its text is read by moderators only, with the reason."""
    words = reason_of(reason)
    with transaction.atomic():
        thread = locked(post.thread)
        row = locked_post(post, thread)
        if thread.answer_id == row.pk:
            write(thread, answer=None)
        return write(row, removed_at=now or timezone.now(), removed_by=by, reason=words)


def mark_useful(post, *, by, now=None):
    """`by` found it useful; twice is the same as once. Returns whether it is new. Nobody finds one's own post useful."""
    with transaction.atomic():
        row = locked_post(post, locked(post.thread))
        if row.author_id == by.pk:
            raise WrongState(_("You wrote this post yourself."), code="own_post")
        return Useful.objects.get_or_create(post=row, user=by, defaults={"created_at": now or timezone.now()})[1]


def unmark_useful(post, *, by):
    """Twice is the same as once. Returns whether something changed."""
    return bool(Useful.objects.filter(post=post, user=by).delete()[0])
