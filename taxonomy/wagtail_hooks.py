"""Tags in the administration: a list that shows how often each is used, and two verbs, rename and merge. For editors."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from taxonomy.actions import merge_tags, rename_tag
from taxonomy.forms import MergeForm, RenameForm
from taxonomy.models import Tag

A_PAGE = 100
PERMISSION = "taxonomy.change_tag"


def _allowed(request):
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@require_safe
def tag_list(request):
    """All tags by name, or those whose name contains `q`."""
    _allowed(request)
    asked = request.GET.get("q", "").replace("\x00", "")[:60]
    page = Paginator(Tag.objects.for_editors(asked), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "taxonomy/cms/tags.html", {"page_obj": page, "asked": asked})


@require_safe
def tag_detail(request, pk):
    _allowed(request)
    return _show(request, get_object_or_404(Tag.objects.for_editors(), pk=pk))


@require_POST
def tag_rename(request, pk):
    _allowed(request)
    tag, form = get_object_or_404(Tag.objects.for_editors(), pk=pk), RenameForm(request.POST)
    if form.is_valid() and _carried_out(form, "name", rename_tag, tag, form.cleaned_data["name"], by=request.user):
        messages.success(request, _("The tag is now called “%(name)s”.") % {"name": tag.name})
        return redirect("taxonomy_cms:tags")
    return _show(request, tag, rename=form)


@require_POST
def tag_merge(request, pk):
    _allowed(request)
    tag, form = get_object_or_404(Tag.objects.for_editors(), pk=pk), MergeForm(request.POST)
    if form.is_valid() and _carried_out(form, "keep", merge_tags, form.cleaned_data["keep"], tag, by=request.user):
        said = ngettext("%(times)d place carries “%(name)s” now.", "%(times)d places carry “%(name)s” now.", tag.times)
        messages.success(request, said % {"times": tag.times, "name": form.cleaned_data["keep"]})
        return redirect("taxonomy_cms:tags")
    return _show(request, tag, merge=form)


def _carried_out(form, field, verb, *args, by):
    try:
        verb(*args, by=by)
    except ValidationError as refusal:
        form.add_error(field, refusal)
        return False
    return True


def _show(request, tag, rename=None, merge=None):
    forms = {"rename": rename or RenameForm(initial={"name": tag.name}), "merge": merge or MergeForm()}
    return render(request, "taxonomy/cms/tag.html", {"tag": tag, **forms}, status=422 if rename or merge else 200)


class EditorsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def tag_urls():
    addresses = [
        path("", tag_list, name="tags"),
        path("<int:pk>/", tag_detail, name="tag"),
        path("<int:pk>/rename/", tag_rename, name="rename"),
        path("<int:pk>/merge/", tag_merge, name="merge"),
    ]
    return [path("tags/", include((addresses, "taxonomy_cms")))]


@hooks.register("register_admin_menu_item")
def tag_menu_item():
    return EditorsMenuItem(gettext_lazy("Tags"), reverse("taxonomy_cms:tags"), icon_name="tag", order=240)
