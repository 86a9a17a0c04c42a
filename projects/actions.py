"""What can be done with a project. Doors check permission; these check the state and write in one transaction.

The order is the same in every verb: lock the row, check the state, write, record who did it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import WrongState
from common.publishing import State
from common.rows import clean_row
from common.slugs import insert_with_slug
from common.text import clean_text
from projects.indexing import index_projects
from projects.models import Project
from projects.parts import ROWS, SETS, clean_parts, write_parts, write_tags
from records.actions import audit

FIELDS = (
    "kind", "phase", "stopped_reason", "start_date", "end_date", "budget", "currency", "programme", "contact_name",
    "contact_email", "visibility", "is_demo", "source", "source_key",
)  # fmt: skip


def create_project(organisation, *, by, texts, now=None, **data):
    """A new draft of `organisation`, made by the member `by` (None for an import).

    `texts`: mappings of language, title, summary, story, is_original; the first is the original unless one says so.
    `data`: fields of `FIELDS`; `themes` and `goals` as objects; `tags` as names; `sites`, `partners`, `results`, `lessons`,
    `milestones` and `links` as lists of mappings of their model's fields. Raises `ValidationError` by field and part.
    """
    fields, parts, sets = _sorted_out({"texts": texts, **data})
    project = Project(organisation=organisation, created_by=by, state=State.DRAFT, state_changed_at=now or timezone.now())
    _set_fields(project, fields)
    rows = clean_parts(project, parts)
    original = next(row for row in rows["texts"] if row.is_original)
    with transaction.atomic():
        insert_with_slug(project, original.title, noun="project")
        _write(project, rows, sets)
        audit("create", project, by=by)
    return project


def update_project(project, *, by, **data):
    """Change what is named in `data` (as in `create_project`); a part that is given is replaced as a whole.

    Possible in every state but hidden. The address stays as it is. Raises `ValidationError`, `WrongState`.
    """
    fields, parts, sets = _sorted_out(data)
    with transaction.atomic():
        locked = _locked(project)
        if locked.state == State.HIDDEN:
            raise WrongState(_("A moderator has hidden this project; it cannot be changed now."), code="wrong_state")
        before = {name: getattr(locked, name) for name in fields}
        _set_fields(locked, fields)
        rows = clean_parts(locked, parts)
        locked.save(update_fields=[*fields, "updated_at"])
        _write(locked, rows, sets)
        changes = {name: [str(before[name]), str(getattr(locked, name))] for name in fields if before[name] != getattr(locked, name)}
        audit("update", locked, by=by, changes=changes | dict.fromkeys((*rows, *sets), "replaced"))
    project.refresh_from_db()
    project._prefetched_objects_cache = {}
    return project


def _sorted_out(data):
    fields = {name: data.pop(name) for name in FIELDS if name in data}
    parts = {name: data.pop(name) for name in ROWS if name in data}
    sets = {name: data.pop(name) for name in (*SETS, "tags") if name in data}
    if data:
        raise TypeError(f"A project has no {', '.join(sorted(data))}")
    return fields, parts, sets


def _set_fields(project, fields):
    for name, value in fields.items():
        setattr(project, name, value)
    clean_row(project, exclude=("slug", "state_reason", "facet_terms"))


def _write(project, rows, sets):
    write_parts(project, rows)
    for name in SETS:
        if name in sets:
            getattr(project, name).set(sets[name])
    if "tags" in sets:
        write_tags(project, sets["tags"])
    index_projects([project.pk])


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


def publish(project, *, by, now=None):
    """Draft, submitted, returned or hidden → published. The first publication's date stays for ever."""
    return _take(STEPS["publish"], project, by=by, now=now)


def withdraw(project, *, by, reason="", now=None):
    """Submitted, published or archived → withdrawn, by its organisation."""
    return _take(STEPS["withdraw"], project, by=by, now=now, reason=reason)


def archive(project, *, by, now=None):
    """Published → archived: it keeps its address and leaves the lists."""
    return _take(STEPS["archive"], project, by=by, now=now)


def hide(project, *, by, reason, now=None):
    """Published or archived → hidden, by a moderator, with a reason."""
    if not reason.strip():
        raise WrongState(_("Say why it is hidden: the organisation reads it."), code="reason_missing")
    return _take(STEPS["hide"], project, by=by, now=now, reason=reason)


def reopen(project, *, by, now=None):
    """Archived, withdrawn or returned → draft."""
    return _take(STEPS["reopen"], project, by=by, now=now)


def _locked(project):
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def _take(step, project, *, by, now, reason=""):
    now, reason = now or timezone.now(), clean_text(reason)
    with transaction.atomic():
        locked = _locked(project)
        if locked.state not in step.sources:
            raise WrongState(step.refusal % {"state": locked.get_state_display()}, code="wrong_state")
        changed = {"state": step.target, "state_reason": reason, "state_changed_at": now}
        if step.target == State.SUBMITTED:
            changed["submitted_at"] = now
        if step.target == State.PUBLISHED and not locked.published_at:
            changed["published_at"] = now
        for name, value in changed.items():
            setattr(locked, name, value)
        locked.save(update_fields=[*changed, "updated_at"])
        audit(step.verb, locked, by=by, note=reason)
    for name in ("state", "state_reason", "state_changed_at", "submitted_at", "published_at", "updated_at"):
        setattr(project, name, getattr(locked, name))
    return project
