"""Saving a form of a project beside others who do the same: nothing is written over unseen."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import READABLE, State
from projects.actions.writing import locked_project, update_project
from projects.content import as_data, changed_names, digest, read_content
from projects.models import KeptForm
from records.actions import audit, keep_version
from records.models import Version

#: Only in these states is a save while typing a save: what others read changes when its author says so.
TYPED_INTO = (State.DRAFT, State.RETURNED)


@dataclass
class Edit:
    """What became of a save: names written, names where somebody else was quicker with what stands there now, the content after it."""

    content: dict
    written: tuple = ()
    clashes: dict = field(default_factory=dict)
    is_kept_back: bool = False


def edit_project(project, *, by, said, base=None, automatic=False):
    """Write what `said` (`{name of content: value}`) changes, and return an `Edit`.

    `base` holds the mark of each value as the form was opened: what its author has left alone is not written, and where both the author
    and somebody else have changed something, nothing at all is written and both are in the answer. A save while typing is kept back
    from a project that others read. Raises `ValidationError` by field or part, `WrongState`.
    """
    with transaction.atomic():
        locked = locked_project(project)
        content = read_content(locked)
        if automatic and locked.state not in TYPED_INTO:
            return Edit(content, is_kept_back=True)
        if locked.state in READABLE and project.state not in READABLE:  # whoever may write a draft may not write what is out
            raise WrongState(_("This project has changed meanwhile. Look at it once more."), code="wrong_state")
        changes = {name: value for name, value in said.items() if value != content.get(name)}
        if base is not None:
            changes = {name: value for name, value in changes.items() if digest(value) != base.get(name, digest(None))}
            clashes = {name: content.get(name) for name in changes if base.get(name, digest(None)) != digest(content.get(name))}
            if clashes:
                return Edit(content, clashes=clashes)
        if changes:
            _keep_first(locked, content)
            update_project(locked, by=by, automatic=automatic, **as_data(content, changes))
        elif not automatic:
            _confirm(locked, content, by=by)
        return Edit(read_content(locked) if changes else content, written=tuple(changes))


def _keep_first(project, content):
    """What an imported project said before anybody here touched it is a version, too."""
    if not Version.objects.about(project).exists():
        keep_version(project, content, by=None, note="")


def _confirm(project, content, *, by):
    """What was saved while typing is now saved by hand: it becomes a version of its own, and the audit trail has it."""
    newest = Version.objects.about(project).first()
    if newest and newest.is_automatic and newest.content == content:
        keep_version(project, content, by=by)
        audit("update", project, by=by, changes={"version": newest.number})


def restore_version(project, version, *, by):
    """Let `project` say again what it said then. This is a new version; nothing is lost. Raises `WrongState`, `ValidationError`."""
    with transaction.atomic():
        locked = locked_project(project)
        content = read_content(locked)
        # Who may read it is decided for today. A name the version lacks is a translation that came later: it goes.
        names = [name for name in changed_names(content, version.content) if name != "visibility"]
        changes = {name: version.content.get(name) for name in names}
        if not changes:
            raise WrongState(_("The project says this already."), code="wrong_state")
        _keep_first(locked, content)
        note = _("Restored from version %(number)d") % {"number": version.number}
        update_project(locked, by=by, note=note, **as_data(content, changes))
    project.refresh_from_db()
    return project


# ---- what was typed


def keep_form(by, project, step, fields, *, now=None):
    """Keep what `by` has typed into a step; `project` is None while there is none yet."""
    KeptForm.objects.update_or_create(by=by, project=project, step=step, defaults={"fields": fields, "at": now or timezone.now()})


def drop_form(by, project, step):
    """What was typed is saved, or not wanted any more."""
    KeptForm.objects.filter(by=by, project=project, step=step).delete()
