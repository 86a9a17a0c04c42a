"""What somebody is writing, kept until it is sent: nothing typed is lost."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from common.text import clean_text
from conversations.models import POST_LIMIT, TITLE_LIMIT, PostDraft


def draft_of(user, target, *, thread=None):
    """The draft of a new thread on `target`, or of a post in `thread`; None when there is none."""
    return _mine(user, target, thread).select_related("quoted").first()


def keep_draft(user, target, *, thread=None, title="", text="", quoted=None, has_files=False, now=None):
    """Keep what is typed in place of what was kept before; nothing typed is no draft, unless it has files. Returns the draft or None.

    Raises `ValidationError` where a NUL stands in the text.
    """
    title, text = clean_text(title, single_line=True)[:TITLE_LIMIT], clean_text(text)[:POST_LIMIT]
    if not (title or text or has_files):
        discard_draft(user, target, thread=thread)
        return None
    values = {"title": title, "text": text, "quoted": quoted, "at": now or timezone.now()}
    with transaction.atomic():
        row, made = (
            _mine(user, target, thread)
            .select_for_update(of=("self",))
            .get_or_create(defaults={"target": target, "thread": thread, "user": user, **values})
        )
        if not made:
            _mine(user, target, thread).update(**values)
            row.refresh_from_db()
    return row


def discard_draft(user, target, *, thread=None):
    _mine(user, target, thread).delete()


def _mine(user, target, thread):
    if thread is not None:
        return PostDraft.objects.filter(user=user, thread=thread)
    kind = ContentType.objects.get_for_model(target)
    return PostDraft.objects.filter(user=user, thread__isnull=True, target_type=kind, target_id=target.pk)
