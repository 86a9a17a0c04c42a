"""A delegation asks for a visit."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings.availability import OfferMonth
from bookings.forms import AskForm
from bookings.prices import price_words
from common.access import kept_post, member_required
from livinglabs.enums import OfferKind
from livinglabs.views.doors import offer_door

WHY = gettext_lazy("Sign in to ask for a visit: the lab must know who comes, and you are told when it answers.")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY, writes=True)
@offer_door
def ask(request, offer):
    """The form, beside what is free in the month of the day that was chosen."""
    if offer.kind != OfferKind.VISIT or offer.state != "published" or offer.lab.state != "published":
        messages.warning(request, _("No visit can be asked for here now."))
        return redirect(offer)
    day = _day(request.GET.get("day", ""))
    form = AskForm(request.POST if request.method == "POST" else kept_post(request), offer=offer, user=request.user, day=day)
    if request.method == "POST" and form.is_valid() and (visit := form.save()):
        messages.success(request, _("The lab is asked. You are told when it answers."))
        return redirect(visit)
    month = OfferMonth(offer, f"{day:%Y-%m}" if day else "")
    return render(request, "bookings/ask.html", {"form": form, "offer": offer, "month": month, "price": price_words(offer)})


def _day(text):
    """A day of the address, or None for what is none."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None
