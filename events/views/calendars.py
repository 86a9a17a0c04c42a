"""Files and feeds for calendar programs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page, require_POST, require_safe

from bookings.page import coming_visits
from common.access import member_required
from common.ics import CONTENT_TYPE
from events import actions, calendars
from events.enums import READABLE
from events.filters import EventFilter
from events.ics import file_for
from events.lists import cards
from events.page import EventPage
from events.views.doors import event_door

WHY = gettext_lazy("Sign in to see what you come to, and to have it in your calendar program.")


def _answer(text, name):
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@require_safe
@conditional_page
def portal_file(request):
    """What the reader may see of a filter, as a feed; a program that has it already gets 304."""
    return _answer(calendars.portal_calendar(EventFilter(request.GET, request.user)), "events")


@require_safe
@conditional_page
@event_door
def event_file(request, event):
    """One event; with the link to take part for those who may have it."""
    if event.state not in READABLE:
        raise Http404
    return _answer(file_for(event, with_link=EventPage(event, request.user).sees_link), event.slug)


@require_safe
@conditional_page
def own_file(request, token):
    """A member's own calendar, at an address that nobody else knows; it needs no sign-in, and ends with the address."""
    user = calendars.owner_of(token)
    if user is None:
        raise Http404
    response = _answer(calendars.own_calendar(user), "my-calendar")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@member_required(reason=WHY)
def mine(request):
    """What I come to, and the address of my calendar."""
    now = timezone.now()
    rows = calendars.own_events(request.user, now)
    states = dict(request.user.registrations.standing().values_list("event", "state"))
    upcoming = [(card, states.get(card.event.pk, "")) for card in cards(rows.upcoming(now), now)]
    visits = coming_visits(request.user, now)
    context = {"upcoming": upcoming, "visits": visits, "address": calendars.own_address(request.user)}
    return render(request, "events/mine.html", context)


@require_POST
@member_required
def new_address(request):
    actions.new_key(request.user)
    messages.success(request, _("This is the address of your calendar. An older one leads nowhere any more."))
    return redirect("events:mine")


@require_POST
@member_required
def give_up_address(request):
    actions.give_up_key(request.user)
    messages.success(request, _("The address leads nowhere any more."))
    return redirect("events:mine")
