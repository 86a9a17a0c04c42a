"""The page of a project as its readers will see it."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from common.access import member_required
from common.publishing import State
from projects.models import Project
from projects.page import ProjectPage
from projects.views.detail import LANGUAGE


def preview_page(project, language):
    """The same page by the same way, of the project as if it were published, for a reader who is nobody in particular."""
    project.state = State.PUBLISHED  # of this copy in memory only
    return ProjectPage(project, AnonymousUser(), language)


@member_required
@require_safe
def preview(request, slug):
    """To everybody who may see the project where it stands."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    asked = request.GET.get("language", "")
    may_change = request.user.has_perm("projects.change", project)
    page = preview_page(project, asked if LANGUAGE.fullmatch(asked) else request.LANGUAGE_CODE)
    return render(request, "projects/preview.html", page.context | {"may_change": may_change})
