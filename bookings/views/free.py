"""What is free of an offer, for everybody who sees it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookings.availability import OfferMonth
from livinglabs.views.doors import offer_door


@require_safe
@offer_door
def free(request, offer):
    """A month as a table, or the free periods as a list."""
    month = OfferMonth(offer, request.GET.get("month"), as_list=request.GET.get("as") == "list")
    return render(request, "bookings/free.html", {"month": month, "offer": offer})
