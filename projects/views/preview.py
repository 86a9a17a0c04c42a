"""The page of a project as its readers will see it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from common.access import member_required
from common.publishing import State
from projects.models import Project
from projects.page import ProjectPage
from projects.views.detail import LANGUAGE


class PreviewPage(ProjectPage):
    """The same page by the same way, of the project as if it were published, without what only its authors are offered."""

    verbs = ()
    edit_url = ""

    def __init__(self, project, user, language):
        project.state = State.PUBLISHED  # of this copy in memory only
        super().__init__(project, user, language)


@member_required
@require_safe
def preview(request, slug):
    """To everybody who may see the project where it stands."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    asked = request.GET.get("language", "")
    may_change = request.user.has_perm("projects.change", project)
    page = PreviewPage(project, request.user, asked if LANGUAGE.fullmatch(asked) else request.LANGUAGE_CODE)
    return render(request, "projects/preview.html", page.context | {"may_change": may_change})
