"""What members write: a discussion begins, goes on, is mended, loses a post. The noun is held, so that none is written after its end."""

from django.core.exceptions import ValidationError
from django.db import transaction

from conversations import actions as conversations
from discussions import telling
from discussions.actions.leading import held
from discussions.actions.naming import check_names, keep_names
from discussions.actions.pace import check_edits, check_pace
from discussions.actions.sending import check_described, locked_draft
from discussions.files import add_files, change_files, send_out, undescribed
from discussions.following import follow_by_writing
from discussions.hosts import host_of
from records.actions import audit


def start(target, *, by, title, text, language, key=None, now=None):
    """A discussion with its first post; the same `key` again returns it, and tells nobody. Its writer follows it from now on.

    Raises `ValidationError` by field, `WrongState`.
    """
    check_names(text)
    with transaction.atomic():
        draft = locked_draft(by, target, None)
        check_described(draft)
        held(target)
        check_pace(by, now)
        thread = conversations.start_thread(target, by=by, title=title, text=text, language=language, key=key, now=now)
        if not thread.is_repeat:
            audit("start_discussion", thread, by=by)
            follow_by_writing(thread, by)
            post = thread.posts.get(number=1)
            post.thread = thread
            send_out(draft, post)
            telling.tell_started(thread, post, by=by, called=keep_names(post), now=now)
            thread.unknown = post.unknown
            host_of(target).touch(target, now=now)
    return thread


def write(thread, *, by, text, language, quoted=None, key=None, seen=None, now=None):
    """A post; the same `key` again returns it, and tells nobody. Its writer follows the discussion from now on.

    Raises `ValidationError` by field, `WrongState`.
    """
    check_names(text)
    with transaction.atomic():
        draft = locked_draft(by, thread.target, thread)
        check_described(draft)
        held(thread.target)
        check_pace(by, now)
        post = conversations.write_post(thread, by=by, text=text, language=language, quoted=quoted, key=key, seen=seen, now=now)
        if not post.is_repeat:
            audit("write", post, by=by)
            send_out(draft, post)
            follow_by_writing(post.thread, by)
            telling.tell_posted(post.thread, post, by=by, called=keep_names(post), now=now)
            host_of(thread.target).touch(thread.target, now=now)
    return post


def edit(post, *, by, text, language, title=None, revision=None, brought=None, now=None):
    """A post says something else; what it said is kept and shown. `brought` changes its files.

    Raises `ValidationError` by field, `WrongState`.
    """
    check_names(text)
    with transaction.atomic():
        held(post.thread.target)
        check_edits(by, now)
        row = conversations.edit_post(post, by=by, text=text, language=language, title=title, revision=revision, now=now)
        if row.was_changed:
            renamed = row.thread.title != row.was_titled
            audit("edit", row, by=by, changes={"title": [row.was_titled, row.thread.title]} if renamed else None)
            telling.tell_called(row.thread, row, keep_names(row), by=by, now=now)
        if brought:
            _change_files(row, brought, by=by)
    return row


def _change_files(post, brought, *, by):
    refused = change_files(post, by=by, descriptions=brought.described, without=brought.without)
    refused += add_files(post, brought.new, by=by, descriptions=brought.shows) or undescribed(post)
    if refused:
        raise ValidationError({"files": refused})


def remove(post, *, by, reason="", now=None):
    """Taken away, also where the noun is closed: what should not stand there does not wait. Its author reads why."""
    with transaction.atomic():
        row = conversations.remove_post(post, by=by, reason=reason, now=now)
        audit("remove", row, by=by, note=row.reason)
        telling.tell_post_removed(row.thread, row, by=by, reason=row.reason, now=now)
    return row


def find_useful(post, *, by, now=None):
    """Its author is told, in the portal only. Twice is the same as once."""
    with transaction.atomic():
        held(post.thread.target)
        if conversations.mark_useful(post, by=by, now=now):
            telling.tell_useful(post.thread, post, by=by, now=now)


def take_back_useful(post, *, by, now=None):
    """Twice is the same as once."""
    with transaction.atomic():
        held(post.thread.target)
        conversations.unmark_useful(post, by=by)
