"""The life of a group: draft → published → closed, and back to draft; hidden by a moderator."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import State
from common.text import clean_text
from notifications.actions import notify
from organisations.enums import Asked
from records.actions import audit
from workinggroups import telling
from workinggroups.actions.locking import locked
from workinggroups.closing import end_what_comes, hold_what_comes
from workinggroups.models import TEXT_LIMIT


def publish(group, *, by, now=None):
    """Draft → published. Tells moderators, and followers of the organisation and the themes who may see it.

    Raises `WrongState` from another state and while the mandate does not say why the group is there.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(group, states=(State.DRAFT,))
        text = next((text for text in row.texts.all() if text.is_original), None)
        if not (text and text.purpose and text.why):
            message = _("Say what the group is for and why it is there, so that others can decide whether to join.")
            raise WrongState(message, code="incomplete")
        row.published_at = row.published_at or now
        _move(row, State.PUBLISHED, "publish", by=by, now=now, activity=True)
        notify("workinggroup.published", row, by=by, to=telling.all_moderators(), followers_of=telling.followed(row),
               context={"organisation": row.organisation.name})  # fmt: skip
    return row


def close(group, *, by, summary, language="", now=None):
    """Published → archived, with what the group leaves behind, in one of its languages. What waits for an answer is over, and so is
    what was still to come in its name: `workinggroups.closing`.

    Raises `WrongState` from another state and without a summary.
    """
    now, words = now or timezone.now(), clean_text(summary)[:TEXT_LIMIT]
    if not words:
        raise WrongState(_("Write what the group leaves behind. It is all that readers find later."), code="no_summary")
    with transaction.atomic():
        hold_what_comes(group, now)
        row = locked(group, states=(State.PUBLISHED,))
        texts = list(row.texts.all())
        text = next((text for text in texts if text.language == language), None) or next(text for text in texts if text.is_original)
        text.summary = words
        text.save(update_fields=["summary"])
        row.waiting_places.all().delete()
        row.requests.waiting().update(state=Asked.WITHDRAWN, answered_at=now)
        row.invitations.filter(state=Asked.WAITING).update(state=Asked.WITHDRAWN, answered_at=now)
        _move(row, State.ARCHIVED, "close", by=by, now=now, activity=True)
        end_what_comes(row, by=by, now=now)
        notify("workinggroup.closed", row, by=by, to=telling.members(row), followers_of=[row], note=words)
    return row


def reopen(group, *, by, now=None):
    """Closed or hidden → draft: its chairs publish it again. Raises `WrongState` from another state."""
    with transaction.atomic():
        row = locked(group)
        # What its chairs read as closed, and a moderator has hidden since, is the moderator's to reopen.
        if row.state != (State.HIDDEN if group.state == State.HIDDEN else State.ARCHIVED):
            message = _("This is not possible now: the group is “%(state)s”.")
            raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
        _move(row, State.DRAFT, "reopen", by=by, now=now or timezone.now())
        notify("workinggroup.reopened", row, by=by, to=telling.chairs(row))
    return row


def hide(group, *, by, reason="", now=None):
    """A moderator takes the group from the pages, with the reason its chairs read. Raises `WrongState` where it is not published."""
    with transaction.atomic():
        row = locked(group, states=(State.PUBLISHED, State.ARCHIVED))
        words = clean_text(reason)[:2_000]
        _move(row, State.HIDDEN, "hide", by=by, now=now or timezone.now(), reason=words)
        notify("workinggroup.hidden", row, by=by, to=telling.chairs(row), note=words)
    return row


def _move(row, state, verb, *, by, now, reason="", activity=False):
    row.state, row.state_changed_at, row.state_reason = state, now, reason
    fields = ["state", "state_changed_at", "state_reason", "published_at", "updated_at"]
    if activity:
        row.last_activity_at = now
        fields.append("last_activity_at")
    row.save(update_fields=fields)
    audit(verb, row, by=by, note=reason)
