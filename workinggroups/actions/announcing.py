"""An announcement of the chairs to all members, once, in the way each of them chose."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import State
from common.rows import clean_row
from notifications.actions import notify, said_in_languages
from records.actions import audit
from workinggroups import telling
from workinggroups.actions.locking import locked, touch
from workinggroups.enums import News
from workinggroups.models import Announcement

MOST_A_DAY = 5


def announce(group, *, by, key, subject, text, language="", now=None):
    """Tell all members. The same `key` again returns the announcement that was made, and tells nobody.

    Who chose “at once” gets a mail as well, who chose the digest finds it in the portal, who muted the group hears nothing.
    Raises `ValidationError` for empty words and `WrongState` for a closed group.
    """
    with transaction.atomic():
        row = locked(group, states=(State.PUBLISHED,))
        if known := row.announcements.filter(key=key).first():
            return known
        made = clean_row(Announcement(group=row, by=by, key=key, subject=subject, text=text, language=language))
        if now:
            made.created_at = now
        _check_the_day(row, made.created_at)
        made.save(force_insert=True)
        audit("announce", row, by=by, changes={"announcement": made.pk})
        touch(row, now=now)
        url = f"{telling.path_to('workinggroups:announcements', row.slug)}#announcement-{made.pk}"
        for kind, news in (("workinggroup.announced", News.AT_ONCE), ("workinggroup.announced_quietly", News.DIGEST)):
            context = {"title": said_in_languages(row), "subject": made.subject}
            notify(kind, made, by=by, to=telling.members(row, news=news), context=context, note=made.text, url=url)
    return made


def _check_the_day(group, now):
    if group.announcements.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        message = _("This group has made %(most)d announcements within a day. Members leave groups that are loud.")
        raise WrongState(message % {"most": MOST_A_DAY}, code="too_many")
