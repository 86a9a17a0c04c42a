"""Minutes: begun from the agenda, saved while they are written, approved, and corrected by a new version only."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from events.actions.agenda import refuse_closed_group
from events.actions.deciding import follow_up, number_decisions
from events.content import content_of, merged
from events.enums import MinutesState, Presence, State
from events.models import Event, Minutes
from events.people import people_at
from events.telling_minutes import tell_approved
from events.writing_minutes import write
from records.actions import audit
from workinggroups.actions import touch


@dataclass
class Saved:
    """What became of a save: the minutes as they stand, parts that somebody else has changed, the base of the form that was sent."""

    minutes: Minutes
    clashes: dict = field(default_factory=dict)
    base: dict = field(default_factory=dict)


def start_minutes(event, *, by, language="", now=None):
    """A draft with the points of the agenda and the people who came. Who comes second finds the first one's. Raises `WrongState`."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _held(event)
        if draft := locked.minutes.filter(state=MinutesState.DRAFT).first():
            return draft
        if locked.minutes.exists():
            raise WrongState(_("The minutes are approved: correct them, with a reason."), code="wrong_state")
        if locked.starts_at > now:
            raise WrongState(_("Minutes are begun when the meeting begins."), code="too_early")
        minutes = Minutes.objects.create(event=locked, language=language or _language_of(locked), started_by=by)
        points = [
            {"key": "", "title": item.title, "presenter": item.presenter, "text": ""} for item in locked.agenda.planned()
        ]  # fmt: skip
        content = {
            "language": minutes.language,
            "remarks": "",
            "points": points,
            "people": people_at(locked),
            "decisions": [],
            "agreed": [],
        }
        write(minutes, content)
        audit("start_minutes", locked, by=by)
    return minutes


def save_minutes(minutes, *, by, typed, base, spared=(), by_hand=True):
    """Keep what `by` changed in a draft, part by part; what somebody else has changed as well is not written and comes back.

    `typed` is the whole content as the form shows it, `base` the marks it was opened with (`events.content`). Raises `WrongState`
    when the draft is approved or gone, and `ValidationError` with the rows' reasons.
    """
    with transaction.atomic():
        locked = _held(minutes.event)
        draft = _locked_draft(minutes)
        draft.event = locked
        before = content_of(draft)
        content, clashes, base = merged(before, typed, base, spared)
        if content != before:
            write(draft, content)
            draft.revision += 1
            draft.save(update_fields=["language", "remarks", "revision", "updated_at"])
        if by_hand:
            audit("save_minutes", locked, by=by)
    return Saved(draft, clashes, base)


def approve_minutes(minutes, *, by, revision, now=None):
    """Draft → approved, as it was read at `revision`: fixed from now on. Decisions get their numbers, action points come to life.

    A correction replaces the version before it. Those who came and the members of the group hear of it.
    """
    now = now or timezone.now()
    with transaction.atomic():
        event = _held(minutes.event)
        draft = _locked_draft(minutes)
        draft.event = event
        _refuse_unread(draft, revision)
        before = event.minutes.filter(state=MinutesState.APPROVED).first()
        if before:
            before.decisions.update(is_in_force=False)
            event.minutes.filter(pk=before.pk).update(state=MinutesState.REPLACED)
        draft.state, draft.approved_by, draft.approved_at = MinutesState.APPROVED, by, now
        draft.save(update_fields=["state", "approved_by", "approved_at", "updated_at"])
        number_decisions(draft)
        audit("approve_minutes", event, by=by, changes={"version": draft.version})
        follow_up(draft, before, by=by, now=now)
        tell_approved(draft, by=by, is_correction=before is not None)
        if event.group_id:
            touch(event.group, now=now)
    return draft


def correct_minutes(event, *, by, reason):
    """Begin a new version of approved minutes, with the reason that everybody reads; the approved ones stand until it is approved."""
    reason = clean_text(reason)[:1_000]
    if not reason:
        raise WrongState(_("Say what is corrected, and why: everybody reads it."), code="reason_missing")
    with transaction.atomic():
        locked = _held(event)
        if locked.minutes.filter(state=MinutesState.DRAFT).exists():
            raise WrongState(_("A correction is being written already."), code="wrong_state")
        approved = locked.minutes.filter(state=MinutesState.APPROVED).first()
        if approved is None:
            raise WrongState(_("Only approved minutes are corrected."), code="wrong_state")
        draft = Minutes.objects.create(
            event=locked,
            version=approved.version + 1,
            language=approved.language,
            remarks=approved.remarks,
            correction=reason,
            started_by=by,
        )
        write(draft, content_of(approved))
        audit("correct_minutes", locked, by=by, note=reason, changes={"version": draft.version})
    return draft


def discard_minutes(minutes, *, by):
    """A draft is given up. What was approved before stands."""
    with transaction.atomic():
        locked = _held(minutes.event)
        draft = _locked_draft(minutes)
        audit("discard_minutes", locked, by=by, changes={"version": draft.version})
        draft.delete()


def _held(event):
    """The event's row, held: everything about its minutes comes one after the other."""
    locked = Event.objects.select_for_update(of=("self",)).select_related("group").get(pk=event.pk)
    if locked.state != State.PUBLISHED:
        words = _("Minutes are written of events that take place; this one is “%(state)s”.")
        raise WrongState(words % {"state": locked.get_state_display()}, code="wrong_state")
    refuse_closed_group(locked)
    return locked


def _locked_draft(minutes):
    draft = Minutes.objects.select_for_update(of=("self",)).filter(pk=minutes.pk).first()
    if draft is None:
        raise WrongState(_("This draft has been given up meanwhile."), code="gone")
    if not draft.is_draft:
        raise WrongState(_("These minutes are approved meanwhile, and nothing is changed in them any more."), code="wrong_state")
    return draft


def _refuse_unread(draft, revision):
    if draft.revision != revision:
        words = _("Somebody has changed the minutes since you opened this page. Read them again, and approve what you have read.")
        raise WrongState(words, code="stale")
    if not draft.attendees.filter(presence=Presence.PRESENT).exists():
        raise WrongState(_("Nobody was there, these minutes say. Note who was present first."), code="incomplete")
    if not (draft.points.exclude(text="").exists() or draft.decisions.exists() or draft.remarks):
        raise WrongState(_("These minutes are still empty: write what was said or decided first."), code="incomplete")


def _language_of(event):
    original = event.texts.filter(is_original=True).values_list("language", flat=True).first()
    return original or get_language()
