"""One address for each verb of a lab and of an offer; they answer to POST only. A refusal of the verb is a message."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.access import member_required
from livinglabs import actions
from livinglabs.models import LivingLab, Offer
from livinglabs.verbs import LAB_VERBS, OFFER_VERBS
from livinglabs.views.doors import lab_door, offer_door
from projects.partners import asked_for

LONGEST = 2_000
PARTNER_VERBS = {"confirm": actions.confirm_partner, "decline": actions.decline_partner}
PARTNER_DONE = {
    "confirm": gettext_lazy("%(organisation)s is confirmed as a partner."),
    "decline": gettext_lazy("%(organisation)s is no longer named as a partner. The authors are told."),
}


@require_POST
@member_required
@lab_door
def carry_out(request, lab, verb):
    attempt(request, lab, LAB_VERBS[verb], f"livinglabs.{verb}")
    still_seen = LivingLab.objects.visible_to(request.user).filter(pk=lab.pk).exists()
    return redirect(lab if still_seen else "livinglabs:list")


@require_POST
@member_required
@offer_door
def carry_out_on_offer(request, offer, verb):
    attempt(request, offer, OFFER_VERBS[verb], f"livinglabs.{verb}_offer")
    still_seen = Offer.objects.visible_to(request.user).filter(pk=offer.pk).exists()
    return redirect(offer if still_seen else offer.lab)


def attempt(request, noun, verb, permission):
    """Carry out a verb for the person who asks, and leave a message that says what became of it."""
    if not request.user.has_perm(permission, noun):
        raise PermissionDenied
    reason = {"reason": request.POST.get("reason", "")[:LONGEST]} if verb.reason else {}
    try:
        verb.action(noun, by=request.user, **reason)
    except ValidationError as refusal:  # of the state, or of the reason
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, verb.done % {"title": noun})


@require_POST
@member_required(reason=gettext_lazy("Sign in to answer for your organisation."))
@lab_door(permission="livinglabs.partner")
def answer_as_partner(request, lab, verb):
    """Confirm or decline for one of the member's own organisations that are named; with one of them, that one is meant."""
    organisation = _chosen(request, [row.organisation for row in asked_for(request.user, lab)])
    reason = {"reason": request.POST.get("reason", "")[:LONGEST]} if verb == "decline" else {}
    try:
        PARTNER_VERBS[verb](lab, organisation, by=request.user, **reason)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, PARTNER_DONE[verb] % {"organisation": organisation})
    still_seen = LivingLab.objects.visible_to(request.user).filter(pk=lab.pk).exists()
    return redirect(lab if still_seen else "livinglabs:list")


def _chosen(request, organisations):
    named = request.POST.get("organisation", "")
    found = [one for one in organisations if str(one.pk) == named or (not named and len(organisations) == 1)]
    if not found:
        raise Http404(_("This organisation is not asked."))
    return found[0]
