"""A form with files arrives: what it brings is kept with the draft first, and goes out with the post, or waits there for what is mended."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from conversations import actions as conversations
from conversations.models import PostDraft
from discussions.files import add_files, change_files, discard_files, files_on, undescribed


@dataclass(frozen=True)
class Brought:
    """What a form says of files: those that are new, with what each shows; what those that wait show; those to be taken away."""

    new: list = field(default_factory=list)
    shows: list = field(default_factory=list)
    described: dict = field(default_factory=dict)
    without: frozenset = frozenset()


@dataclass
class Sent:
    """What was made of it: `made`, or what is wrong by field, with the draft that waits. `is_kept`: that was all one wanted."""

    made: Any = None
    errors: dict = field(default_factory=dict)
    draft: Any = None
    is_kept: bool = False


def send(target, *, by, brought, do=None, known=None, thread=None, title="", text="", quoted=None, now=None):
    """Take in the files, then `do()`: the verb that makes a post or a thread of it. Without `do` it all waits in the draft.

    `known()` gives what was made of the same form before: nothing is taken in twice. What `do` refuses stands in `errors`.
    """
    with transaction.atomic():
        draft = conversations.keep_draft(by, target, thread=thread, title=title, text=text, quoted=quoted, has_files=True, now=now)
        if known and (made := known()):
            discard_draft(by, target, thread=thread)
            return Sent(made=made)
        refused = change_files(draft, by=by, descriptions=brought.described, without=brought.without)
        refused += add_files(draft, brought.new, by=by, descriptions=brought.shows)
        if do is None or refused:
            return Sent(errors={"files": refused} if refused else {}, draft=draft)
        try:
            with transaction.atomic():
                return Sent(made=do())
        except ValidationError as error:
            errors = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
            return Sent(errors=errors, draft=draft)


def keep_draft(user, target, *, thread=None, title="", text="", quoted=None, now=None):
    """Keep what is typed; its files stay. Raises `ValidationError` where a NUL stands in the text."""
    with transaction.atomic():
        draft = locked_draft(user, target, thread)
        has_files = bool(draft and files_on(draft))
        return conversations.keep_draft(user, target, thread=thread, title=title, text=text, quoted=quoted, has_files=has_files, now=now)


def discard_draft(user, target, *, thread=None):
    """What was typed is forgotten, with its files."""
    with transaction.atomic():
        if draft := locked_draft(user, target, thread):
            discard_files(draft, by=user)
            conversations.discard_draft(user, target, thread=thread)


def locked_draft(user, target, thread):
    """The draft's row, held before those of noun and thread: who writes in two windows at once waits for herself."""
    found = conversations.draft_of(user, target, thread=thread)
    return PostDraft.objects.select_for_update(of=("self",)).filter(pk=found.pk).first() if found else None


def check_described(draft):
    """Raises `ValidationError` where a picture of the draft shows nobody knows what."""
    if draft and (missing := undescribed(draft)):
        raise ValidationError({"files": missing})
