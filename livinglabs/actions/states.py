"""The verbs that lead a lab from state to state, as those of a project do."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import WrongState
from common.publishing import State
from common.text import clean_text
from livinglabs.actions.locking import lock_offers, locked_lab
from livinglabs.claims import react, refusals
from livinglabs.completeness import missing
from livinglabs.telling import tell
from records.actions import audit


@dataclass(frozen=True)
class Step:
    """One way from state to state; `refusal` is what the verb says from anywhere else."""

    verb: str
    sources: tuple
    target: str
    refusal: str


STEPS = {
    step.verb: step
    for step in (
        Step("submit", (State.DRAFT, State.RETURNED), State.SUBMITTED,
             gettext_lazy("Only a draft or a returned living lab can be submitted; this one is now “%(state)s”.")),
        Step("return", (State.SUBMITTED,), State.RETURNED,
             gettext_lazy("Only a submitted living lab can be returned; this one is now “%(state)s”.")),
        Step("publish", (State.DRAFT, State.SUBMITTED, State.RETURNED, State.HIDDEN), State.PUBLISHED,
             gettext_lazy("This living lab cannot be published from where it stands; it is now “%(state)s”.")),
        Step("withdraw", (State.SUBMITTED, State.PUBLISHED, State.ARCHIVED), State.WITHDRAWN,
             gettext_lazy("Only a submitted, published or archived living lab can be withdrawn; this one is now “%(state)s”.")),
        Step("archive", (State.PUBLISHED,), State.ARCHIVED,
             gettext_lazy("Only a published living lab can be archived; this one is now “%(state)s”.")),
        Step("hide", (State.PUBLISHED, State.ARCHIVED), State.HIDDEN,
             gettext_lazy("Only a published or archived living lab can be hidden; this one is now “%(state)s”.")),
        Step("reopen", (State.ARCHIVED, State.WITHDRAWN, State.RETURNED), State.DRAFT,
             gettext_lazy("Only an archived, withdrawn or returned living lab can be reopened; this one is now “%(state)s”.")),
    )
}  # fmt: skip
#: Where others lose what they were promised: requests and bookings are asked first.
CLOSING = ("archive", "withdraw")


def submit(lab, *, by, now=None):
    """Draft or returned → submitted: a moderator is to look at it."""
    return _take(STEPS["submit"], lab, by=by, now=now)


def return_(lab, *, by, reason, now=None):
    """Submitted → returned, with the reason the authors read. Raises `WrongState` without one, too."""
    if not reason.strip():
        raise WrongState(_("Say why it is returned: the authors read it."), code="reason_missing")
    return _take(STEPS["return"], lab, by=by, now=now, reason=reason)


def publish(lab, *, by, now=None, silent=False):
    """Draft, submitted, returned or hidden → published. Organisations named as partners are asked to confirm. `silent` tells nobody."""
    return _take(STEPS["publish"], lab, by=by, now=now, silent=silent)


def withdraw(lab, *, by, reason="", now=None):
    """Submitted, published or archived → withdrawn, by its host. Refused while something promised hangs on it."""
    return _take(STEPS["withdraw"], lab, by=by, now=now, reason=reason)


def archive(lab, *, by, reason="", now=None):
    """Published → archived: it keeps its address and takes no requests. Refused while something promised hangs on it."""
    return _take(STEPS["archive"], lab, by=by, now=now, reason=reason)


def hide(lab, *, by, reason, now=None):
    """Published or archived → hidden, by a moderator, with a reason."""
    if not reason.strip():
        raise WrongState(_("Say why it is hidden: the organisation reads it."), code="reason_missing")
    return _take(STEPS["hide"], lab, by=by, now=now, reason=reason)


def reopen(lab, *, by, now=None):
    """Archived, withdrawn or returned → draft."""
    return _take(STEPS["reopen"], lab, by=by, now=now)


def _refuse_another(lab, locked):
    """What the door allowed was meant for the lab as it was read: not for what a moderator has hidden, or for others' since then."""
    was_hidden = locked.state == State.HIDDEN and lab.state != State.HIDDEN
    if was_hidden or locked.organisation_id != lab.organisation_id:
        raise WrongState(_("This has changed meanwhile. Look at it once more."), code="wrong_state")


def _refuse_incomplete(step, lab):
    if step.target in (State.SUBMITTED, State.PUBLISHED) and lab.state in (State.DRAFT, State.RETURNED):
        gaps = [one.sentence for one in missing(lab)]
        if gaps:
            raise WrongState(_("Still missing: %(gaps)s.") % {"gaps": "; ".join(gaps)}, code="incomplete")


def _refuse_promised(step, lab):
    if step.verb in CLOSING:
        lock_offers(lab)
        sentences = refusals(lab)
        if sentences:
            raise WrongState(" ".join(sentences), code="promised")


def _take(step, lab, *, by, now, reason="", silent=False):
    now, reason = now or timezone.now(), clean_text(reason)
    with transaction.atomic():
        locked = locked_lab(lab)
        _refuse_another(lab, locked)
        if locked.state not in step.sources:
            raise WrongState(step.refusal % {"state": locked.get_state_display()}, code="wrong_state")
        _refuse_incomplete(step, locked)
        _refuse_promised(step, locked)
        came_from, is_new = locked.state, not locked.published_at
        changed = {"state": step.target, "state_reason": reason, "state_changed_at": now}
        if step.target == State.SUBMITTED:
            changed["submitted_at"] = now
        if step.target == State.PUBLISHED and is_new:
            changed["published_at"] = now
        for name, value in changed.items():
            setattr(locked, name, value)
        locked.save(update_fields=[*changed, "updated_at"])
        audit(step.verb, locked, by=by, note=reason)
        react(locked, step.verb, by=by, now=now)
        if not silent:
            tell(step.verb, locked, by=by, reason=reason, is_new=is_new, came_from=came_from)
    for name in ("state", "state_reason", "state_changed_at", "submitted_at", "published_at", "updated_at"):
        setattr(lab, name, getattr(locked, name))
    return lab
