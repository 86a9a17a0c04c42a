"""The verbs that lead an event from state to state."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from events.actions.registering import fill
from events.enums import READABLE, State
from events.models import Event
from events.telling import tell_cancelled, tell_hidden, tell_new
from records.actions import audit
from workinggroups.actions import touch
from workinggroups.actions.locking import locked as locked_group


def publish(event, *, by, now=None):
    """Draft → published, by its host; hidden → published, by a moderator. Followers hear of the first publication only."""
    now = now or timezone.now()
    with transaction.atomic():
        # What its host read as a draft, and a moderator has hidden since, is the moderator's to publish.
        sources = (State.HIDDEN,) if event.state == State.HIDDEN else (State.DRAFT,)
        locked = _locked(event, sources, _("Only a draft can be published; this event is now “%(state)s”."))
        if locked.state == State.DRAFT and locked.ends_at <= now:
            raise WrongState(_("This event is over already: give it another day first."), code="wrong_state")
        if locked.group_id and not locked_group(locked.group).is_open:
            raise WrongState(_("Its working group is not published, or is closed: it holds no meetings now."), code="wrong_state")
        is_new = locked.published_at is None
        _move(locked, State.PUBLISHED, now=now, published_at=locked.published_at or now)
        audit("publish", locked, by=by)
        if is_new:
            tell_new(locked, by=by)
            if locked.group_id:
                touch(locked.group, now=now)
        fill(locked, by=by, now=now)
    event.refresh_from_db()
    return event


def cancel(event, *, by, reason, now=None):
    """Published → cancelled, with a reason that everybody who comes or waits is told. It stays in calendars, as cancelled."""
    now, reason = now or timezone.now(), clean_text(reason)
    if not reason:
        raise WrongState(_("Say why it is cancelled: everybody who is registered reads it."), code="reason_missing")
    with transaction.atomic():
        locked = _locked(event, (State.PUBLISHED,), _("Only a published event can be cancelled; this one is now “%(state)s”."))
        if locked.ends_at <= now:
            raise WrongState(_("This event is over."), code="wrong_state")
        locked.sequence += 1
        _move(locked, State.CANCELLED, now=now, state_reason=reason, sequence=locked.sequence)
        audit("cancel", locked, by=by, note=reason)
        tell_cancelled(locked, by=by, reason=reason)
    event.refresh_from_db()
    return event


def hide(event, *, by, reason, now=None):
    """Published or cancelled → hidden, by a moderator, with a reason that the host reads."""
    now, reason = now or timezone.now(), clean_text(reason)
    if not reason:
        raise WrongState(_("Say why it is hidden: the organisation reads it."), code="reason_missing")
    with transaction.atomic():
        locked = _locked(event, READABLE, _("Only a published or cancelled event can be hidden; this one is now “%(state)s”."))
        _move(locked, State.HIDDEN, now=now, state_reason=reason)
        audit("hide", locked, by=by, note=reason)
        tell_hidden(locked, by=by, reason=reason)
    event.refresh_from_db()
    return event


def delete(event, *, by):
    """A draft that nobody but its host has seen is gone for good."""
    with transaction.atomic():
        locked = _locked(event, (State.DRAFT,), _("Only a draft can be deleted; this event is now “%(state)s”."))
        audit("delete", locked, by=by, changes={"title": str(locked)})
        locked.delete()


def _locked(event, sources, refusal):
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.state not in sources:
        raise WrongState(refusal % {"state": locked.get_state_display()}, code="wrong_state")
    return locked


def _move(event, state, *, now, **changed):
    changed = {"state_reason": "", **changed, "state": state, "state_changed_at": now}
    for name, value in changed.items():
        setattr(event, name, value)
    event.save(update_fields=[*changed, "updated_at"])
