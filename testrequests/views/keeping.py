"""Tasks and files of an application."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.verbs import attempt
from testrequests import actions
from testrequests.forms import FileForm, TaskForm
from testrequests.views.answering import shown
from testrequests.views.doors import application_door, member


@require_POST
@member
@application_door(verb="add_task")
def add_task(request, row):
    form = TaskForm(request.POST)
    if form.is_valid():
        try:
            actions.add_task(row, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            return _back(row, "tasks")
    return shown(request, row, task=form)


def _back(row, anchor):
    return redirect(f"{row.get_absolute_url()}#{anchor}")


def _task_door(verb, done):
    """A door for one verb about one task."""

    @require_POST
    @member
    @application_door(verb=verb)
    def door(request, row, task):
        found = get_object_or_404(row.tasks.select_related("application"), pk=task)
        attempt(request, done, getattr(actions, verb), found)
        return _back(row, "tasks")

    return door


finish_task = _task_door("finish_task", gettext_lazy("Done."))
reopen_task = _task_door("reopen_task", gettext_lazy("The task is open again."))
remove_task = _task_door("remove_task", gettext_lazy("The task is taken away."))


@require_POST
@member
@application_door(verb="add_file")
def add_file(request, row):
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_file(row, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("file", " ".join(refusal.messages))
        else:
            messages.success(request, _("The file is added. The other side is told."))
            return _back(row, "files")
    return shown(request, row, file=form)


@require_POST
@member
@application_door(verb="remove_file")
def remove_file(request, row, uuid):
    attempt(request, _("The file is taken away."), actions.remove_file, row, uuid)
    return _back(row, "files")
