"""Reports and suspensions. Each verb locks its row, checks the state and writes state, audit entry and outbox row together."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from common.text import clean_text
from editorial.moderation.nouns import noun_of
from members.actions import end_sessions
from notifications.actions import notify, queue_mail, said_in_languages
from projects.telling import reviewers
from records.actions import assign_to, audit
from records.enums import ReportOutcome
from records.models import Report

REASON_LENGTH = 2_000


def report(target, *, by, reason, text="", now=None):
    """A member says that something is wrong with a noun; once while the report is open. Moderators are told, nobody else."""
    row = Report(target=target, by=by, reason=reason, text=text, created_at=now or timezone.now())
    clean_row(row, exclude=("outcome", "note"))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            audit("report", target, by=by, changes={"reason": row.reason})
            notify("report.made", row, by=by, to=reviewers(target), note=row.text, url=f"/cms/waiting/reports/{row.pk}/",
                   context={"title": said_in_languages(target), "reason": row.get_reason_display()})  # fmt: skip
    except IntegrityError as twice:
        raise WrongState(_("You have reported this already. A moderator looks at it."), code="twice") from twice
    return row


def dismiss(report, *, by, note="", now=None):
    """Nothing is done about it. Whoever reported it is told."""
    return _close(report, "dismiss", ReportOutcome.DISMISSED, by=by, note=note, now=now)


def settle(report, *, by, note="", now=None):
    """It was put right in another way: words were mended, organisations merged. Whoever reported it is told."""
    return _close(report, "settle", ReportOutcome.SETTLED, by=by, note=note, now=now)


def uphold_by_hiding(report, *, by, note, now=None):
    """The noun leaves the pages, by its own verb, which tells its people why. Raises `WrongState` where it is hidden already."""
    with transaction.atomic():
        closed = _close(report, "uphold", ReportOutcome.HIDDEN, by=by, note="", now=now)
        target = closed.target
        noun_of(target).hide(target, by=by, reason=note)
    return closed


def uphold_by_suspending(report, *, by, note, now=None):
    """The member concerned is suspended, who is told why."""
    with transaction.atomic():
        closed = _close(report, "uphold", ReportOutcome.SUSPENDED, by=by, note="", now=now)
        suspend(noun_of(closed.target).author(closed.target), by=by, reason=note, now=now)
    return closed


def _close(report, verb, outcome, *, by, note, now):
    """Close every open report of the same noun: they are answered together, each reporter is told once."""
    note, now = clean_text(note)[:REASON_LENGTH], now or timezone.now()
    with transaction.atomic():
        same = {"target_type": report.target_type_id, "target_id": report.target_id}
        rows = list(Report.objects.select_for_update(of=("self",)).filter(**same, outcome=ReportOutcome.OPEN).order_by("pk"))
        if report.pk not in {row.pk for row in rows}:
            raise WrongState(_("Another moderator has dealt with this report."), code="wrong_state")
        for row in rows:
            row.outcome, row.note, row.closed_at, row.closed_by = outcome, note, now, by
            row.save(update_fields=["outcome", "note", "closed_at", "closed_by"])
            context = {"title": said_in_languages(row.target), "outcome": ReportOutcome(outcome).label}
            notify("report.closed", row, by=by, to=[(row.by_id, "asked")], note=note, context=context, url="/")
        audit(verb, rows[0].target, by=by, note=note, changes={"reports": [row.pk for row in rows]})
    return next(row for row in rows if row.pk == report.pk)


def suspend(person, *, by, reason, now=None):
    """The member may do nothing more and is signed out everywhere; a mail says why. Raises `WrongState`."""
    reason, now = clean_text(reason)[:REASON_LENGTH], now or timezone.now()
    if not reason:
        raise WrongState(_("Say why: the member reads it."), code="reason_missing")
    with transaction.atomic():
        locked = _locked(person)
        if locked.suspended_at:
            raise WrongState(_("This member is suspended already."), code="wrong_state")
        _write(locked, now)
        end_sessions(locked)
        audit("suspend", locked, by=by, note=reason)
        _mail(locked, "suspended", now, reason=reason)
    person.suspended_at = now
    return person


def unsuspend(person, *, by, now=None):
    """The member may act again, and is told by mail."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(person)
        if not locked.suspended_at:
            raise WrongState(_("This member is not suspended."), code="wrong_state")
        _write(locked, None)
        audit("unsuspend", locked, by=by)
        _mail(locked, "unsuspended", now)
    person.suspended_at = None
    return person


def assign(target, moderator, *, by):
    """Give what waits to a moderator, or back to all. Returns whether that was a change; the last one's word counts."""
    with transaction.atomic():
        type(target)._base_manager.select_for_update(of=("self",)).get(pk=target.pk)
        changed = assign_to(target, moderator, by=by)
        if changed and moderator:
            notify("moderation.assigned", target, by=by, to=[(moderator, "moderator")], url="/cms/waiting/?assigned=me")
    return changed


def _locked(person):
    return get_user_model().objects.select_for_update(of=("self",)).get(pk=person.pk)


def _write(person, suspended_at):
    person.suspended_at = suspended_at
    person.save(update_fields=["suspended_at"])


def _mail(person, template, now, **context):
    context = {"name": person.name, "contact": settings.PORTAL["contact_email"], **context}
    queue_mail("account", template, address=person.email, user=person, language=person.language or settings.LANGUAGE_CODE,
               context=context, period=f"{template}-{now.isoformat()}", now=now)  # fmt: skip
