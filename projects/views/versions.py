"""What a project said before: the list, two of them beside each other, and the way back."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required
from common.verbs import attempt
from projects.actions import restore_version
from projects.content import read_content
from projects.differences import compared
from projects.models import Project
from projects.views.editing import changeable
from records.models import Version

A_PAGE = 40


def with_history(request, slug):
    """404 for a project one may not see, 403 for one whose past is not one's business."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    if not request.user.has_perm("projects.history", project):
        raise PermissionDenied
    return project


@member_required
@require_safe
def version_list(request, slug):
    """The newest first."""
    project = with_history(request, slug)
    versions = Version.objects.about(project).defer("content").select_related("by")
    page_obj = Paginator(versions, A_PAGE).get_page(request.GET.get("page"))
    context = {"project": project, "page_obj": page_obj, "may_change": request.user.has_perm("projects.change", project)}
    return render(request, "projects/versions/list.html", context)


@member_required
@require_safe
def version(request, slug, number):
    """One version beside the one before it, or beside what `?with=now` the project says today."""
    project = with_history(request, slug)
    versions = Version.objects.about(project).select_related("by")
    chosen = get_object_or_404(versions, number=number)
    now = request.GET.get("with") == "now"
    earlier = None if now else versions.filter(number__lt=number).first()
    rows = compared(chosen.content, read_content(project)) if now else compared(earlier.content if earlier else {}, chosen.content)
    context = {"project": project, "version": chosen, "earlier": earlier, "now": now, "rows": rows}
    return render(request, "projects/versions/detail.html", context | {"may_change": request.user.has_perm("projects.change", project)})


@require_POST
@member_required
def restore(request, slug, number):
    """Let the project say again what it said then; a version of its own."""
    project = changeable(request, slug)
    chosen = Version.objects.about(project).filter(number=number).first()
    if not chosen:
        raise Http404
    attempt(request, _("The project says again what it said in version %(number)d.") % {"number": number}, restore_version, project, chosen)
    return redirect("projects:versions", slug=project.slug)
