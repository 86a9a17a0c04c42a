"""The history of a project, for those who write it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from common.access import member_required
from organisations.models import Membership
from projects.views.questions import seen_project
from records.trail import INTERNAL, ON_A_PAGE, step, trail_of


@require_safe
@member_required(reason=gettext_lazy("Sign in to see the history of your project."))
def project_history(request, slug):
    """Who did what when. Colleagues stand by name, moderators as such: they act for the portal."""
    project = seen_project(request, slug)
    if not request.user.has_perm("projects.history", project):
        raise PermissionDenied
    page = Paginator(trail_of(project).exclude(verb__in=INTERNAL), ON_A_PAGE).get_page(request.GET.get("page"))
    colleagues = set(Membership.objects.filter(organisation=project.organisation_id).values_list("user", flat=True))
    steps = [step(entry, _who(entry, colleagues, request.user)) for entry in page]
    return render(request, "projects/history.html", {"project": project, "page_obj": page, "steps": steps})


def _who(entry, colleagues, reader):
    if entry.by_id is None:
        return _("The portal, or a former member")
    if entry.by_id in colleagues or entry.by_id == reader.pk or reader.is_moderator:
        return entry.by.name or _("A member")
    return _("Somebody of a partner") if entry.verb in ("confirm_partner", "decline_partner") else _("A moderator")
