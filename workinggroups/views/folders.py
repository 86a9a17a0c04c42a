"""Folders of a group's files and links."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.access import member_required
from common.forms import take
from common.verbs import attempt
from workinggroups import actions
from workinggroups.forms import FolderForm
from workinggroups.shelf import ShelfPage, folder_in, folders_of
from workinggroups.views.doors import group_door
from workinggroups.views.resources import show_shelf


def writing(view):
    """A door for those who write in the group that takes one POST; with the folder where its address names one."""

    def door(request, group, pk=None):
        folder = folder_in(group, pk) if pk is not None else None
        if pk is not None and folder is None:
            raise Http404
        return view(request, group, *([folder] if folder else []))

    return require_POST(member_required(group_door(permission="workinggroups.write")(door)))


@writing
def make(request, group):
    form = FolderForm(request.POST, folders=folders_of(group))
    if form.is_valid():
        try:
            folder = actions.make_folder(group, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take(form, refusal)
        else:
            messages.success(request, _("The folder “%(name)s” is there.") % {"name": folder})
            return redirect(folder)
    return show_shelf(request, ShelfPage(group, request.user), form)


@writing
def edit(request, group, folder):
    """Another name, another place, or both: what stands in it stays in it."""
    form = FolderForm(request.POST, folders=folders_of(group), folder=folder)
    if form.is_valid():
        try:
            actions.edit_folder(folder, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(folder)
    page = ShelfPage(group, request.user, folder=folder)
    return show_shelf(request, page, FolderForm(folders=page.all_folders), form)


@writing
def remove(request, group, folder):
    above = folder.parent
    if attempt(request, _("The folder “%(name)s” is gone.") % {"name": folder}, actions.remove_folder, folder):
        return redirect(above or "workinggroups:resources", *([] if above else [group.slug]))
    return redirect(folder)
