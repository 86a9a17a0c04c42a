"""One address for each verb of a project; they answer to POST only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from common.access import member_required
from projects import verbs
from projects.models import Project


@require_POST
@member_required
def carry_out(request, slug, verb):
    """Signed out: to the sign-in and back. 404 for what one may not see, 403 for what one sees and may not change.

    A refusal of the verb is a message.
    """
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    attempt(request, project, verb)
    return redirect(project)


def attempt(request, project, name):
    """Carry out a verb for the person who asks, and leave a message that says what became of it."""
    if not request.user.has_perm(verbs.VERBS[name].permission, project):
        raise PermissionDenied
    try:
        verb = verbs.carry_out(name, project, by=request.user, reason=request.POST.get("reason", "")[:2000])
    except ValidationError as refusal:  # of the state, or of the reason
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, verb.done % {"title": project})
