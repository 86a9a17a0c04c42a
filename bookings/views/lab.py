"""The calendar of a lab, for the lab's people: what is held, what is blocked, and the same in their calendar programs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page, require_POST, require_safe

from bookings import actions, calendars
from bookings.enums import BookingKind
from bookings.forms import BlockForm
from bookings.lab_calendar import LabMonth
from bookings.models import Booking
from common.access import member_required
from common.ics import CONTENT_TYPE
from common.verbs import attempt
from livinglabs.models import Offer
from livinglabs.views.doors import lab_door

WHY = gettext_lazy("Sign in to see what is booked in your living lab.")


def _offers(lab):
    return Offer.objects.filter(lab=lab, state="published").prefetch_related("texts")


@require_safe
@member_required(reason=WHY)
@lab_door(permission="livinglabs.answer")
def lab_calendar(request, lab):
    """A month of bookings and visits."""
    form = BlockForm(offers=_offers(lab), user=request.user)
    month = LabMonth(lab, request.user, request.GET.get("month"), as_list=request.GET.get("as") == "list", form=form)
    return render(request, "bookings/lab.html", {"month": month, "lab": lab})


@require_POST
@member_required
@lab_door(permission="livinglabs.answer")
def block(request, lab):
    """Keep days of an offer for the lab itself."""
    form = BlockForm(request.POST, offers=_offers(lab), user=request.user)
    if form.is_valid() and (booking := form.save()):
        messages.success(request, _("The days are blocked."))
        return redirect(f"{LabMonth(lab, request.user).url}?month={booking.starts:%Y-%m}")
    return render(request, "bookings/lab.html", {"month": LabMonth(lab, request.user, form=form), "lab": lab})


@require_POST
@member_required
@lab_door(permission="livinglabs.answer")
def release(request, lab, pk):
    """A block is given back; agreements and visits end where they were made."""
    booking = get_object_or_404(Booking.objects.filter(offer__lab=lab, kind=BookingKind.BLOCKED).select_related("offer__lab"), pk=pk)
    month = f"{LabMonth(lab, request.user).url}?month={booking.starts:%Y-%m}"
    attempt(request, _("The days are free again."), actions.release, booking)
    return redirect(month)


@require_POST
@member_required
@lab_door(permission="livinglabs.answer")
def new_address(request, lab):
    actions.new_key(lab, by=request.user)
    messages.success(request, _("This is your address of the lab's calendar. An older one leads nowhere any more."))
    return redirect("bookings:calendar", lab.slug)


@require_POST
@member_required
@lab_door(permission="livinglabs.answer")
def give_up_address(request, lab):
    actions.give_up_key(lab, by=request.user)
    messages.success(request, _("The address leads nowhere any more."))
    return redirect("bookings:calendar", lab.slug)


@require_safe
@conditional_page
def lab_file(request, token):
    """The lab's calendar at an address that only one of its people knows; it ends with the address, or with the task."""
    lab = calendars.lab_of(token)
    if lab is None:
        raise Http404
    response = HttpResponse(calendars.lab_calendar(lab), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{lab.slug}.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
