"""Projects in the administration: what waits and what stands, read-only; its buttons are the verbs."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.access import next_page
from common.publishing import State
from common.rules import is_moderator
from projects.models import Project
from projects.verbs import available
from projects.views.verbs import carry_out_permitted

A_PAGE = 50


@require_safe
def project_moderation(request):
    """Projects in one state, those that wait longest first; 403 for everybody but moderators."""
    if not is_moderator(request.user):
        raise PermissionDenied
    asked = request.GET.get("state", "")
    state = asked if asked in State.values else State.SUBMITTED
    seen = Project.objects.visible_to(request.user)
    page = Paginator(seen.filter(state=state).for_moderation(), A_PAGE).get_page(request.GET.get("p"))
    rows = [(project, available(request.user, project)) for project in page]
    context = {"rows": rows, "page_obj": page, "state": State(state), "states": seen.count_by_state()}
    return render(request, "projects/cms/list.html", context)


@require_POST
def carry_out(request, pk, verb):
    """One verb, and back to where its button was: what waits, or the list the project came from."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    came_from = project.state
    carry_out_permitted(request, project, verb)
    return redirect(next_page(request, f"{reverse('projects_cms:list')}?state={came_from}"))
