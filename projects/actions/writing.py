"""Making and changing a project: plain data in, one transaction with its audit entry."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import State
from common.rows import clean_row
from common.slugs import insert_with_slug
from projects.content import read_content
from projects.indexing import index_projects
from projects.models import Project
from projects.parts import ROWS, SETS, clean_parts, write_parts, write_tags
from projects.telling import ask_partners
from records.actions import audit, keep_version

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
        if by:  # an import keeps its source
            keep_version(project, read_content(project), by=by)
    return project


def update_project(project, *, by, automatic=False, note="", **data):
    """Change what is named in `data` (as in `create_project`); a part that is given is replaced as a whole.

    Possible in every state but hidden. The address stays as it is; `organisation` is the new owner of a draft. What it says then is
    kept as a version with `note`. `automatic` is for saves while typing: they become one version and no entry of the audit trail.
    Raises `ValidationError`, `WrongState`.
    """
    fields, parts, sets = _sorted_out(data)
    with transaction.atomic():
        locked = locked_project(project)
        if locked.state == State.HIDDEN:
            raise WrongState(_("A moderator has hidden this project; it cannot be changed now."), code="wrong_state")
        if "organisation" in fields and locked.state != State.DRAFT:
            raise WrongState(_("Only a draft can be given to another organisation."), code="wrong_state")
        before = {name: getattr(locked, name) for name in fields}
        _set_fields(locked, fields)
        rows = clean_parts(locked, parts)
        locked.revision += 1
        locked.save(update_fields=[*fields, "revision", "updated_at"])
        _write(locked, rows, sets)
        if "partners" in rows and locked.state == State.PUBLISHED and by:
            ask_partners(locked, by=by)
        changes = {name: [str(before[name]), str(getattr(locked, name))] for name in fields if before[name] != getattr(locked, name)}
        if not automatic:
            audit("update", locked, by=by, changes=changes | dict.fromkeys((*rows, *sets), "replaced"), note=note)
        keep_version(locked, read_content(locked), by=by, automatic=automatic, note=note)
    project.refresh_from_db()
    project._prefetched_objects_cache = {}
    return project


def _sorted_out(data):
    fields = {name: data.pop(name) for name in (*FIELDS, "organisation") if name in data}
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


def locked_project(project):
    """The row as it stands now, locked until the transaction ends."""
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
