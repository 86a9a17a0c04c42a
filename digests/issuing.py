"""What editors do with an issue of the digest: keep it, make it ready, take it back, throw it away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from digests.enums import IssueState
from digests.models import Issue
from records.actions import audit


def keep(issue, *, by, now=None):
    """Keep what was written. A ready one stays ready: readers who have it do not get it again, those still to come get it as it is now."""
    now, verb = now or timezone.now(), "change_issue" if issue.pk else "write_issue"
    issue.changed_by, issue.changed_at = by, now
    with transaction.atomic():
        if issue.pk:
            _as_it_stands(issue)
        else:
            issue.created_by, issue.created_at = by, now
        issue.save()
        audit(verb, issue, by=by)
    return issue


def make_ready(issue, *, by, now=None):
    """Let it stand in the digests of its week from now on. Raises `WrongState` for one that is ready, or says nothing."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked(issue, IssueState.DRAFT)
        if not (row.has_intro or row.pinned):
            raise WrongState(_("Write an introduction or pin something first: an empty issue says nothing."))
        _move(row, IssueState.READY, "ready_issue", by, ready_by=by, ready_at=now)
    return row


def take_back(issue, *, by):
    """A draft again: it stands in no further mail."""
    with transaction.atomic():
        row = _locked(issue, IssueState.READY)
        _move(row, IssueState.DRAFT, "take_back_issue", by, ready_by=None, ready_at=None)
    return row


def throw_away(issue, *, by):
    """Delete one that never stood in a mail. Raises `WrongState` for one that did: what was sent can be looked up."""
    with transaction.atomic():
        row = Issue.objects.select_for_update().get(pk=issue.pk)
        if row.used_at:
            raise WrongState(_("This issue stood in mails. Take it back instead, so that it stands in no further one."))
        audit("delete_issue", row, by=by)
        row.delete()


def note_use(keys, *, now):
    """These stood in a mail: remember when first."""
    return Issue.objects.filter(pk__in=keys, used_at=None).update(used_at=now)


def _locked(issue, state):
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.state != state:
        raise WrongState(_("This issue is now: %(state)s.") % {"state": row.get_state_display()})
    return row


def _move(row, state, verb, by, **marks):
    row.state = state
    for name, value in marks.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *marks])
    audit(verb, row, by=by)


def _as_it_stands(issue):
    """What others did with it since its form was read stays: made ready, taken back, stood in a mail."""
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.used_at and row.week != issue.week:
        raise WrongState(_("This issue stood in mails: its week stays."))
    for name in ("state", "ready_by", "ready_at", "used_at"):
        setattr(issue, name, getattr(row, name))
