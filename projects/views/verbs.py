"""One address for each verb of a project; they answer to POST only."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from common.access import member_required
from common.verbs import attempt
from projects import verbs
from projects.models import Project


@require_POST
@member_required
def carry_out(request, slug, verb):
    """Signed out: to the sign-in and back. 404 for what one may not see, 403 for what one sees and may not change.

    A refusal of the verb is a message.
    """
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    carry_out_permitted(request, project, verb)
    return redirect(project)


def carry_out_permitted(request, project, name):
    """Carry out a verb for the person who asks, and leave a message that says what became of it."""
    if not request.user.has_perm(verbs.VERBS[name].permission, project):
        raise PermissionDenied
    words = verbs.VERBS[name].done % {"title": project}
    attempt(request, words, verbs.carry_out, name, project, reason=request.POST.get("reason", "")[:2000])
