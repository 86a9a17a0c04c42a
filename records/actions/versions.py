"""Versions of nouns, and who is at work on one."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from records.models import EditNotice, Version

#: As long as one sitting: saves while typing within it become one version.
SITTING = timedelta(minutes=30)
#: A page that is open says so every minute; after this time without a word it is closed.
PRESENT = timedelta(minutes=3)


def _about(target):
    return {"target_type": ContentType.objects.get_for_model(target), "target_id": target.pk}


def keep_version(target, content, *, by, note="", automatic=False, now=None):
    """Keep what `target` says now, as JSON-able `content`, and return the version. Call inside the verb's transaction.

    Whoever calls it holds the target's lock, so numbers have no gaps and no doubles. What says the same as the newest version is
    that version. An automatic save takes the place of the same person's automatic save of the same sitting.
    """
    now = now or timezone.now()
    newest = Version.objects.filter(**_about(target)).order_by("-number").first()
    if newest and newest.content == content:
        return _confirmed(newest, automatic)
    if newest and newest.is_automatic and newest.by_id == getattr(by, "pk", None) and now - newest.at < SITTING:
        newest.content, newest.at, newest.note, newest.is_automatic = content, now, note, automatic
        newest.save(update_fields=["content", "at", "note", "is_automatic"])
        return newest
    number = newest.number + 1 if newest else 1
    return Version.objects.create(**_about(target), number=number, content=content, by=by, at=now, note=note, is_automatic=automatic)


def _confirmed(version, automatic):
    """A version saved while typing and then by hand is one that was meant."""
    if version.is_automatic and not automatic:
        version.is_automatic = False
        version.save(update_fields=["is_automatic"])
    return version


def note_editing(target, by, *, now=None):
    """Note that `by` has `target` open for editing."""
    EditNotice.objects.update_or_create(**_about(target), by=by, defaults={"at": now or timezone.now()})


def end_editing(target, by):
    """`by` has finished with `target`."""
    EditNotice.objects.filter(**_about(target), by=by).delete()


def others_editing(target, by, *, now=None):
    """The members besides `by` who have `target` open now, who was heard of last first."""
    since = (now or timezone.now()) - PRESENT
    notices = EditNotice.objects.filter(**_about(target), at__gte=since).exclude(by=by).select_related("by")
    return [notice.by for notice in notices.order_by("-at", "-pk")]
