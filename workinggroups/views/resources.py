"""Files and links of a group: found, added, changed, given a new version, moved, removed and brought back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required
from common.forms import take
from common.verbs import attempt
from workinggroups import actions
from workinggroups.forms import EditResourceForm, FileForm, FolderForm, LinkForm, VersionForm
from workinggroups.shelf import ResourcePage, ShelfPage, folder_in, folders_of, removed_for
from workinggroups.views.doors import group_door, resource_door

WHY = gettext_lazy("Sign in to work with the files of the group.")
REMOVED_SHOWN = 200
#: What a file is refused for (records.files, records.pictures).
OF_FILES = ("file_kind", "file_size", "file_bomb", "file_macros", "pixels", "picture")


@require_safe
@group_door
def shelf(request, group, pk=None):
    """What stands in a folder, or what the words find in the whole group."""
    folder = folder_in(group, pk) if pk else None
    page = ShelfPage(group, request.user, request.GET, folder)
    if (pk and folder is None) or not page.is_shown:
        raise Http404
    form = FolderForm(folders=page.all_folders, parent=folder if folder and not folder.parent_id else None) if page.writes else None
    return show_shelf(request, page, form)


def show_shelf(request, page, form, edit_form=None):
    if page.folder and page.writes and edit_form is None:
        edit_form = FolderForm(folders=page.all_folders, folder=page.folder)
    return render(request, "workinggroups/resources.html", {"page": page, "folder_form": form, "edit_form": edit_form})


@require_safe
@resource_door
def resource(request, group, row):
    return _show(request, ResourcePage(group, request.user, row))


def _show(request, page, form=None):
    form = form or (VersionForm(resource=page.resource) if page.writes and not page.resource.is_link else None)
    return render(request, "workinggroups/resource.html", {"page": page, "form": form})


def _adding(request, group, made, verb, done, **context):
    """A form for a new resource: shown, or sent and the verb carried out."""
    folder = request.GET.get("folder", "")
    form = made(request.POST or kept_post(request), request.FILES or None, folders=folders_of(group), initial={"folder": folder[:18]})
    if request.method == "POST" and form.is_valid():
        try:
            row = verb(group, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            _take(form, refusal)
        else:
            messages.success(request, done % {"title": row})
            return redirect(row.folder or "workinggroups:resources", *([] if row.folder else [group.slug]))
    return render(request, "workinggroups/resource_form.html", {"form": form, "page": ShelfPage(group, request.user), **context})


def _take(form, refusal):
    """What is wrong with a file stands at its field. It is chosen again: browsers do not keep it."""
    is_of_file = getattr(refusal, "code", "") in OF_FILES
    take(form, ValidationError({"file": refusal.messages}) if is_of_file else refusal)


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@group_door(permission="workinggroups.write")
def add_file(request, group):
    return _adding(request, group, FileForm, actions.add_file, _("“%(title)s” is added."), is_file=True)


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@group_door(permission="workinggroups.write")
def add_link(request, group):
    return _adding(request, group, LinkForm, actions.add_link, _("“%(title)s” is added."))


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@resource_door(permission="workinggroups.write")
def edit(request, group, row):
    form = EditResourceForm(request.POST or kept_post(request), resource=row, folders=folders_of(group))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_resource(row, by=request.user, **form.said())
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    return render(request, "workinggroups/resource_form.html", {"form": form, "page": ResourcePage(group, request.user, row)})


@require_POST
@member_required
@resource_door(permission="workinggroups.write")
def add_version(request, group, row):
    """The next version. Whoever sent one in between is named: both are kept, and somebody has to look at both."""
    form = VersionForm(request.POST, request.FILES, resource=row)
    if not form.is_valid():
        return _show(request, ResourcePage(group, request.user, row), form)
    base = form.cleaned_data.pop("base")
    try:
        version = actions.add_version(row, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        _take(form, refusal)
        return _show(request, ResourcePage(group, request.user, row), form)
    _say_version(request, row, version, base)
    return redirect(row)


def _say_version(request, row, version, base):
    others = row.versions.filter(number__gt=base or 0, number__lt=version.number).exclude(by=request.user).select_related("by")
    if between := others.first():
        words = _("Version %(number)d is added. %(name)s added version %(other)d while you had the page open: look whether both are in it.")
        name = between.by.shown_name if between.by else _("Former member")
        messages.warning(request, words % {"number": version.number, "other": between.number, "name": name})
    else:
        messages.success(request, _("Version %(number)d is added.") % {"number": version.number})


@require_POST
@member_required
@resource_door(permission="workinggroups.write")
def move(request, group, row):
    sent = request.POST.get("folder", "")
    folder = get_object_or_404(group.folders, pk=int(sent)) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None
    attempt(request, _("“%(title)s” is moved.") % {"title": row}, actions.move_resource, row, folder)
    return redirect(row)


@require_POST
@member_required
@resource_door(permission="workinggroups.remove_resource")
def remove(request, group, row):
    done = _("“%(title)s” is removed. For thirty days it can be brought back.") % {"title": row}
    attempt(request, done, actions.remove_resource, row)
    return redirect("workinggroups:resources", group.slug)


@require_safe
@member_required(reason=WHY)
@group_door
def removed(request, group):
    """What was removed and can be brought back, by those who may."""
    rows = removed_for(group, request.user)[:REMOVED_SHOWN]
    return render(request, "workinggroups/removed.html", {"page": ShelfPage(group, request.user), "rows": rows})


@require_POST
@member_required
@group_door
def restore(request, group, pk):
    row = get_object_or_404(removed_for(group, request.user), pk=pk)
    row.group = group
    attempt(request, _("“%(title)s” stands where it stood.") % {"title": row}, actions.restore_resource, row)
    return redirect("workinggroups:removed_resources", group.slug)
