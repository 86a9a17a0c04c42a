"""What the page of a step shows around its form."""

from functools import cached_property

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.navigation import address
from projects.actions.editing import TYPED_INTO
from projects.completeness import missing
from projects.editing import typed_fields
from projects.forms import STEPS
from projects.verbs import available
from records.actions import others_editing
from records.models import AttachmentKind

#: What a tired author of each step is glad to be told.
ADVICE = {
    "basics": (
        gettext_lazy("Write for somebody in another town who has never heard of it."),
        gettext_lazy("A title and an organisation are enough to begin. You can come back any time."),
    ),
    "where": (
        gettext_lazy("A month is enough for a date. Only a year, if that is all you know."),
        gettext_lazy("A stopped project is as welcome as one that went well."),
    ),
    "partners": (
        gettext_lazy("Name suppliers, too: others look for who can do it."),
        gettext_lazy("A round sum is better than none."),
    ),
    "story": (
        gettext_lazy("Say what you measured, even if it is one number."),
        gettext_lazy("Write what failed. It is the most read part of every project."),
        gettext_lazy("Attach the tender text if you may."),
    ),
    "check": (
        gettext_lazy("Look at the preview: it is the page as readers will see it."),
        gettext_lazy("You can change everything later, also what is published."),
    ),
}


class EditingPage:
    """One step of one project (None for a new one) for one member."""

    def __init__(self, project, step, form, user, *, sent=None, errors=(), kept=False, kept_at=""):
        self.project, self.step, self.form, self.user = project, step, form, user
        self.sent, self.errors, self.kept, self.kept_at = sent or {}, errors, kept, kept_at

    @property
    def title(self):
        return _("Edit project") if self.project else _("Post a project")

    @property
    def lead(self):
        """The project's own title, and its language."""
        return self.form.content.get("title", ""), self.form.content.get("language", "")

    @property
    def trail(self):
        ahead = [(_("Desk"), desk)] if (desk := address("portal:desk", "")) else [(_("Projects"), reverse("projects:list"))]
        known = [(str(self.project), self.project.get_absolute_url())] if self.project else []
        return [*ahead, *known, (self.title if self.project else _("New project"), "")]

    @cached_property
    def missing(self):
        return missing(self.project) if self.project else []

    @property
    def steps(self):
        """For the stepper: every step can be gone to, and going there saves."""
        names, here, gaps = list(STEPS), list(STEPS).index(self.step.slug), {one.step for one in self.missing}
        return [
            {"label": step.label, "button": step.slug if self.project else "", "form": "step", "current": step is self.step,
             "done": number < here and step.slug not in gaps}
            for number, step in enumerate(STEPS[name] for name in names)
        ]  # fmt: skip

    @property
    def is_live(self):
        """Others read it: it changes when its author says so, not while she types."""
        return bool(self.project) and self.project.state not in TYPED_INTO

    @property
    def saved_at(self):
        return time_format(localtime(self.project.updated_at), "TIME_FORMAT") if self.project else ""

    @property
    def kept_words(self):
        """Under the heading of the errors."""
        if self.is_live:
            return _("Nothing is published yet. What you typed is kept.")
        return _("Everything else you typed is saved in the draft.") if self.kept else ""

    @property
    def save_url(self):
        return reverse("projects:save", args=[self.project.slug]) if self.project else reverse("projects:create_save")

    @property
    def editing_url(self):
        return reverse("projects:editing", args=[self.project.slug]) if self.project else ""

    @cached_property
    def others(self):
        """The names of the members who have it open, too."""
        return [str(person) for person in others_editing(self.project, self.user)] if self.project else []

    @property
    def advice(self):
        return ADVICE[self.step.slug]

    @cached_property
    def files(self):
        """[(attachment, title, alternative, is first of its kind, is last)] as they stand or as they were typed."""
        standing = [one for one in self.project.attachments.all() if one.kind != AttachmentKind.LOGO]
        standing.sort(key=lambda one: one.kind != AttachmentKind.PICTURE)
        kinds = [one.kind for one in standing]
        return [
            (one, self.sent.get(f"file-{one.uuid}-title", one.title), self.sent.get(f"file-{one.uuid}-alt", one.alt),
             one.kind not in kinds[:number], one.kind not in kinds[number + 1 :])
            for number, one in enumerate(standing)
        ]  # fmt: skip

    @property
    def carried(self):
        """[(name, value)] of what was typed, for the page that asks which of two versions stands."""
        fields = typed_fields(self.sent) if self.sent else {}
        return [(name, value) for name, values in fields.items() if name != "base" for value in values]

    @property
    def new_title(self):
        return self.sent.get("new_title", "") if self.errors else ""

    @property
    def new_alt(self):
        return self.sent.get("new_alt", "") if self.errors else ""

    @cached_property
    def verbs(self):
        """What leads on from here: submitting or publishing."""
        return [verb for verb in available(self.user, self.project) if verb.name in ("submit", "publish")]

    @property
    def review_words(self):
        if any(verb.name == "publish" for verb in self.verbs):
            return _("You may publish for your organisation: it is public at once.")
        return _("Nothing is public before you submit and a moderator has read it, usually within two working days.")

    @property
    def gaps(self):
        """[(address of the field, sentence, step)] of what is missing."""
        found = []
        for one in self.missing:
            first = one.step == "basics"
            url = reverse("projects:edit", args=[self.project.slug]) if first else self._step_url(one.step)
            found.append((f"{url}#id_{one.field}", one.sentence, STEPS[one.step].label))
        return found

    def _step_url(self, slug):
        return reverse("projects:edit_step", args=[self.project.slug, slug])

    @property
    def wishes(self):
        """[(address, sentence)] of what nobody asks for and every reader is glad of."""
        content, has_files = self.form.content, bool(self.files)
        story = self._step_url("story")
        wished = (
            (content["story"], f"{story}#id_story", _("Tell the story: the problem, what you did, what came of it")),
            (content["results"], f"{story}#results-set", _("Add a result, even if it is one number")),
            (content["lessons"], f"{story}#lessons-set", _("Say what you learned")),
            (content["contact_name"], f"{self._step_url('partners')}#id_contact_name", _("Name somebody colleagues may ask")),
            (has_files, f"{story}#files", _("Add a picture or a document")),
        )
        return [(url, sentence) for said, url, sentence in wished if not said]
