"""The page of one step of a project's form: opened, sent, kept."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.access import kept_post
from common.errors import WrongState
from projects.actions import drop_form
from projects.content import read_content
from projects.differences import clash_rows
from projects.editing import as_data_sent, keep_typed, kept_fields, save_step, settle, undecided
from projects.editing_page import EditingPage
from projects.files import FileChanges
from projects.forms import STEPS, StepForm
from records.actions import end_editing, note_editing

ORDER = list(STEPS)


class StepDoor:
    """What a request to one step's address leads to. The door has asked whether this member may change this project."""

    def __init__(self, request, project, step):
        self.request, self.project, self.step, self.user = request, project, step, request.user

    @property
    def url(self):
        return step_url(self.project, self.step.slug)

    def opened(self):
        """The step as it stands, or as its author left it without saving."""
        note_editing(self.project, self.user)
        kept = kept_fields(self.user, self.project, self.step)
        data = kept_post(self.request) or (as_data_sent(kept.fields) if kept else None)
        form = self._form(data=data, more=self.request.GET.get("more", ""))
        kept_at = date_format(localtime(kept.at), "DATETIME_FORMAT") if kept and "more" not in self.request.GET else ""
        return self._shown(form, kept_at=kept_at, errors=form.errors if data is not None else [])

    def sent(self):
        """Saved and on to what comes next; or shown again with what is wrong, or with what somebody else wrote meanwhile."""
        data = self.request.POST
        if "discard" in data:
            drop_form(self.user, self.project, self.step.slug)
            return redirect(self.url)
        if "add" in data:
            return self._one_more(data)
        if undecided(data, self._both_changed(data)):
            return self._conflict(self._form(data=data), self._both_changed(data))
        return self._saved(data)

    def _form(self, **options):
        return StepForm(self.step, project=self.project, user=self.user, content=read_content(self.project), **options)

    def _both_changed(self, data):
        """The names of the page that showed both versions."""
        return [name for name in data.getlist("decide") if name in self.step.names or name.startswith("texts.")]

    def _one_more(self, data):
        """One more empty row, without a script. What was typed is kept; nothing is judged yet."""
        keep_typed(self.user, self.project, self.step, data)
        name = data["add"] if data["add"] in self.step.sets else ""
        more = f"texts:{data.get('add_language', '')[:8]}" if name == "texts" else name
        return redirect(f"{self.url}?more={more}#{name}-set" if name else self.url)

    def _saved(self, data):
        try:
            saved = save_step(self.step, self.project, data, by=self.user)
        except WrongState as refusal:
            keep_typed(self.user, self.project, self.step, data)
            messages.error(self.request, " ".join(refusal.messages))
            return redirect(self.url)
        settle(self.user, self.project, self.step, data, saved)
        files = FileChanges(self.project, data, self.request.FILES, by=self.user) if self.step.slug == "story" else None
        wrong = [*saved.errors, *(files.carry_out() if files else [])]
        if saved.edit.clashes and not saved.errors:
            return self._conflict(saved.form, list(saved.edit.clashes))
        if data.get("go") in STEPS:
            return self._away(wrong, data["go"])
        if wrong:
            return self._shown(saved.form, errors=wrong, kept=True)
        return self._next(data)

    def _away(self, wrong, to):
        """To another step; what could not be saved waits here."""
        if wrong:
            messages.warning(self.request, _("Some answers of “%(step)s” are kept, but not saved yet.") % {"step": self.step.label})
        return redirect(step_url(self.project, to))

    def _next(self, data):
        then, place = data.get("then", "next"), ORDER.index(self.step.slug)
        if then == "preview":
            return redirect("projects:preview", slug=self.project.slug)
        if then == "close":
            end_editing(self.project, self.user)
            messages.success(self.request, _("“%(title)s” is saved.") % {"title": self.project})
            return redirect(self.project)
        if then == "next" and place + 1 < len(ORDER) and "do" not in data:
            return redirect(step_url(self.project, ORDER[place + 1]))
        messages.success(self.request, _("Saved."))
        return redirect(self.url + ("#files" if "do" in data else ""))

    def _shown(self, form, **context):
        page = EditingPage(self.project, self.step, form, self.user, sent=self.request.POST, **context)
        return render(self.request, "projects/edit/step.html", {"page": page, "form": form})

    def _conflict(self, form, names):
        rows = [row | {"chosen": self.request.POST.get(f"choice:{row['name']}", "")} for row in clash_rows(form, names)]
        page = EditingPage(self.project, self.step, form, self.user, sent=self.request.POST)
        return render(self.request, "projects/edit/conflict.html", {"page": page, "form": form, "rows": rows}, status=409)


def step_url(project, slug):
    """The first step has the address of editing itself."""
    if slug == ORDER[0]:
        return reverse("projects:edit", args=[project.slug])
    return reverse("projects:edit_step", args=[project.slug, slug])
