"""What an organisation named as a partner says to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.access import member_required
from projects import actions
from projects.models import Project
from projects.partners import asked_for
from projects.views.questions import seen_project

VERBS = {"confirm": actions.confirm_partner, "decline": actions.decline_partner}
DONE = {
    "confirm": gettext_lazy("%(organisation)s is confirmed as a partner."),
    "decline": gettext_lazy("%(organisation)s is no longer named as a partner. The authors are told."),
}


@require_POST
@member_required(reason=gettext_lazy("Sign in to answer for your organisation."))
def answer(request, slug, verb):
    """Confirm or decline for one of the member's own organisations that are named; with one of them, that one is meant."""
    project = seen_project(request, slug)
    if not request.user.has_perm("projects.partner", project):
        raise PermissionDenied
    organisation = _chosen(request, [found.organisation for found in asked_for(request.user, project)])
    reason = {"reason": request.POST.get("reason", "")[:2000]} if verb == "decline" else {}
    try:
        VERBS[verb](project, organisation, by=request.user, **reason)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, DONE[verb] % {"organisation": organisation})
    still_seen = Project.objects.visible_to(request.user).filter(pk=project.pk).exists()
    return redirect(project if still_seen else "projects:list")


def _chosen(request, organisations):
    named = request.POST.get("organisation", "")
    found = [one for one in organisations if str(one.pk) == named or (not named and len(organisations) == 1)]
    if not found:
        raise Http404(_("This organisation is not asked."))
    return found[0]
