"""One address for each verb of a lab and of an offer; they answer to POST only. A refusal of the verb is a message."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.access import member_required
from common.verbs import attempt
from livinglabs import actions
from livinglabs.models import LivingLab, Offer
from livinglabs.verbs import LAB_VERBS, OFFER_VERBS
from livinglabs.views.doors import lab_door, offer_door
from projects.views.partners import answer_for

LONGEST = 2_000
PARTNER_VERBS = {"confirm": actions.confirm_partner, "decline": actions.decline_partner}


@require_POST
@member_required
@lab_door
def carry_out(request, lab, verb):
    carry_out_permitted(request, lab, LAB_VERBS[verb], f"livinglabs.{verb}")
    still_seen = LivingLab.objects.visible_to(request.user).filter(pk=lab.pk).exists()
    return redirect(lab if still_seen else "livinglabs:list")


@require_POST
@member_required
@offer_door
def carry_out_on_offer(request, offer, verb):
    carry_out_permitted(request, offer, OFFER_VERBS[verb], f"livinglabs.{verb}_offer")
    still_seen = Offer.objects.visible_to(request.user).filter(pk=offer.pk).exists()
    return redirect(offer if still_seen else offer.lab)


def carry_out_permitted(request, noun, verb, permission):
    """Carry out a verb for the person who asks, and leave a message that says what became of it."""
    if not request.user.has_perm(permission, noun):
        raise PermissionDenied
    reason = {"reason": request.POST.get("reason", "")[:LONGEST]} if verb.reason else {}
    attempt(request, verb.done % {"title": noun}, verb.action, noun, **reason)


@require_POST
@member_required(reason=gettext_lazy("Sign in to answer for your organisation."))
@lab_door(permission="livinglabs.partner")
def answer_as_partner(request, lab, verb):
    return answer_for(request, lab, verb, PARTNER_VERBS[verb], "livinglabs:list")
