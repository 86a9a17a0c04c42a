"""One step of writing a project, as its doors need it: the form filled from where it stands, and what becomes of what is sent."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict

from common.errors import WrongState
from projects.actions import Edit, drop_form, edit_project, keep_form
from projects.content import TEXT, TRANSLATION, read_content
from projects.forms import UNPUBLISHED, StepForm
from projects.models import KeptForm

#: Never kept with what somebody typed: what belongs to the one request.
PASSING = ("csrfmiddlewaretoken", "form_author", "add", "add_language", "discard", "go", "do", "then", "decide")
MOST_KEPT = 400_000  # characters of one step: six stories of full length


@dataclass
class Saved:
    """What became of a step that was sent: the form as it was understood, the edit, and sentences from the verb itself."""

    form: StepForm
    edit: Edit
    refusals: list = field(default_factory=list)

    @property
    def errors(self):
        return [*self.form.errors, *(("", "", sentence) for sentence in self.refusals)]

    @property
    def is_whole(self):
        """Everything that was sent is saved."""
        return not (self.errors or self.edit.clashes or self.edit.is_kept_back)


def typed_fields(data):
    """What is worth keeping of a form that was sent, as JSON."""
    return {name: data.getlist(name) for name in data if name not in PASSING and not name.startswith("choice:")}


def as_data_sent(fields):
    """What was kept, as it was sent."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def keep_typed(by, project, step, data):
    """Keep what somebody typed, as far as it can be the work of a person and can be stored."""
    fields = typed_fields(data)
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) <= MOST_KEPT and "\\u0000" not in text and _is_storable(text):
        keep_form(by, project, step.slug, fields)


def _is_storable(text):
    """A lone surrogate has no place in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def kept_fields(by, project, step):
    """The `KeptForm` of this person and step, or None."""
    return KeptForm.objects.filter(by=by, project=project, step=step.slug).first()


def read_base(data):
    """The marks of what the form was opened with; None where a form brings none."""
    try:
        base = json.loads(data.get("base", ""))
    except (ValueError, RecursionError):
        return None
    return base if isinstance(base, dict) and all(isinstance(mark, str) for mark in base.values()) else None


def save_step(step, project, data, *, by, automatic=False):
    """Save what is valid of a step that was sent; returns `Saved`. A project others read takes all of it or nothing.

    Raises `WrongState` where the project cannot be changed at all.
    """
    form = StepForm(step, project=project, user=by, content=read_content(project), data=data)
    refusals = []
    if not form.is_valid and project.state not in UNPUBLISHED:
        return Saved(form, Edit(form.content, is_kept_back=True))
    said = {name: value for name, value in form.changes.items() if data.get(f"choice:{name}") != "theirs"}
    while True:
        try:
            edit = edit_project(project, by=by, said=said, base=read_base(data), automatic=automatic)
        except WrongState:
            raise
        except ValidationError as error:
            refusals += error.messages
            left = {name: value for name, value in said.items() if not _is_refused(name, error)}
            if len(left) == len(said):
                return Saved(form, Edit(form.content, is_kept_back=True), refusals)
            said = left
        else:
            return Saved(form, edit, refusals)


def _is_refused(name, error):
    """Whether the verb's refusal is about this name of the content."""
    if not hasattr(error, "error_dict"):
        return True
    parts = {"texts"} if name in (*TEXT, "language") or name.startswith(TRANSLATION) else {name}
    return not parts.isdisjoint(error.error_dict) or "__all__" in error.error_dict


def undecided(data, clashes):
    """Of the names both have changed, those the author of this form has not chosen for."""
    return [name for name in clashes if data.get(f"choice:{name}") not in ("mine", "theirs")]


def settle(by, project, step, data, saved):
    """Forget what was typed once all of it is saved; keep it otherwise."""
    if saved.is_whole:
        drop_form(by, project, step.slug)
    else:
        keep_typed(by, project, step, data)
