"""The history of a lab for those who write it, and its buttons in the administration for moderators."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required, next_page
from common.publishing import State
from common.rules import is_moderator
from livinglabs.models import LivingLab
from livinglabs.verbs import LAB_VERBS, lab_verbs
from livinglabs.views.doors import lab_door
from livinglabs.views.verbs import carry_out_permitted
from organisations.models import Membership
from records.trail import INTERNAL, ON_A_PAGE, step, trail_of

A_PAGE = 50


@require_safe
@member_required(reason=gettext_lazy("Sign in to see the history of your living lab."))
@lab_door(permission="livinglabs.history")
def history(request, lab):
    """Who did what when. Colleagues stand by name, moderators as such: they act for the portal."""
    page = Paginator(trail_of(lab).exclude(verb__in=INTERNAL), ON_A_PAGE).get_page(request.GET.get("page"))
    colleagues = set(Membership.objects.filter(organisation=lab.organisation_id).values_list("user", flat=True))
    steps = [step(entry, _who(entry, colleagues, request.user)) for entry in page]
    return render(request, "projects/history.html", {"project": lab, "page_obj": page, "steps": steps})


def _who(entry, colleagues, reader):
    if entry.by_id is None:
        return _("The portal, or a former member")
    if entry.by_id in colleagues or entry.by_id == reader.pk or reader.is_moderator:
        return entry.by.name or _("A member")
    return _("Somebody of a partner") if entry.verb in ("confirm_partner", "decline_partner") else _("A moderator")


@require_safe
def moderation(request):
    """Labs in one state, those that wait longest first; 403 for everybody but moderators."""
    if not is_moderator(request.user):
        raise PermissionDenied
    asked = request.GET.get("state", "")
    state = asked if asked in State.values else State.SUBMITTED
    seen = LivingLab.objects.visible_to(request.user)
    found = seen.filter(state=state).select_related("organisation").prefetch_related("texts").order_by("state_changed_at", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    rows = [(lab, lab_verbs(request.user, lab)) for lab in page]
    context = {"rows": rows, "page_obj": page, "state": State(state), "states": seen.count_by_state()}
    return render(request, "livinglabs/cms/list.html", context)


@require_POST
def carry_out_by_key(request, pk, verb):
    """One verb, and back to where its button was: what waits, or the list the lab came from."""
    lab = get_object_or_404(LivingLab.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    came_from = lab.state
    carry_out_permitted(request, lab, LAB_VERBS[verb], f"livinglabs.{verb}")
    return redirect(next_page(request, f"{reverse('livinglabs_cms:list')}?state={came_from}"))
