"""The verbs that lead a report from state to state: written by one side, agreed to by the other, read by others."""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from records.actions import audit
from testreports.actions.locking import locked, move, require_other, require_writer
from testreports.actions.releasing import release
from testreports.enums import WRITTEN, GoesOn, State
from testreports.telling import tell_both, tell_other_side, tell_writers
from testrequests.enums import Side

REASON_LIMIT = 2_000


def submit(report, *, by, now=None):
    """Draft or returned → submitted: the other side reads it and is asked to agree."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(report, WRITTEN, _("Only a draft can be submitted; this report is now “%(state)s”."))
        require_writer(row, by)
        missing = what_is_missing(row)
        if missing:
            raise WrongState(_("Before the other side reads it: %(missing)s") % {"missing": " ".join(missing)}, code="incomplete")
        move(row, State.SUBMITTED, now=now, submitted_at=now)
        audit("submit", row, by=by)
        tell_other_side("testreport.asked", row, by=by)
    return _fresh(report)


def what_is_missing(report):
    """What a report lacks before the other side is asked to agree, in sentences."""
    text = next((text for text in report.texts.all() if text.is_original), None)
    missing = []
    if not text or not text.summary:
        missing.append(_("Sum it up in two sentences."))
    if not text or not text.done:
        missing.append(_("Say what was done."))
    if not text or not (text.worked or text.failed):
        missing.append(_("Say what worked, or what did not."))
    if report.side == Side.LAB and not report.goes_on:
        missing.append(_("Say whether the host would go on."))
    return missing


def take_back(report, *, by, now=None):
    """Submitted → draft, by the side that writes it."""
    with transaction.atomic():
        row = locked(report, (State.SUBMITTED,), _("Only a submitted report can be taken back; this one is now “%(state)s”."))
        require_writer(row, by)
        move(row, State.DRAFT, now=now or timezone.now())
        audit("take_back", row, by=by)
    return _fresh(report)


def return_(report, *, by, reason, now=None):
    """Submitted → returned, by the other side, with what it sees differently."""
    reason = clean_text(reason)[:REASON_LIMIT]
    if not reason:
        raise WrongState(_("Say what should be changed: the other side reads it."), code="reason_missing")
    with transaction.atomic():
        row = locked(report, (State.SUBMITTED,), _("Only a submitted report can be returned; this one is now “%(state)s”."))
        require_other(row, by)
        move(row, State.RETURNED, now=now or timezone.now(), state_reason=reason)
        audit("return", row, by=by, note=reason)
        tell_writers("testreport.returned", row, by=by, note=reason)
    return _fresh(report)


def publish(report, *, by, goes_on="", goes_on_why="", seen=None, now=None):
    """Submitted → published, by the side that did not write it; hidden → published, by a moderator.

    The lab says with it whether the host would go on. Others read it at once, or from the day the embargo ends; followers hear then.
    `seen` is the revision that was read: whoever agrees to something else than what stands there now is told.
    """
    now = now or timezone.now()
    with transaction.atomic():
        # What a moderator has hidden since it was read is the moderator's to publish.
        sources = (State.HIDDEN,) if report.state == State.HIDDEN else (State.SUBMITTED,)
        row = locked(report, sources, _("Only a submitted report can be published; this one is now “%(state)s”."))
        if seen not in (None, row.revision):
            raise WrongState(_("This has changed meanwhile. Look at it once more."), code="stale")
        if row.state == State.SUBMITTED:
            require_other(row, by)
            _hosts_word(row, goes_on, goes_on_why)
        move(row, State.PUBLISHED, now=now, published_at=row.published_at or now, released_at=_released_at(row, now))
        audit("publish", row, by=by, changes={"goes_on": row.goes_on})
        tell_writers("testreport.published", row, by=by)
        release(row, by=by, now=now)
    return _fresh(report)


def _hosts_word(row, goes_on, why):
    if row.side == Side.LAB:
        return
    if goes_on not in GoesOn.values:
        raise ValidationError({"goes_on": _("Say whether the host would go on.")}, code="required")
    row.goes_on, row.goes_on_why = goes_on, clean_text(why)[:REASON_LIMIT]
    row.save(update_fields=["goes_on", "goes_on_why"])


def _released_at(row, now):
    """Now, or the beginning of the day the embargo ends on the clock of the lab; what was read once keeps its moment."""
    if row.told_at:
        return row.released_at
    if row.embargo_until is None:
        return now
    return max(now, datetime.combine(row.embargo_until, time.min, tzinfo=row.lab.zone))


def reopen(report, *, by, now=None):
    """Published → draft, to be corrected by the side that wrote it; the other side agrees anew."""
    with transaction.atomic():
        row = locked(report, (State.PUBLISHED,), _("Only a published report can be corrected; this one is now “%(state)s”."))
        require_writer(row, by)
        move(row, State.DRAFT, now=now or timezone.now())
        audit("reopen", row, by=by)
        tell_other_side("testreport.reopened", row, by=by)
    return _fresh(report)


def hide(report, *, by, reason, now=None):
    """Published → hidden, by a moderator, with a reason that both sides read."""
    reason = clean_text(reason)[:REASON_LIMIT]
    if not reason:
        raise WrongState(_("Say why it is hidden: the organisation reads it."), code="reason_missing")
    with transaction.atomic():
        row = locked(report, (State.PUBLISHED,), _("Only a published report can be hidden; this one is now “%(state)s”."))
        move(row, State.HIDDEN, now=now or timezone.now(), state_reason=reason)
        audit("hide", row, by=by, note=reason)
        tell_both("testreport.hidden", row, by=by, note=reason)
    return _fresh(report)


def delete(report, *, by):
    """A draft that was never published is gone for good."""
    with transaction.atomic():
        row = locked(report, (State.DRAFT,), _("Only a draft can be deleted; this report is now “%(state)s”."))
        require_writer(row, by)
        if row.published_at:
            raise WrongState(_("This report was published: it can be corrected, not deleted."), code="wrong_state")
        audit("delete", row, by=by, changes={"title": str(row)})
        row.delete()


def _fresh(report):
    report.refresh_from_db()
    return report
