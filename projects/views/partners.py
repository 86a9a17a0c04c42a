"""What an organisation named as a partner says to it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.access import member_required
from common.verbs import attempt
from projects import actions
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
    project = seen_project(request, slug)
    if not request.user.has_perm("projects.partner", project):
        raise PermissionDenied
    return answer_for(request, project, verb, VERBS[verb], "projects:list")


def answer_for(request, noun, verb, action, elsewhere):
    """Confirm or decline for one of the member's own organisations that are named; with one of them, that one is meant.

    `elsewhere` is where the answer leads whoever may not see `noun` any more.
    """
    organisation = _chosen(request, [row.organisation for row in asked_for(request.user, noun)])
    reason = {"reason": request.POST.get("reason", "")[:2000]} if verb == "decline" else {}
    attempt(request, DONE[verb] % {"organisation": organisation}, action, noun, organisation, **reason)
    still_seen = type(noun).objects.visible_to(request.user).filter(pk=noun.pk).exists()
    return redirect(noun if still_seen else elsewhere)


def _chosen(request, organisations):
    named = request.POST.get("organisation", "")
    found = [one for one in organisations if str(one.pk) == named or (not named and len(organisations) == 1)]
    if not found:
        raise Http404(_("This organisation is not asked."))
    return found[0]
