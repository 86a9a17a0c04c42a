"""The verbs that lead a project from state to state."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import WrongState
from common.publishing import State
from common.text import clean_text
from projects.actions.writing import locked_project
from projects.completeness import missing
from projects.telling import tell
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
             gettext_lazy("Only a draft or a returned project can be submitted; this one is now “%(state)s”.")),
        Step("return", (State.SUBMITTED,), State.RETURNED,
             gettext_lazy("Only a submitted project can be returned; this one is now “%(state)s”.")),
        Step("publish", (State.DRAFT, State.SUBMITTED, State.RETURNED, State.HIDDEN), State.PUBLISHED,
             gettext_lazy("This project cannot be published from where it stands; it is now “%(state)s”.")),
        Step("withdraw", (State.SUBMITTED, State.PUBLISHED, State.ARCHIVED), State.WITHDRAWN,
             gettext_lazy("Only a submitted, published or archived project can be withdrawn; this one is now “%(state)s”.")),
        Step("archive", (State.PUBLISHED,), State.ARCHIVED,
             gettext_lazy("Only a published project can be archived; this one is now “%(state)s”.")),
        Step("hide", (State.PUBLISHED, State.ARCHIVED), State.HIDDEN,
             gettext_lazy("Only a published or archived project can be hidden; this one is now “%(state)s”.")),
        Step("reopen", (State.ARCHIVED, State.WITHDRAWN, State.RETURNED), State.DRAFT,
             gettext_lazy("Only an archived, withdrawn or returned project can be reopened; this one is now “%(state)s”.")),
    )
}  # fmt: skip


def submit(project, *, by, now=None):
    """Draft or returned → submitted: a moderator is to look at it."""
    return _take(STEPS["submit"], project, by=by, now=now)


def return_(project, *, by, reason, now=None):
    """Submitted → returned, with the reason the authors read. Raises `WrongState` without one, too."""
    if not reason.strip():
        raise WrongState(_("Say why it is returned: the authors read it."), code="reason_missing")
    return _take(STEPS["return"], project, by=by, now=now, reason=reason)


def publish(project, *, by, now=None, silent=False):
    """Draft, submitted, returned or hidden → published. The first publication's date stays for ever, and is the one followers hear of.

    Organisations named as partners are asked to confirm: from now on they can read what they are named in. `silent` asks and tells
    nobody, for what is brought in from elsewhere.
    """
    return _take(STEPS["publish"], project, by=by, now=now, silent=silent)


def withdraw(project, *, by, reason="", now=None):
    """Submitted, published or archived → withdrawn, by its organisation."""
    return _take(STEPS["withdraw"], project, by=by, now=now, reason=reason)


def archive(project, *, by, reason="", now=None):
    """Published → archived: it keeps its address and leaves the lists."""
    return _take(STEPS["archive"], project, by=by, now=now, reason=reason)


def hide(project, *, by, reason, now=None):
    """Published or archived → hidden, by a moderator, with a reason."""
    if not reason.strip():
        raise WrongState(_("Say why it is hidden: the organisation reads it."), code="reason_missing")
    return _take(STEPS["hide"], project, by=by, now=now, reason=reason)


def reopen(project, *, by, now=None):
    """Archived, withdrawn or returned → draft."""
    return _take(STEPS["reopen"], project, by=by, now=now)


def _refuse_another(project, locked):
    """What the door allowed was meant for the project as it was read: not for what a moderator has hidden, or for others' since then."""
    was_hidden = locked.state == State.HIDDEN and project.state != State.HIDDEN
    if was_hidden or locked.organisation_id != project.organisation_id:
        raise WrongState(_("This project has changed meanwhile. Look at it once more."), code="wrong_state")


def _refuse_incomplete(step, project):
    """What others are to read says what it is about and where; a draft need not."""
    if step.target in (State.SUBMITTED, State.PUBLISHED) and project.state in (State.DRAFT, State.RETURNED):
        gaps = [one.sentence for one in missing(project)]
        if gaps:
            raise WrongState(_("Still missing: %(gaps)s.") % {"gaps": "; ".join(gaps)}, code="incomplete")


def _take(step, project, *, by, now, reason="", silent=False):
    now, reason = now or timezone.now(), clean_text(reason)
    with transaction.atomic():
        locked = locked_project(project)
        _refuse_another(project, locked)
        if locked.state not in step.sources:
            raise WrongState(step.refusal % {"state": locked.get_state_display()}, code="wrong_state")
        _refuse_incomplete(step, locked)
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
        if not silent:
            tell(step.verb, locked, by=by, reason=reason, is_new=is_new, came_from=came_from)
    for name in ("state", "state_reason", "state_changed_at", "submitted_at", "published_at", "updated_at"):
        setattr(project, name, getattr(locked, name))
    return project
