"""Labs and offers as they are read."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglabs.page import LabPage, OfferPage
from livinglabs.views.doors import lab_door, offer_door


@require_safe
@lab_door
def lab_detail(request, lab):
    return render(request, "livinglabs/detail.html", {"page": LabPage(lab, request.user)})


@require_safe
@offer_door
def offer_detail(request, offer):
    return render(request, "livinglabs/offer.html", {"page": OfferPage(offer, request.user)})
